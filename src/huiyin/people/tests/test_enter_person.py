"""Entering a person, and changing what is said of them."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from huiyin.audit.models import Record
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.facts import PersonFacts
from huiyin.people.models import Person
from huiyin.people.operations import change_person
from huiyin.people.operations.checks import FactsWrong, MandateWrong, NoLiaisonOfficer, PersonMovedOn
from huiyin.people.operations.persons import AlreadyEntered


class TestEnteringAPerson:
    def test_puts_person_mandate_and_mobile_on_the_register(self, enter, world):
        person = enter(name="孙　假名", mobile="1000000 1234", held={"liaison_officer": world.posts["liaison_officer"]})
        assert (person.name, person.procuratorate) == ("孙假名", world.city)
        assert person.mandates.get().liaison_officer == world.posts["liaison_officer"]
        point = person.contact_points.get()
        assert (point.value, point.evidence) == ("10000001234", "当面核对")

    def test_leaves_one_root_record_without_the_mobile(self, enter):
        enter(mobile="10000001234")
        [root] = Record.objects.filter(parent=None)
        assert root.verb == "people.person_entered"
        assert [child.verb for child in root.children.all()] == ["people.contact_point_set"]
        assert "10000001234" not in str(list(Record.objects.values()))

    def test_twice_with_one_key_is_the_same_person(self, enter):
        key = uuid.uuid4()
        assert enter(key=key) == enter(key=key)
        assert Person.objects.count() == 1

    def test_refuses_somebody_who_cannot_be_told_from_one_on_the_register(self, enter):
        enter(birth_year=None)
        with pytest.raises(AlreadyEntered, match="名册上已有市级第十六届人大代表孙假名（第五代表团）"):
            enter(birth_year=1980)

    def test_takes_a_namesake_who_was_born_in_another_year(self, enter):
        assert enter(birth_year=1975) != enter(birth_year=1980)

    def test_points_to_the_person_who_has_another_mandate_already(self, enter):
        enter(birth_year=1975)
        with pytest.raises(AlreadyEntered, match="请打开其页面增加身份"):
            enter(birth_year=1975, held={"kind": "cppcc_member"})

    def test_of_another_office_does_not_matter(self, enter, world):
        enter()
        other = enter(by="officer_li", held={"body": None})
        assert other.procuratorate == world.other

    @pytest.mark.parametrize(
        ("wrong", "refusal", "sentence"),
        [
            ({"name": " \u3000"}, FactsWrong, "请填写姓名"),
            ({"birth_year": 1899}, FactsWrong, "1900到2026之间"),
            ({"birth_year": 2027}, FactsWrong, "1900到2026之间"),
            ({"ethnicity": "99"}, FactsWrong, "民族"),
            ({"sex": "9"}, FactsWrong, "性别"),
            ({"held": {"term": None}}, MandateWrong, "层级和届次"),
            ({"held": {"level": ""}}, MandateWrong, "层级和届次"),
            ({"held": {"kind": "king"}}, MandateWrong, "没有这种身份"),
            ({"held": {"until_on": date(2022, 1, 10)}}, MandateWrong, "止日应晚于起日"),
        ],
    )
    def test_refuses_what_cannot_be(self, enter, wrong, refusal, sentence):
        with pytest.raises(refusal, match=sentence):
            enter(**wrong)
        assert not Person.objects.exists()

    def test_entrusts_nobody_to_a_handler_or_to_a_strangers_officer(self, enter, world):
        for name in ("handler_second", "officer_li"):
            with pytest.raises(NoLiaisonOfficer):
                enter(held={"liaison_officer": world.posts[name]})

    def test_is_for_the_liaison_office(self, enter):
        for name in ("liaison_officer", "chief", "handler_second"):
            with pytest.raises(NotAllowed):
                enter(by=name)


class TestChangingAPerson:
    def change(self, person, world, at, by="officer_wang", version=None, **facts):
        said = {"name": person.name, "birth_year": person.birth_year} | facts
        return change_person(
            person=person, facts=PersonFacts(**said), version=version or person.version, actor=world.act(by), at=at
        )

    def test_writes_it_and_says_old_and_new(self, enter, world, at):
        person = self.change(enter(), world, at, unit_post="样本市示例中学教师")
        person.refresh_from_db()
        assert (person.unit_post, person.version) == ("样本市示例中学教师", 2)
        row = Record.objects.get(verb="people.person_changed")
        assert row.facts == {"changes": {"unit_post": ["", "样本市示例中学教师"]}}

    def test_on_a_stale_page_changes_nothing(self, enter, world, at):
        person = enter()
        self.change(person, world, at, unit_post="甲", version=1)
        with pytest.raises(PersonMovedOn, match="已被同事修改"):
            self.change(person, world, at, unit_post="乙", version=1)
        person.refresh_from_db()
        assert person.unit_post == "甲"

    def test_is_for_the_own_officer_but_no_other(self, enter, world, at):
        person = enter(held={"liaison_officer": world.posts["liaison_officer"]})
        self.change(person, world, at, by="liaison_officer", profession="教育")
        for name in ("officer_li", "handler_second"):
            with pytest.raises(NotAllowed):
                self.change(person, world, at, by=name, profession="法律")

    def test_of_somebody_elses_deputy_is_refused(self, enter, world, at):
        with pytest.raises(NotAllowed):
            self.change(enter(), world, at, by="liaison_officer", profession="教育")
