"""Handing over what a closed post had in hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.history import in_hand, part_of
from tests.support.letters import delivered
from tests.support.world import World

from huiyin.matters.handover import SuccessorCannotCall
from huiyin.matters.models import Matter, RatingCall
from huiyin.matters.operations.ratings import RatingFacts, take_site_rating
from huiyin.matters.rules import RatingSource
from huiyin.messaging.models import Message
from huiyin.organisations.models import Post
from huiyin.organisations.queries import work_of
from huiyin.organisations.registry import open_work


def _hand_over(code: str, post: Post, successor: Post, world: World, at: datetime) -> int:
    kind = next(each for each in open_work() if each.code == code)
    return kind.hand_over(post, successor, world.act("officer_wang"), at)


class TestOpenWork:
    @pytest.mark.parametrize(("who", "label"), [("handler_second", "承办的事项"), ("deputy_chief", "领衔的事项")])
    def test_is_counted_by_kind(self, in_force: World, at: datetime, who: str, label: str) -> None:
        in_hand(in_force, at)
        assert (label, 1) in work_of(in_force.posts[who])

    def test_goes_to_the_successor_with_its_sight(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        old, new = in_force.posts["handler_second"], in_force.posts["head_second"]
        assert _hand_over("matters.undertakings", old, new, in_force, at + timedelta(days=1)) == 1
        assert part_of(matter, in_force).handler == new
        assert not Matter.objects.open_to(old).exists()

    def test_leaves_a_stale_page_behind(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        _hand_over("matters.led", in_force.posts["deputy_chief"], in_force.posts["chief"], in_force, at)
        after = Matter.objects.get(pk=matter.pk)
        assert (after.leader, after.version) == (in_force.posts["chief"], matter.version + 1)


class TestACallOwed:
    def test_goes_to_the_successor_who_is_told(self, in_force: World, deputies: object, at: datetime) -> None:
        call = _call_owed(in_force, at)
        old, new = in_force.posts["head_second"], in_force.posts["head_first"]
        assert ("待回访的电话", 1) in work_of(old)
        assert _hand_over("matters.rating_calls", old, new, in_force, at) == 1
        call.refresh_from_db()
        assert call.post == new
        assert Message.objects.filter(post=new, title__startswith="请回访").exists()

    def test_goes_to_a_head_only(self, in_force: World, deputies: object, at: datetime) -> None:
        _call_owed(in_force, at)
        old, new = in_force.posts["head_second"], in_force.posts["handler_second"]
        with pytest.raises(SuccessorCannotCall, match="部门负责人"):
            _hand_over("matters.rating_calls", old, new, in_force, at)


def _call_owed(world: World, at: datetime) -> RatingCall:
    reply = delivered(world, in_hand(world, at), at)
    facts = RatingFacts(
        source=RatingSource.OUR_SITE, attitude="satisfied", result="not_satisfied", rated_on=at.date()
    )  # fmt: skip
    signer = reply.matter.participants.order_by("position")[0]
    actor = world.act("officer_wang")
    take_site_rating(reply=reply, participant=signer, facts=facts, slip_number="", actor=actor, at=at)
    return RatingCall.objects.get()
