"""The handling of a higher deputy's suggestion is reported to the office above (S0-84, S0-85)."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import in_hand
from tests.support.letters import issued
from tests.support.world import World

from huiyin.matters.operations.upward import NotOwedUpward, send_upward
from huiyin.matters.papers.upward import upward_report
from huiyin.matters.rules.upward import levels_above
from huiyin.matters.upward import owed_upward
from huiyin.people.models import Mandate


class TestTheLevelsAbove:
    pytestmark = pytest.mark.pure

    def test_are_those_of_higher_congresses(self) -> None:
        assert levels_above("city") == ("national", "province")
        assert levels_above("province") == ("national",)


class TestACopyUpward:
    def test_is_owed_from_the_issue_until_it_went_up(self, in_force: World, deputies: object, at: datetime) -> None:
        officer = in_force.posts["officer_wang"]
        reply = issued(in_force, in_hand(in_force, at), at)
        assert not owed_upward(officer).exists()
        Mandate.objects.filter(pk=reply.matter.participants.get().mandate_id).update(level="province")
        assert list(owed_upward(officer)) == [reply]
        assert any("省级" in cell.text for row in upward_report(reply).rows for cell in row.cells)
        sent = {"organ": "示例省人民检察院", "mode": "exchange", "sent_on": at.date()}
        send_upward(reply=reply, actor=in_force.act("officer_wang"), at=at, **sent)
        assert not owed_upward(officer).exists()
        with pytest.raises(NotOwedUpward, match="已经登记报送"):
            send_upward(reply=reply, actor=in_force.act("officer_wang"), at=at, **sent)
