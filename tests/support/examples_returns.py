"""Examples of suggestions on their way back to whoever assigned them."""

from __future__ import annotations

from uuid import uuid4

from huiyin.suggestions.models import NotOurs
from huiyin.suggestions.operations.returns import decide_return, propose_return, send_return
from tests.support.examples import Case, Parameters, example
from tests.support.history import registered


def _proposed(case: Case, number: str) -> NotOurs:
    return propose_return(
        matter=registered(case.world, case.at, external_number=number), reason="不属于检察职责", proper_unit="",
        leader=case.world.posts["deputy_chief"], request_key=uuid4(), actor=case.world.act("office_head"), at=case.at,
    )  # fmt: skip


def _agreed(case: Case, number: str) -> NotOurs:
    giving = _proposed(case, number)
    return decide_return(
        giving=giving, agrees=True, opinion="", actor=case.world.act("deputy_chief"), version=giving.version, at=case.at
    )


def _sent(case: Case) -> NotOurs:
    giving = _agreed(case, "162196")
    return send_return(giving=giving, actor=case.world.act("officer_wang"), version=giving.version, at=case.at)


@example("desk:returns:propose", "pk")
def matter(case: Case) -> Parameters:
    return {"pk": case.once("leaving", lambda: registered(case.world, case.at, external_number="162191")).pk}


@example("desk:returns", "pk")
def proposed(case: Case) -> Parameters:
    return {"pk": case.once("return", lambda: _proposed(case, "162192")).pk}


@example("desk:returns:send", "pk")
def agreed(case: Case) -> Parameters:
    return {"pk": case.once("return_agreed", lambda: _agreed(case, "162194")).pk}


@example("desk:returns:answer", "pk")
def sent(case: Case) -> Parameters:
    return {"pk": case.once("return_sent", lambda: _sent(case)).pk}


@example("desk:returns:letter", "pk", "kind")
def letter(case: Case) -> Parameters:
    return {"pk": case.once("return_sent", lambda: _sent(case)).pk, "kind": "docx"}
