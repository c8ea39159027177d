"""Examples of suggestions taken back."""

from __future__ import annotations

from tests.support import withdrawals as road
from tests.support.examples import Case, Parameters, example
from tests.support.history import registered


def _begun(case: Case) -> int:
    matter = registered(case.world, case.at, external_number="162181")
    return road.recorded(case.world, case.at, matter).matter_id


@example("desk:withdrawals", "pk")
def begun(case: Case) -> Parameters:
    return {"pk": case.once("withdrawal", lambda: _begun(case))}


@example("desk:withdrawals:letter", "pk", "kind")
def letter(case: Case) -> Parameters:
    return {"pk": case.once("withdrawal", lambda: _begun(case)), "kind": "docx"}
