"""Examples of public-interest conversions."""

from __future__ import annotations

from huiyin.suggestions.models import TransferPaper
from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import matter
from tests.support.public_interest import filed, with_paper


def _paper(case: Case) -> TransferPaper:
    return case.once("public_paper", lambda: with_paper(case.world, case.at, filed(case.world, case.at, matter(case))))


@example("desk:public_interest", "pk")
def transfer(case: Case) -> Parameters:
    return {"pk": _paper(case).transfer_id}


@example("desk:public_interest:note_copied", "pk", "paper")
def paper(case: Case) -> Parameters:
    return {"pk": _paper(case).transfer_id, "paper": _paper(case).pk}
