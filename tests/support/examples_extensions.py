"""Examples of requests for more time."""

from __future__ import annotations

from huiyin.matters.models import Extension
from tests.support import extensions as road
from tests.support.examples import Case, Parameters, example
from tests.support.history import in_hand, registered


def _asked(case: Case, number: str) -> Extension:
    matter = in_hand(case.world, case.at, registered(case.world, case.at, external_number=number))
    return road.asked(case.world, case.at, matter, at=case.at)


@example("desk:extensions:ask", "pk")
@example("desk:extensions:suspend", "pk")
@example("desk:extensions:resume", "pk")
def matter(case: Case) -> Parameters:
    def build() -> int:
        return in_hand(case.world, case.at, registered(case.world, case.at, external_number="162171")).pk

    return {"pk": case.once("more_time", build)}


@example("desk:extensions", "pk")
def extension(case: Case) -> Parameters:
    return {"pk": case.once("extension", lambda: _asked(case, "162172")).pk}


@example("desk:extensions", "pk", "kind")
def paper(case: Case) -> Parameters:
    return {"pk": case.once("extension", lambda: _asked(case, "162172")).pk, "kind": "docx"}
