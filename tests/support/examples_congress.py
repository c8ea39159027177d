"""Examples of reports to the standing committee, at each step of their road."""

from __future__ import annotations

from tests.support.congress import begun, numbered, signed, submitted
from tests.support.examples import Case, Parameters, example


@example("desk:congress", "pk")
def draft_page(case: Case) -> Parameters:
    return {"pk": case.once("congress_draft", lambda: begun(case.world, case.at, meeting_on=case.at.date())).pk}


@example("desk:congress:decide", "pk")
def signing_page(case: Case) -> Parameters:
    return {"pk": case.once("congress_signing", lambda: _signing(case)).pk}


def _signing(case: Case) -> object:
    return submitted(case.world, begun(case.world, case.at, meeting_on=case.at.date()), case.at)


@example("desk:congress:number", "pk")
def signed_page(case: Case) -> Parameters:
    return {"pk": case.once("congress_signed", lambda: signed(_signing(case), case.at)).pk}


@example("desk:congress:detail", "pk")
@example("desk:congress:send", "pk")
@example("desk:congress:conclude", "pk")
def numbered_page(case: Case) -> Parameters:
    return {"pk": case.once("congress_numbered", lambda: numbered(case.world, case.at, meeting_on=case.at.date())).pk}


@example("desk:congress:paper", "pk", "kind")
def paper(case: Case) -> Parameters:
    return {**numbered_page(case), "kind": "docx"}
