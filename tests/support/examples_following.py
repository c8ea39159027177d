"""Examples of 督办 at every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.matters.models import Supervision
from tests.support import following
from tests.support.examples import Case, Parameters, example
from tests.support.history import in_hand, registered


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
