"""Examples of 督办 at every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from huiyin.matters.letters import Promise
from huiyin.matters.models import Commitment, Matter, Measure, Revisit, Supervision
from huiyin.matters.operations.measures import MeasureFacts, open_measure
from tests.support import following
from tests.support.examples import Case, Parameters, example
from tests.support.history import in_hand, registered
from tests.support.letters import delivered


def _order(case: Case, name: str, number: str, build: Callable[..., Supervision]) -> Parameters:
    def made() -> Supervision:
        matter = in_hand(case.world, case.at, registered(case.world, case.at, external_number=number))
        return build(case.world, case.at, matter)

    return {"pk": case.once(name, made).pk}


def _printed(case: Case) -> dict[str, Any]:
    return _order(case, "supervision_ordered", "162302", following.ordered)


@example("desk:supervisions", "pk")
def proposed(case: Case) -> Parameters:
    return _order(case, "supervision", "162301", following.proposed)


@example("desk:supervisions:acknowledge", "pk")
def ordered(case: Case) -> Parameters:
    return _printed(case)


@example("desk:supervisions:detail", "pk")
def read(case: Case) -> Parameters:
    return _printed(case)


@example("desk:supervisions:report", "pk")
def acknowledged(case: Case) -> Parameters:
    return _order(case, "supervision_acknowledged", "162303", following.acknowledged)


@example("desk:supervisions:judge", "pk")
def reported(case: Case) -> Parameters:
    return _order(case, "supervision_reported", "162304", following.reported)


@example("desk:supervisions:paper", "pk", "kind")
def paper(case: Case) -> Parameters:
    return _printed(case) | {"kind": "docx"}


def _revisited(case: Case) -> Revisit:
    def made() -> Matter:
        matter = in_hand(case.world, case.at, registered(case.world, case.at, external_number="162305"))
        return delivered(case.world, matter, case.at).matter

    return Revisit.objects.get(matter=case.once("revisited", made))


def _measure(case: Case) -> Measure:
    facts = MeasureFacts(
        text="每季度走访一次", department=case.world.departments["second"], owner=case.world.posts["head_second"],
        source="审议意见",
    )  # fmt: skip
    return open_measure(facts=facts, request_key=uuid4(), actor=case.world.act("officer_wang"), at=case.at)


@example("desk:revisits", "pk")
def revisit(case: Case) -> Parameters:
    return {"pk": _revisited(case).pk}


@example("desk:revisits:plan", "pk")
def answered(case: Case) -> Parameters:
    return {"pk": _revisited(case).matter_id}


@example("desk:measures", "pk")
def measure(case: Case) -> Parameters:
    return {"pk": case.once("measure", lambda: _measure(case)).pk}


def _promise(case: Case) -> Commitment:
    def made() -> Matter:
        matter = in_hand(case.world, case.at, registered(case.world, case.at, external_number="162306"))
        promise = Promise(text="在两个镇试行", due_on=case.at.date() + timedelta(days=30))
        return delivered(
            case.world, matter, case.at, outcome="in_progress", reason="先试点。", promises=(promise,)
        ).matter

    return Commitment.objects.get(matter=case.once("promised_by_ledger", made))


@example("desk:commitments", "pk")
def promise(case: Case) -> Parameters:
    return {"pk": _promise(case).pk}


@example("desk:commitments:paper", "kind")
def ledger(case: Case) -> Parameters | None:
    return {"kind": "docx"} if case.own else None  # everyone prints the ledger of his own office
