"""Sheets on their road when the leader they name leaves."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import decided, drafted, sent
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.messaging.models import Message
from huiyin.organisations.actors import seated
from huiyin.organisations.models import AdminSeat, Post, Staff
from huiyin.organisations.operations.posts import HandOverNeeded, close_post
from huiyin.organisations.rules import Seat
from huiyin.suggestions.handover import SuccessorCannotLead
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.operations.returns import decide_return
from huiyin.suggestions.tests.test_returns import proposed


def close(office: World, at: datetime, to: str | None) -> dict[str, int]:
    keeper = Staff.objects.create(username="keeper", name="管系统")
    seat = AdminSeat.objects.create(staff=keeper, role=Seat.SYSADMIN, from_on=at.date())
    return close_post(
        post=office.posts["deputy_chief"], until_on=at.date(), hand_over_to=office.posts[to] if to else None,
        actor=seated(seat), at=at,
    )  # fmt: skip


class TestClosingTheLeadersPost:
    def test_asks_for_a_successor_of_his_signatures_and_rows(self, in_force: World, at: datetime) -> None:
        sent(in_force, at)
        with pytest.raises(HandOverNeeded, match=r"待审签的文稿1件.*拟办单上拟领衔的事项1件"):
            close(in_force, at, None)

    def test_lets_the_successor_sign_the_sheet_and_lead(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head")
        moved = close(in_force, at, "chief")
        assert (moved["approvals.steps"], moved["suggestions.rows_to_lead"]) == (1, 1)
        decided(in_force, at, sheet, "chief")
        assert Matter.objects.get().leader == in_force.posts["chief"]
        assert Proposal.objects.get().status == "agreed"

    def test_asks_the_successor_whether_a_suggestion_goes_back(self, in_force: World, at: datetime) -> None:
        giving = proposed(in_force, at)
        assert close(in_force, at, "chief")["suggestions.returns_to_decide"] == 1
        assert Message.objects.filter(post=in_force.posts["chief"], title__startswith="待您决定是否退回").exists()
        giving.refresh_from_db()
        done = decide_return(
            giving=giving, agrees=True, opinion="", actor=in_force.act("chief"), version=giving.version, at=at
        )
        assert done.state == "agreed"

    def test_needs_a_successor_for_what_waits_to_go_back(self, in_force: World, at: datetime) -> None:
        proposed(in_force, at)
        with pytest.raises(HandOverNeeded, match="待决定是否退回的建议1件"):
            close(in_force, at, None)

    def test_is_refused_to_a_successor_who_is_no_leader(self, in_force: World, at: datetime) -> None:
        drafted(in_force, at)
        with pytest.raises(SuccessorCannotLead):
            close(in_force, at, "head_first")
        assert Post.objects.get(pk=in_force.posts["deputy_chief"].pk).until_on is None
