"""Examples of matters handled together and weighed."""

from __future__ import annotations

from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import matter


@example("desk:merging", "pk")
def merging(case: Case) -> Parameters:
    return {"pk": matter(case).pk}


@example("desk:emphasis", "pk")
def emphasis(case: Case) -> Parameters:
    return {"pk": matter(case).pk}
