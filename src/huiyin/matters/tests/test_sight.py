"""Sight follows duty."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import assigned, in_hand, registered
from tests.support.world import World

from huiyin.matters.indexing import KIND, tokens_for
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, Visibility
from huiyin.people.models import Person
from huiyin.search import index

OUTSIDERS = [
    "deputy_chief", "head_second", "handler_second", "registry", "secrecy_reviewer", "inspector", "case_management",
]  # fmt: skip


def _open_to(world: World, who: str) -> bool:
    return Matter.objects.open_to(world.posts[who]).exists()


class TestOpenTo:
    @pytest.mark.parametrize("who", ["officer_wang", "office_head", "chief"])
    def test_shows_the_office_everything_from_the_first_day(self, in_force: World, at: datetime, who: str) -> None:
        registered(in_force, at)
        assert _open_to(in_force, who)

    @pytest.mark.parametrize("who", OUTSIDERS)
    def test_shows_nobody_else_what_is_only_registered(self, in_force: World, at: datetime, who: str) -> None:
        registered(in_force, at)
        assert not _open_to(in_force, who)

    def test_shows_the_lead_deputys_liaison_officer_his_own(
        self, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        registered(in_force, at)
        assert _open_to(in_force, "liaison_officer")

    def test_shows_the_department_once_it_is_assigned_and_the_handler_once_named(
        self, in_force: World, at: datetime
    ) -> None:
        matter = assigned(in_force, at)
        assert _open_to(in_force, "head_second")
        assert not _open_to(in_force, "handler_second")
        assert not _open_to(in_force, "head_first")
        assert matter in Matter.objects.open_to(in_force.posts["deputy_chief"])

    def test_shows_the_named_handler(self, in_force: World, at: datetime) -> None:
        in_hand(in_force, at)
        assert _open_to(in_force, "handler_second")
        assert not _open_to(in_force, "handler_first")

    def test_shows_assistants_too(self, in_force: World, at: datetime) -> None:
        parts = (
            Part(role=HandlerRole.LEAD, department=in_force.departments["second"]),
            Part(role=HandlerRole.ASSIST, department=in_force.departments["first"]),
        )
        in_hand(in_force, at, parts=parts)
        assert _open_to(in_force, "handler_first")

    @pytest.mark.parametrize("who", ["officer_li", "handler_other", "officer_province"])
    def test_shows_no_other_office(self, in_force: World, at: datetime, who: str) -> None:
        in_hand(in_force, at)
        assert not _open_to(in_force, who)

    def test_shows_a_sealed_one_to_nobody(self, in_force: World, at: datetime) -> None:
        Matter.objects.filter(pk=registered(in_force, at).pk).update(visibility=Visibility.SEALED)
        assert not _open_to(in_force, "chief")


class TestListedFor:
    def test_lets_the_province_see_the_row_and_not_the_matter(self, in_force: World, at: datetime) -> None:
        registered(in_force, at)
        above = in_force.posts["officer_province"]
        assert Matter.objects.listed_for(above).exists()
        assert not Matter.objects.open_to(above).exists()

    def test_lets_a_neighbour_see_nothing(self, in_force: World, at: datetime) -> None:
        registered(in_force, at)
        assert not Matter.objects.listed_for(in_force.posts["officer_li"]).exists()


class TestSearch:
    @pytest.mark.parametrize(
        ("who", "found"),
        [
            ("officer_wang", 1),
            ("head_second", 1),
            ("handler_second", 1),
            ("deputy_chief", 1),
            ("head_first", 0),
            ("officer_li", 0),
            ("inspector", 0),
        ],
    )
    def test_finds_what_the_reader_may_open(self, in_force: World, at: datetime, who: str, found: int) -> None:
        in_hand(in_force, at)
        assert len(index.find(KIND, "电子烟", tokens_for(in_force.posts[who]), 5)) == found
