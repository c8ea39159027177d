"""The pages of 回访 and 改进措施."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.visit import visit
from tests.support.world import World, moment

from huiyin.matters.models import Measure, Revisit


@pytest.fixture
def at() -> datetime:
    """8 June 2026: the revisit of the answer of 5 March is late since the 5th."""
    return moment("2026-06-08 10:00")


class TestARevisit:
    def test_is_recorded_and_becomes_a_measure(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        begun = moment("2026-03-05 10:00")
        matter = delivered(in_force, in_hand(in_force, begun), begun).matter
        office, head = desk("officer_wang"), desk("head_second")
        assert "逾期没有回访" in visit(office, "/desk/").content.decode()
        assert "待回访的代表" in visit(head, "/desk/").content.decode()
        there = reverse("desk:revisits:detail", args=[Revisit.objects.get().pk])
        assert there in visit(head, reverse("desk:revisits:list")).content.decode()
        visit(head, there)
        said = {
            "version": 1, "request_key": uuid4(), "mode": "visit", "held_on": "2026-06-08", "result": "reopened",
            "participant": matter.participants.get(role="lead").pk, "deputy_words": "门店还在卖。", "our_words": "",
            "measure": "", "measure_due_on": "",
        }  # fmt: skip
        assert head.post(there, said).status_code == 422
        done = head.post(there, said | {"measure": "每月夜间巡查一次"}, follow=True)
        assert "系统已安排再次回访" in done.content.decode()
        page = visit(head, reverse("desk:matters:detail", args=[matter.pk])).content.decode()
        assert "门店还在卖。" in page
        assert "每月夜间巡查一次" in page
        visit(head, reverse("desk:revisits:list") + "?tab=done")
        measure = Measure.objects.get()
        one = reverse("desk:measures:detail", args=[measure.pk])
        visit(head, one)
        note = {"text": "已经排班。", "request_key": uuid4(), "plan_item": "校园周边治理专项"}
        head.post(reverse("desk:measures:note", args=[measure.pk]), note)
        planned = visit(office, f"{reverse('desk:measures:list')}?state=planned").content.decode()
        assert "重点项目任务：校园周边治理专项" in planned
        assert "已经排班。" in visit(office, one).content.decode()
        end = {"version": 1, "outcome": "巡查三次。", "ended_on": "2026-06-08", "decision": "done"}
        head.post(reverse("desk:measures:end", args=[measure.pk]), end)
        assert "已落实" in visit(office, reverse("desk:measures:list")).content.decode()
        assert office.post(reverse("desk:measures:export"), {"year": "2026"}).content[:2] == b"PK"
        new = reverse("desk:measures:enter")
        assert "登记改进措施" in visit(office, new).content.decode()
        alone = {"source": "审议意见", "text": "公开一次", "owner": measure.owner_id, "request_key": uuid4()}
        office.post(new, alone)
        assert Measure.objects.filter(source="审议意见").exists()
