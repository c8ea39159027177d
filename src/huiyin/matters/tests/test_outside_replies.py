"""The lead unit's reply comes in for the file of a matter we assist (practice 17)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.history import in_hand
from tests.support.organs import lead_replied, opinion_out
from tests.support.world import World

from huiyin.matters.filing_documents import file_of
from huiyin.matters.joint import awaiting_lead
from huiyin.matters.models import Matter, Rating
from huiyin.matters.operations.outside import NoOutsideReply
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import NotAllowed


class TestTheLeadUnitsReply:
    def test_is_waited_for_and_then_lies_in_the_file(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = Matter.objects.get(pk=opinion_out(in_force, at).matter_id)
        everything = Matter.objects.all()
        assert list(awaiting_lead(everything)) == [matter]
        missing = [paper.title for paper in file_of(matter, at.date()).papers if not paper.is_there]
        assert "主办单位答复" in missing
        later = at + timedelta(days=40)
        lead_replied(in_force, later, matter)
        matter.refresh_from_db()
        assert (matter.status, Rating.objects.filter(matter=matter).count()) == (Status.CLOSED, 0)
        assert not awaiting_lead(everything).exists()
        kept = file_of(matter, later.date())
        assert "主办单位答复" not in [paper.title for paper in kept.papers if not paper.is_there]
        found = next(each for each in kept.documents if each.code == "lead_reply")
        assert (found.title, found.number) == ("样本市公安局答复", "样公函〔2026〕15号")

    def test_is_refused_before_our_opinion_is_out_twice_and_in_the_wrong_order(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        own = in_hand(in_force, at)
        with pytest.raises(NoOutsideReply, match="由我院独办"):
            lead_replied(in_force, at, own)
        matter = opinion_out(in_force, at, external_number="162002").matter
        with pytest.raises(NoOutsideReply, match="收到日不能晚于今天"):
            lead_replied(in_force, at, matter, received_on=at.date() + timedelta(days=1))
        with pytest.raises(NoOutsideReply, match="请上传"):
            lead_replied(in_force, at, matter, scan=None)
        with pytest.raises(NotAllowed):
            lead_replied(in_force, at, matter, actor=in_force.act("handler_second"))
        lead_replied(in_force, at, matter)
        with pytest.raises(NoOutsideReply, match="已经登记过"):
            lead_replied(in_force, at, matter)
