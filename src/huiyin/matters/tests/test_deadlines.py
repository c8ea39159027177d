"""Deadlines: opened, fixed, met, dropped, computed anew."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.history import assigned, in_hand, part_of, registered
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.matters.models import Deadline
from huiyin.matters.operations.deadlines import (
    DepartmentDateOutOfRange,
    department_default,
    drop,
    meet,
    open_deadline,
    set_department_date,
)
from huiyin.matters.operations.recompute import preview, recompute
from huiyin.messaging.models import Message
from huiyin.regulations.books import stack
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.registry import Scope


class TestOpenDeadline:
    def test_computes_the_same_one_anew_from_a_corrected_start(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        again = open_deadline(
            matter=matter, limit_code="SUG_REPLY", starts_on=date(2026, 3, 4), label="答复代表", at=at
        )
        assert again is not None
        assert (again.due_on, matter.deadlines.filter(limit_code="SUG_REPLY").count()) == (date(2026, 6, 4), 1)

    def test_is_none_where_no_book_has_the_limit(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        assert open_deadline(matter=matter, limit_code="NO_SUCH", starts_on=at.date(), label="x", at=at) is None

    def test_rolls_over_national_day(self, in_force: World) -> None:
        at = moment("2026-07-02 09:00")
        matter = registered(in_force, at, assigned_on=date(2026, 7, 1), received_on=date(2026, 7, 1))
        answer = matter.deadlines.get(limit_code="SUG_REPLY")
        assert (answer.raw_on, answer.due_on) == (date(2026, 10, 1), date(2026, 10, 8))
        assert any("国庆节" in line for line in answer.explanation)


class TestMeetAndDrop:
    def test_free_the_register_of_the_day(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        assert meet(matter=matter, limit_code="SUG_FIRST_CONTACT", at=at) == 1
        assert matter.next_due_on == date(2026, 6, 2)
        drop(matter=matter, limit_code="SUG_REPLY", at=at)
        assert matter.next_due_on is None


class TestSetDepartmentDate:
    def test_says_that_the_routing_fixed_it_and_what_the_book_would_have(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        own = set_department_date(undertaking=part, due_on=date(2026, 5, 15), actor_key="post:1", at=at)
        text = "".join(own.explanation)
        assert "拟办单定为2026年5月15日" in text
        assert "2026年5月6日" in text
        assert own.set_by == "post:1"

    def test_refuses_a_day_after_the_answer_is_due(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        with pytest.raises(DepartmentDateOutOfRange, match="不能晚于"):
            set_department_date(undertaking=part, due_on=date(2026, 6, 3), actor_key="post:1", at=at)

    def test_refuses_a_day_that_passed(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        with pytest.raises(DepartmentDateOutOfRange, match="已经过去"):
            set_department_date(undertaking=part, due_on=date(2026, 3, 4), actor_key="post:1", at=at)


class TestDepartmentDefault:
    def test_is_never_in_the_past(self, in_force: World, at: datetime) -> None:
        found = department_default(registered(in_force, at), on=date(2026, 5, 20))
        assert found is not None
        assert found.due_on == date(2026, 6, 2)


class TestRecompute:
    def test_moves_open_days_logs_old_and_new_and_tells_the_handler(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        shorter = stack(book for book in stack_for(in_force.city, on=at.date()).books if book.code != "liaison_rules")
        moved = matter.deadlines.get(limit_code="SUG_REPLY")
        Deadline.objects.filter(pk=moved.pk).update(due_on=date(2026, 5, 29))
        step = recompute(
            after=0, scope=Scope(), stacks=lambda office, on: shorter, calendar=calendar(), cause="新制度施行", at=at
        )
        assert step.moved == 1
        told = Record.objects.get(verb="matters.deadline_moved")
        assert (told.facts["before"], told.facts["after"]) == ("2026-05-29", "2026-06-02")
        assert Message.objects.filter(post=in_force.posts["handler_second"], title__startswith="期限变动").exists()

    def test_leaves_a_date_fixed_by_hand(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        set_department_date(undertaking=part, due_on=date(2026, 5, 15), actor_key="post:1", at=at)
        recompute(
            after=0, scope=Scope(), stacks=lambda office, on: stack_for(office, on=on), calendar=calendar(),
            cause="x", at=at,
        )  # fmt: skip
        assert part.deadlines.get(limit_code="DEPT_HANDLE").due_on == date(2026, 5, 15)

    def test_walks_on_from_the_last_id_until_none_are_left(self, in_force: World, at: datetime) -> None:
        registered(in_force, at)
        last = Deadline.objects.latest("id").pk
        walk = {
            "scope": Scope(),
            "stacks": lambda office, on: stack_for(office, on=on),
            "calendar": calendar(),
            "cause": "x",
            "at": at,
        }
        assert recompute(after=0, **walk).last_id == last
        assert recompute(after=last, **walk).last_id is None


class TestPreview:
    def test_names_what_would_move_to_those_who_may_see_it(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        Deadline.objects.filter(matter=matter, limit_code="SUG_REPLY").update(due_on=date(2026, 5, 29))
        ask = {
            "after": 0,
            "scope": Scope(),
            "stacks": lambda office, on: stack_for(office, on=on),
            "calendar": calendar(),
            "at": at,
        }
        assert [row.new_on for row in preview(post=in_force.posts["officer_wang"], **ask).rows] == [date(2026, 6, 2)]
        assert preview(post=in_force.posts["officer_li"], **ask).rows == ()
