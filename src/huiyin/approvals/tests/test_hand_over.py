"""Signatures owed by a post that is closed go to its successor."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.world import World

from huiyin.approvals import queries
from huiyin.approvals.handover import SuccessorCannotSign
from huiyin.approvals.rules import StepStatus
from huiyin.approvals.tests.test_decide import ON, Road
from huiyin.approvals.tests.test_decide import letter_chain as letter_chain
from huiyin.approvals.tests.test_decide import road as road
from huiyin.messaging.models import Message
from huiyin.organisations.queries import work_of
from huiyin.organisations.registry import open_work
from huiyin.regulations.books import Chain
from huiyin.regulations.books.vocabulary import Condition

LABEL = "待审签的文稿"


def hand_over(world: World, who: str, successor: str, at: datetime) -> int:
    kind = next(each for each in open_work() if each.code == "approvals.steps")
    return kind.hand_over(world.posts[who], world.posts[successor], world.act("officer_wang"), at)


class TestASignatureOwed:
    @pytest.mark.parametrize("who", ["head_second", "chief"])
    def test_is_open_work_whether_its_turn_has_come_or_not(self, road: Road, world: World, who: str) -> None:
        assert (LABEL, 1) in work_of(world.posts[who])

    def test_is_none_once_it_is_given(self, road: Road, world: World) -> None:
        road.decide("head_second")
        assert (LABEL, 1) not in work_of(world.posts["head_second"])

    def test_waits_for_the_successor_who_is_told(self, road: Road, world: World) -> None:
        assert hand_over(world, "head_second", "head_first", road.at) == 1
        assert queries.waiting_for(world.posts["head_first"], ON).count() == 1
        assert queries.waiting_for(world.posts["head_second"], ON).count() == 0
        told = Message.objects.get(post=world.posts["head_first"])
        assert (told.title, told.link) == ("接手审签文稿1份", "/desk/approvals/")
        road.decide("head_first")
        assert road.open_codes() == ["office"]

    def test_says_so_where_the_successor_wrote_the_paper(self, world: World, letter_chain: Chain, at: datetime) -> None:
        road = Road(world, letter_chain, at, drafter="head_first")
        hand_over(world, "head_second", "head_first", road.at)
        assert "请安排代理人（AB角）代签" in Message.objects.get(post=world.posts["head_first"]).body

    @pytest.mark.parametrize(
        ("who", "successor"),
        [("deputy_chief", "head_first"), ("secrecy_reviewer", "head_first"), ("head_second", "registry")],
    )
    def test_goes_to_a_post_that_may_give_it(self, road: Road, world: World, who: str, successor: str) -> None:
        with pytest.raises(SuccessorCannotSign):
            hand_over(world, who, successor, road.at)

    def test_joins_the_successors_own_at_the_same_step(self, world: World, letter_chain: Chain, at: datetime) -> None:
        assisting = [world.departments["first"], world.departments["third"]]
        road = Road(world, letter_chain, at, assisting=assisting, holding=[Condition.HAS_ASSISTANTS])
        road.decide("head_second")
        road.decide("head_third")
        hand_over(world, "head_first", "head_third", road.at)
        countersigned = {step.post_id: step.status for step in road.approval.steps.filter(code="countersign")}
        assert countersigned == {
            world.posts["head_first"].pk: StepStatus.SKIPPED, world.posts["head_third"].pk: StepStatus.OPEN
        }  # fmt: skip
        road.decide("head_third")
        assert road.open_codes() == ["office"]
