"""Examples of common problems."""

from __future__ import annotations

from huiyin.suggestions.models import CommonProblem
from tests.support.common_problems import opened
from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import matter


def _opened(case: Case) -> CommonProblem:
    return case.once("common_problem", lambda: opened(case.world, case.at, matter(case)))


@example("desk:common_problems", "pk")
def problem(case: Case) -> Parameters:
    return {"pk": _opened(case).pk}


@example("desk:common_problems:release", "pk", "gathered")
def gathered(case: Case) -> Parameters:
    line = _opened(case).gathered.order_by("id").last()
    assert line is not None
    return {"pk": line.problem_id, "gathered": line.pk}
