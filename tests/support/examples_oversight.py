"""Examples of what congress bodies put to us: one of each kind."""

from __future__ import annotations

from huiyin.matters.models import Matter
from huiyin.oversight.rules import Kind
from tests.support.examples import Case, Parameters, example
from tests.support.oversight import oversight_of, registered


def _of(case: Case, kind: Kind) -> Matter:
    return case.once(kind.value, lambda: registered(case.world, case.at, kind))


@example("desk:oversight", "pk")
def review(case: Case) -> Parameters:
    return {"pk": _of(case, Kind.REVIEW).pk}


@example("desk:oversight:settle", "pk")
def delegation(case: Case) -> Parameters:
    return {"pk": _of(case, Kind.DELEGATION).pk}


@example("desk:oversight:answer", "pk")
def asked(case: Case) -> Parameters:
    return {"pk": oversight_of(_of(case, Kind.DELEGATION)).opinions.all()[0].pk}


@example("desk:oversight:take_up", "pk")
def said(case: Case) -> Parameters:
    return {"pk": oversight_of(_of(case, Kind.REVIEW)).opinions.all()[0].pk}


@example("desk:oversight:paper", "pk", "kind")
def paper(case: Case) -> Parameters:
    return {"pk": _of(case, Kind.REVIEW).pk, "kind": "docx"}
