"""Examples of persons, their mandates, contact points and bindings."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from huiyin.messaging.models import Binding
from huiyin.messaging.operations import bind
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import ContactPoint, Person
from huiyin.people.operations import enter_person
from tests.support.examples import Case, Parameters, example


def person(case: Case) -> Person:
    """A deputy in the care of 连络员, with a verified mobile."""
    return case.once("person", lambda: _entered(case))


@example("desk:people", "pk")
def person_page(case: Case) -> Parameters:
    return {"pk": person(case).pk}


@example("desk:people:change_mandate", "pk")
@example("desk:people:end_mandate", "pk")
@example("desk:people:assign_officer", "pk")
def mandate_page(case: Case) -> Parameters:
    return {"pk": person(case).mandates.get().pk}


@example("desk:people:reveal_contact", "pk")
@example("desk:people:erase_contact_point", "pk")
@example("desk:people:bind", "pk")
def contact_page(case: Case) -> Parameters:
    return {"pk": _point(case).pk}


@example("desk:people:end_binding", "pk")
def binding_page(case: Case) -> Parameters:
    return {"pk": case.once("binding", lambda: _bound(case)).pk}


def _entered(case: Case) -> Person:
    return enter_person(
        facts=PersonFacts(name="孙假名", birth_year=1975, unit_post="样本市示例中学教师"),
        mandate=MandateFacts(
            kind="deputy", level="city", term=16, delegation="第五代表团", from_on=date(2022, 1, 10),
            liaison_officer=case.world.posts["liaison_officer"],
        ),
        mobile="10000007001" if case.own else "10000007002", evidence="当面核对", request_key=uuid4(),
        actor=case.world.act("officer_wang"), at=case.at,
    )  # fmt: skip


def _point(case: Case) -> ContactPoint:
    return person(case).contact_points.get()


def _bound(case: Case) -> Binding:
    return bind(
        person=person(case), contact_point=_point(case), evidence="当面核对", actor=case.world.act("officer_wang"),
        at=case.at,
    )  # fmt: skip
