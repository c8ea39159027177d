"""Reminders climb the ladder once per rung."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.history import in_hand, registered
from tests.support.superior import given
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.matters.models import Deadline, Matter
from huiyin.matters.operations.deadlines import drop_all, meet
from huiyin.matters.operations.recompute import recompute_matter
from huiyin.matters.operations.reminders import remind
from huiyin.messaging.models import Message
from huiyin.regulations.models import CalendarDay, CalendarYear


def _told(world: World, who: str, about: str) -> list[str]:
    sent = Message.objects.filter(post=world.posts[who], event_key__startswith="deadline:", title__contains=about)
    return [message.title.split("：")[0] for message in sent.order_by("id")]


@pytest.fixture
def matter(in_force: World, at: datetime) -> Matter:
    """In hand since 5 March; due 2 June, the department 6 May."""
    found = in_hand(in_force, at)
    Deadline.objects.filter(matter=found, limit_code="SUG_FIRST_CONTACT").update(met_at=at, rung_on=None)
    return found


class TestRemind:
    def test_sends_nothing_before_the_first_rung(self, in_force: World, matter: Matter) -> None:
        assert remind(moment("2026-03-20 08:00")) == 0

    def test_tells_handler_and_head_seven_working_days_before_the_department_date(
        self, in_force: World, matter: Matter
    ) -> None:
        remind(moment("2026-04-24 08:00"))
        assert _told(in_force, "handler_second", "部门办理") == ["临近到期"]
        assert _told(in_force, "head_second", "部门办理") == ["临近到期"]
        assert _told(in_force, "deputy_chief", "部门办理") == []

    def test_says_that_a_matter_is_urgent(self, in_force: World, matter: Matter) -> None:
        Matter.objects.filter(pk=matter.pk).update(urgency="urgent")
        remind(moment("2026-04-24 08:00"))
        assert _told(in_force, "handler_second", "【紧急】162001部门办理") == ["临近到期"]

    def test_climbs_once_per_rung(self, in_force: World, matter: Matter) -> None:
        for day in (24, 24, 25, 27, 28, 29, 30):
            remind(moment(f"2026-04-{day} 08:00"))
        assert _told(in_force, "head_second", "部门办理") == ["临近到期", "即将到期", "到期前最后提醒"]

    def test_tells_the_head_of_an_overdue_department(self, in_force: World, matter: Matter) -> None:
        remind(moment("2026-05-07 00:00"))
        assert _told(in_force, "head_second", "部门办理") == ["已逾期"]
        assert _told(in_force, "handler_second", "部门办理") == []

    def test_tells_the_office_alone_of_a_day_named_above_and_after_a_close_too(
        self, in_force: World, matter: Matter
    ) -> None:
        given_at = moment("2026-03-09 08:00")
        given(in_force, given_at, matter, by="officer_province", answer_by_on=date(2026, 4, 1))
        drop_all(matter=matter, at=given_at)  # as a close or a redo does
        remind(moment("2026-04-02 08:00"))
        told = Message.objects.filter(event_key__startswith="deadline:", title__contains="上级院督办反馈")
        who = ["office_head", "officer_wang"]
        assert sorted(each.post_id or 0 for each in told) == sorted(in_force.posts[name].pk for name in who)

    def test_tells_the_leader_seven_working_days_before_the_answer(self, in_force: World, matter: Matter) -> None:
        remind(moment("2026-05-22 08:00"))
        assert _told(in_force, "deputy_chief", "答复代表") == ["临近到期"]

    def test_sends_only_the_highest_rung_after_days_without_a_worker(self, in_force: World, matter: Matter) -> None:
        remind(moment("2026-06-01 08:00"))
        assert _told(in_force, "handler_second", "答复代表") == ["到期前最后提醒"]

    def test_stops_once_the_duty_is_met(self, in_force: World, matter: Matter, at: datetime) -> None:
        meet(matter=matter, limit_code="SUG_REPLY", at=at)
        meet(matter=matter, limit_code="DEPT_HANDLE", at=at)
        assert remind(moment("2026-06-10 08:00")) == 0

    def test_says_nothing_of_a_right_that_lapsed(self, in_force: World, at: datetime) -> None:
        fresh = registered(in_force, at)
        remind(moment("2026-03-20 08:00"))
        assert fresh.deadlines.get(limit_code="SUG_RETURN").dropped_at is not None
        assert _told(in_force, "officer_wang", "不属本院") == []

    def test_tells_the_liaison_office_while_nobody_has_it(self, in_force: World, at: datetime) -> None:
        registered(in_force, at)
        remind(moment("2026-03-18 08:00"))
        assert _told(in_force, "officer_wang", "首次联系") == ["期限过半"]

    def test_leaves_one_root_record_a_chunk(self, in_force: World, matter: Matter) -> None:
        remind(moment("2026-04-24 08:00"))
        assert Record.objects.get(verb="matters.reminded").facts["reminders"] == 3

    def test_climbs_afresh_after_the_date_moved(self, in_force: World, matter: Matter, at: datetime) -> None:
        remind(moment("2026-06-01 08:00"))
        CalendarDay.objects.create(day=date(2026, 6, 2), year=2026, kind="holiday", name="临时放假")
        CalendarYear.objects.filter(year=2026).update(sha256="changed")
        recompute_matter(matter, cause="放假安排调整", at=moment("2026-06-01 09:00"))
        assert matter.deadlines.get(limit_code="SUG_REPLY").due_on == date(2026, 6, 3)
        remind(moment("2026-06-02 08:00"))
        assert _told(in_force, "handler_second", "答复代表") == ["到期前最后提醒", "期限变动", "到期前最后提醒"]
