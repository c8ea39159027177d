"""Lists of what waits for a rating and of what may end say the same as the closing of one matter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.history import in_hand
from tests.support.letters import delivered, fresh, handed_over, issued
from tests.support.world import World

from huiyin.files.models import StoredFile
from huiyin.matters.drafting import running_reply
from huiyin.matters.endings import letters_to_rate, ready_to_close
from huiyin.matters.models import Reply
from huiyin.matters.operations.closing import why_not_close
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import RatingSource

PAST = timedelta(days=40)


@pytest.fixture
def letter(in_force: World, deputies: object, at: datetime) -> Reply:
    return issued(in_force, in_hand(in_force, at), at)


@pytest.fixture
def scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="form", procuratorate=world.city, name="征询意见表.pdf", path="form", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


def rate(world: World, reply: Reply, scan: StoredFile, at: datetime, result: str, source: str = "signed_form") -> None:
    facts = RatingFacts(source=RatingSource(source), attitude="satisfied", result=result, rated_on=at.date())
    lead = reply.matter.participants.get(role="lead")
    record_rating(reply=fresh(reply), participant=lead, facts=facts, scan=scan, actor=world.act("officer_wang"), at=at)


def lists(world: World, reply: Reply, at: datetime) -> tuple[bool, bool]:
    """Whether the letter waits for a rating, and whether its matter may end; the latter as the one matter has it."""
    on = at.date()
    waits = letters_to_rate(world.city, on).filter(pk=reply.pk).exists()
    ready = ready_to_close(world.city, on).filter(pk=reply.matter_id).exists()
    matter = fresh(reply).matter
    assert ready is (why_not_close(matter, running_reply(matter), on) == "")
    return waits, ready


class TestAnAnsweredMatter:
    def test_not_delivered_waits(self, letter: Reply, in_force: World, at: datetime) -> None:
        assert lists(in_force, letter, at) == (True, False)

    def test_delivered_and_unrated_waits(self, letter: Reply, in_force: World, at: datetime) -> None:
        assert lists(in_force, handed_over(in_force, letter, at), at) == (True, False)

    def test_rated_well_may_end_and_waits_no_more(
        self, letter: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        there = handed_over(in_force, letter, at)
        rate(in_force, there, scan, at, "mostly_satisfied")
        assert lists(in_force, there, at) == (False, True)

    def test_rated_badly_does_not_end(self, letter: Reply, in_force: World, scan: StoredFile, at: datetime) -> None:
        there = handed_over(in_force, letter, at)
        rate(in_force, there, scan, at, "not_satisfied")
        assert lists(in_force, there, at) == (False, False)

    def test_is_judged_by_the_signed_form_where_the_system_says_otherwise(
        self, letter: Reply, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        there = handed_over(in_force, letter, at)
        rate(in_force, there, scan, at, "not_satisfied", "congress_system")
        rate(in_force, there, scan, at, "satisfied")
        assert lists(in_force, there, at) == (False, True)

    def test_may_end_when_the_time_for_rating_is_over(self, letter: Reply, in_force: World, at: datetime) -> None:
        assert lists(in_force, handed_over(in_force, letter, at), at + PAST) == (True, True)


class TestAMatterOfAnotherOffice:
    def test_is_on_neither_list(self, in_force: World, deputies: object, at: datetime) -> None:
        delivered(in_force, in_hand(in_force, at), at)
        assert not letters_to_rate(in_force.other, at.date()).exists()
        assert not ready_to_close(in_force.other, (at + PAST).date()).exists()
