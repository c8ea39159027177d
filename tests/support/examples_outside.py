"""Examples of systems outside and of matters that stand in them."""

from __future__ import annotations

from huiyin.matters.models import ExternalReference, OutsideSystem
from huiyin.matters.operations.references import add_reference
from huiyin.matters.rules.outside import SystemKind
from tests.support import outside
from tests.support.examples import Case, Parameters, example
from tests.support.examples_letters import alone


def system(case: Case) -> OutsideSystem:
    return case.once("system", lambda: outside.system(case.world, case.at, name="办公平台", kind=SystemKind.OFFICE))


def reference(case: Case) -> ExternalReference:
    return case.once(
        "reference",
        lambda: add_reference(
            matter=alone(case, "162951"), system=system(case), number="A-1", actor=case.world.act("officer_wang"),
            at=case.at,
        ),
    )  # fmt: skip


@example("desk:systems", "pk")
def system_outside(case: Case) -> Parameters:
    return {"pk": system(case).pk}


@example("desk:entries", "pk")
def reference_outside(case: Case) -> Parameters:
    return {"pk": reference(case).pk}


@example("desk:entries:add", "pk")
def matter_outside(case: Case) -> Parameters:
    system(case)
    return {"pk": case.once("matter_outside", lambda: alone(case, "162952")).pk}


@example("desk:entries:report", "kind")
def report_outward(case: Case) -> Parameters | None:
    return {"kind": "xlsx"} if case.own else None
