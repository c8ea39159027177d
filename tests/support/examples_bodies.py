"""An example of a body outside the office."""

from __future__ import annotations

from tests.support.examples import Case, Parameters, example


@example("desk:bodies", "pk")
def body(case: Case) -> Parameters:
    return {"pk": case.world.bodies["congress"].pk}
