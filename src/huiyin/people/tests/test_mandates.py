"""Mandates: adding, correcting, ending, entrusting."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.audit.models import Record
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.models import Mandate
from huiyin.people.operations import add_mandate, assign_officer, change_mandate, end_mandate
from huiyin.people.operations.checks import NoLiaisonOfficer, PersonMovedOn
from huiyin.people.operations.mandates import AlreadyEnded, AlreadyHolds, EndsTooEarly

NEXT_TERM = {"term": 17, "from_on": date(2027, 1, 10)}


@pytest.fixture
def person(enter):
    return enter()


@pytest.fixture
def held(person):
    return person.mandates.get()


@pytest.fixture
def act(world, at):
    """Call an operation as a colleague: act(operation, by="officer_wang", …)."""

    def call(operation, by="officer_wang", **facts):
        return operation(actor=world.act(by), at=at, **facts)

    return call


class TestAddingAMandate:
    def test_gives_one_person_several(self, act, person, mandate):
        act(add_mandate, person=person, facts=mandate(kind="cppcc_member", delegation="教育界"), version=1)
        assert set(person.mandates.values_list("kind", flat=True)) == {"deputy", "cppcc_member"}
        assert Record.objects.get(verb="people.mandate_added").facts["mandate"] == "市级第十六届政协委员"

    def test_refuses_two_of_a_kind_at_a_time(self, act, person, mandate):
        with pytest.raises(AlreadyHolds, match="换届的，请先终止原来的身份"):
            act(add_mandate, person=person, facts=mandate(**NEXT_TERM), version=1)

    def test_takes_the_next_term_once_the_last_one_has_an_end(self, act, person, held, mandate):
        act(end_mandate, mandate=held, until_on=date(2027, 1, 10), reason="换届", version=1)
        act(add_mandate, person=person, facts=mandate(**NEXT_TERM), version=2)
        assert sorted(person.mandates.values_list("term", flat=True)) == [16, 17]

    def test_twice_by_a_double_click_is_once(self, act, person, mandate):
        facts = mandate(kind="cppcc_member")
        act(add_mandate, person=person, facts=facts, version=1)
        with pytest.raises((AlreadyHolds, PersonMovedOn)):
            act(add_mandate, person=person, facts=facts, version=1)
        assert person.mandates.count() == 2

    def test_is_not_for_the_officer(self, act, person, mandate):
        with pytest.raises(NotAllowed):
            act(add_mandate, by="liaison_officer", person=person, facts=mandate(kind="lawyer"), version=1)


class TestCorrectingAMandate:
    def test_writes_what_differs(self, act, held, mandate):
        act(change_mandate, mandate=held, facts=mandate(number="160099"), version=1)
        held.refresh_from_db()
        assert held.number == "160099"
        assert Record.objects.get(verb="people.mandate_changed").facts == {"changes": {"number": ["", "160099"]}}

    def test_leaves_an_officer_who_has_left_the_post(self, act, held, mandate, world, at):
        officer = world.posts["liaison_officer"]
        act(assign_officer, mandate=held, officer=officer, version=1)
        officer.until_on = at.date()
        officer.save()
        act(change_mandate, mandate=held, facts=mandate(number="1", liaison_officer=officer), version=2)
        held.refresh_from_db()
        assert (held.number, held.liaison_officer) == ("1", officer)


class TestEndingAMandate:
    def test_is_from_that_day_on(self, act, held):
        act(end_mandate, mandate=held, until_on=date(2026, 3, 1), reason="辞职", version=1)
        running = Mandate.objects.held_on
        assert (running(date(2026, 2, 28)).count(), running(date(2026, 3, 1)).count()) == (1, 0)

    def test_twice_is_refused(self, act, held):
        act(end_mandate, mandate=held, until_on=date(2026, 3, 1), reason="辞职", version=1)
        with pytest.raises(AlreadyEnded, match="已于2026-03-01终止"):
            act(end_mandate, mandate=held, until_on=date(2026, 4, 1), reason="", version=2)

    def test_before_it_began_is_refused(self, act, held):
        with pytest.raises(EndsTooEarly):
            act(end_mandate, mandate=held, until_on=date(2022, 1, 10), reason="", version=1)


class TestEntrusting:
    def test_a_deputy_to_an_officer_and_to_nobody(self, act, held, world):
        officer = world.posts["liaison_officer"]
        act(assign_officer, mandate=held, officer=officer, version=1)
        act(assign_officer, mandate=held, officer=None, version=2)
        assert [
            row.facts["officer"] for row in Record.objects.filter(verb="people.officer_assigned").order_by("id")
        ] == [
            [None, officer.pk],
            [officer.pk, None],
        ]

    def test_to_a_handler_is_refused(self, act, held, world):
        with pytest.raises(NoLiaisonOfficer, match="在任的代表联络员"):
            act(assign_officer, mandate=held, officer=world.posts["handler_second"], version=1)

    def test_on_a_stale_page_is_refused(self, act, held, world):
        with pytest.raises(PersonMovedOn):
            act(assign_officer, mandate=held, officer=world.posts["liaison_officer"], version=9)
