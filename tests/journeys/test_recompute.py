"""A rule or the calendar changes: open deadlines of suggestions follow, the handlers are told, history stays."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.audit.models import Record
from huiyin.matters.models import Deadline
from huiyin.messaging.models import Message
from huiyin.regulations.operations import load_book, load_year, put_in_force, recompute_waiting
from huiyin.regulations.queries import preview
from huiyin.regulations.tests.texts import book_text
from tests.support.history import registered
from tests.support.world import moment

NEW_RULE = book_text(limit="SUG_REPLY", count=10, start="2026-03-01").replace("received_on", "assigned_on")
LONG_NEW_YEAR = "年份,类别,名称,日期\n" + "".join(f"2027,放假,元旦,2027-01-{day:02}\n" for day in range(1, 9))


@pytest.fixture
def deadline(in_force, deputies, at) -> Deadline:
    """Three months from 2 March 2026: 2 June."""
    recompute_waiting(at=at)
    matter = registered(in_force, at)
    return Deadline.objects.get(matter=matter, limit_code="SUG_REPLY")


class TestAStricterRule:
    @pytest.fixture
    def waiting(self, in_force, deadline, at):
        return load_book(text=NEW_RULE, file="strict.toml", actor=in_force.act("officer_wang"), at=at)

    def test_is_shown_with_the_dates_it_would_move_before_anyone_approves(self, in_force, deadline, waiting, at):
        row = next(each for each in preview(waiting, post=in_force.posts["office_head"], at=at).rows)

        assert (row.number, row.old_on, row.new_on) == (deadline.matter.number, date(2026, 6, 2), date(2026, 3, 16))
        deadline.refresh_from_db()
        assert deadline.due_on == date(2026, 6, 2)

    def test_moves_the_open_date_and_tells_who_handles_it(self, in_force, deadline, waiting, at):
        put_in_force(version=waiting, actor=in_force.act("office_head"), at=at)
        assert recompute_waiting(at=at) >= 1

        deadline.refresh_from_db()
        assert (deadline.due_on, deadline.book_code) == (date(2026, 3, 16), "own_rules")
        moved = Record.objects.get(verb="matters.deadline_moved", facts__label=deadline.label)
        assert (moved.facts["before"], moved.facts["after"]) == ("2026-06-02", "2026-03-16")
        assert Message.objects.filter(title__contains="期限变动", body__contains="沙盒办理规定").exists()

    def test_leaves_a_date_that_was_met(self, in_force, deadline, waiting, at):
        Deadline.objects.filter(pk=deadline.pk).update(met_at=at)
        put_in_force(version=waiting, actor=in_force.act("office_head"), at=at)
        recompute_waiting(at=at)

        deadline.refresh_from_db()
        assert deadline.due_on == date(2026, 6, 2)

    def test_leaves_limits_that_began_before_it(self, in_force, deputies, at):
        early = registered(in_force, at, assigned_on=date(2026, 2, 10), received_on=date(2026, 2, 11))
        waiting = load_book(text=NEW_RULE, file="strict.toml", actor=in_force.act("officer_wang"), at=at)
        put_in_force(version=waiting, actor=in_force.act("office_head"), at=at)
        recompute_waiting(at=at)

        assert Deadline.objects.get(matter=early, limit_code="SUG_REPLY").book_code != "own_rules"


class TestANewYear:
    def test_turns_a_provisional_date_into_a_certain_one(self, in_force, deputies):
        at = moment("2026-10-08 10:00")
        matter = registered(in_force, at, assigned_on=date(2026, 10, 5), received_on=date(2026, 10, 6))
        deadline = Deadline.objects.get(matter=matter, limit_code="SUG_REPLY")
        assert (deadline.due_on, deadline.provisional) == (date(2027, 1, 5), True)

        officer = in_force.act("officer_wang")
        load_year(text=LONG_NEW_YEAR, file="2027.csv", source="虚构的通知", actor=officer, at=at)
        recompute_waiting(at=at)

        deadline.refresh_from_db()
        assert (deadline.due_on, deadline.provisional) == (date(2027, 1, 11), False)
