"""Sight follows duty."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.history import assigned, decided, in_hand, part_of, registered, sent
from tests.support.letters import sign, submitted
from tests.support.world import World

from huiyin.approvals.operations import PaperSignature
from huiyin.files.models import StoredFile
from huiyin.matters.file_sight import sees
from huiyin.matters.indexing import KIND, tokens_for
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import Part, sign_for
from huiyin.matters.rules import HandlerRole, Visibility
from huiyin.organisations.models import Substitution
from huiyin.organisations.rules import Role
from huiyin.people.models import Person
from huiyin.search import index
from huiyin.suggestions.queries import proposals_open_to

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


class TestAScan:
    def test_of_a_sheet_is_not_for_the_handler_of_one_of_its_rows(self, in_force: World, at: datetime) -> None:
        mine, other = registered(in_force, at), registered(in_force, at, external_number="162008")
        sheet = sent(in_force, at, mine, other)
        scan = _scan(in_force, at)
        paper = PaperSignature(signed_on=at.date(), scan=scan)
        decided(in_force, at, sheet, "officer_wang", step_of="office_head", paper=paper)
        decided(in_force, at, sheet, "deputy_chief")
        part, handler = part_of(mine, in_force), in_force.posts["handler_second"]
        sign_for(undertaking=part, handler=handler, actor=in_force.act("head_second"), version=part.version, at=at)
        assert _open_to(in_force, "handler_second")
        assert not sees(handler, scan)

    def test_of_a_letter_is_for_whoever_may_open_the_matter(self, in_force: World, at: datetime) -> None:
        reply = submitted(in_force, in_hand(in_force, at), at)
        scan = _scan(in_force, at)
        paper = PaperSignature(signed_on=at.date(), scan=scan)
        sign(in_force, reply, at, actor=in_force.act("officer_wang"), paper=paper)
        assert sees(in_force.posts["handler_second"], scan)
        assert not sees(in_force.posts["handler_first"], scan)


def _scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="scan", procuratorate=world.city, name="签批.pdf", path="scan", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


class TestASubstitute:
    @pytest.mark.parametrize(
        ("from_on", "until_on", "sees_it"),
        [
            (date(2026, 3, 1), date(2026, 4, 1), True),
            (date(2026, 3, 9), date(2026, 4, 1), True),  # it still waits when his time begins
            (date(2025, 1, 1), date(2025, 2, 1), False),
        ],
    )
    def test_sees_what_came_or_waited_in_his_time(
        self, in_force: World, at: datetime, from_on: date, until_on: date, sees_it: bool
    ) -> None:
        submitted(in_force, in_hand(in_force, at), at)
        head, other = in_force.posts["head_second"], in_force.posts["head_third"]
        Substitution.objects.create(post=head, substitute=other, from_on=from_on, until_on=until_on)
        assert _open_to(in_force, "head_third") is sees_it

    @pytest.mark.parametrize(("month", "sees_it"), [(3, True), (1, False)])
    def test_of_a_leader_sees_the_sheets_of_his_time_alone(
        self, in_force: World, at: datetime, month: int, sees_it: bool
    ) -> None:
        sheet = sent(in_force, at, registered(in_force, at))
        decided(in_force, at, sheet, "office_head")
        other = in_force.posts["head_third"]
        other.role, other.department = Role.DEPUTY_CHIEF, None
        other.save()
        Substitution.objects.create(
            post=in_force.posts["deputy_chief"], substitute=other, from_on=date(2026, month, 1),
            until_on=date(2026, month + 1, 1),
        )  # fmt: skip
        assert proposals_open_to(other).exists() is sees_it


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

    def test_finds_for_every_post_what_is_open_to_it_from_the_moment_it_is_saved(
        self, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        submitted(in_force, in_hand(in_force, at), at)
        registered(in_force, at, external_number="162008")
        for who, post in in_force.posts.items():
            may_open = set(Matter.objects.open_to(post).values_list("pk", flat=True))
            assert set(index.find(KIND, "电子烟", tokens_for(post), 9)) == may_open, who
