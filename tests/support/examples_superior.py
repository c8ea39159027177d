"""Examples of orders of an office above: the city on a district's matter, the province on that of the other office."""

from __future__ import annotations

from huiyin.matters.models import Matter, SuperiorOrder
from huiyin.matters.rules import Visibility
from tests.support.examples import Case, Parameters, example
from tests.support.superior import below, given


def _number(case: Case, number: str) -> str:
    """Both cases fill the register of the district."""
    return number if case.own else number.replace("1624", "1625")


def _order(case: Case) -> SuperiorOrder:
    matter = below(case.world, case.at, external_number=_number(case, "162401"))
    return given(case.world, case.at, matter, by="officer_wang" if case.own else "officer_province")


@example("desk:superior", "pk")
def order(case: Case) -> Parameters:
    return {"pk": case.once("superior", lambda: _order(case)).pk}


@example("desk:superior:give", "pk")
def matter(case: Case) -> Parameters:
    """The other one is sealed: an office above does not find it."""

    def made() -> Matter:
        matter = below(case.world, case.at, external_number=_number(case, "162402"))
        if not case.own:
            Matter.objects.filter(pk=matter.pk).update(visibility=Visibility.SEALED)
        return matter

    return {"pk": case.once("below", made).pk}


@example("desk:superior:report", "pk")
def asked_of_us(case: Case) -> Parameters:
    """The province asks the office itself."""

    def made() -> SuperiorOrder:
        matter = below(case.world, case.at, by="officer_wang", external_number=_number(case, "162403"))
        return given(case.world, case.at, matter, by="officer_province")

    return {"pk": case.once("asked_of_us", made).pk}
