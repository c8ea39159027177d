"""The worked examples of the domain notes: each a date a clerk can check with a wall calendar."""

from datetime import date

import pytest

from huiyin.regulations.rules import Counts, Roll, StartEvent, by_day, compute, working_days_before
from huiyin.regulations.tests.conftest import limit

pytestmark = pytest.mark.pure


class TestALimitFromADay:
    @pytest.mark.parametrize(
        ("start", "count", "unit", "raw", "due"),
        [
            ((2025, 11, 30), 3, "month", (2026, 2, 28), (2026, 2, 28)),
            ((2026, 1, 16), 1, "month", (2026, 2, 16), (2026, 2, 24)),
            ((2026, 7, 1), 3, "month", (2026, 10, 1), (2026, 10, 8)),
            ((2025, 8, 31), 6, "month", (2026, 2, 28), (2026, 2, 28)),
            ((2026, 2, 9), 7, "calendar_day", (2026, 2, 16), (2026, 2, 24)),
            ((2026, 2, 9), 7, "working_day", (2026, 2, 25), (2026, 2, 25)),
            ((2026, 3, 2), 60, "calendar_day", (2026, 5, 1), (2026, 5, 6)),
            ((2026, 9, 18), 15, "calendar_day", (2026, 10, 3), (2026, 10, 8)),
        ],
    )
    def test_ends_as_in_the_notes(self, calendar, start, count, unit, raw, due):
        answer = compute(limit(count, unit), date(*start), calendar)
        assert (answer.raw_on, answer.due_on) == (date(*raw), date(*due))
        assert not answer.provisional

    def test_stays_on_a_saturday_that_is_worked(self, calendar):
        answer = compute(limit(3, "month"), date(2025, 11, 30), calendar)
        assert answer.due_on.isoweekday() == 6
        assert "2026年2月28日（周六）是春节调休上班日，按工作日计，不变动。" in answer.why

    def test_does_not_roll_when_the_rule_says_so(self, calendar):
        answer = compute(limit(1, "month", roll=Roll.NONE), date(2026, 1, 16), calendar)
        assert answer.due_on == date(2026, 2, 16)
        assert "本期限不因休息日变动" in answer.why

    def test_is_late_from_midnight_in_shanghai_of_the_next_day(self, calendar):
        answer = compute(limit(1, "month"), date(2026, 1, 16), calendar)
        assert answer.late_from.isoformat() == "2026-02-25T00:00:00+08:00"


class TestALimitBeforeADay:
    def test_rolls_backward_out_of_a_holiday(self, calendar):
        answer = by_day(2026, 6, 20, calendar)
        assert (answer.raw_on, answer.due_on) == (date(2026, 6, 20), date(2026, 6, 18))

    def test_leaves_the_monthly_23rd_in_just_three_months_of_2026(self, calendar):
        moved = [month for month in range(1, 13) if by_day(2026, month, 23, calendar).due_on.day != 23]
        assert moved == [2, 5, 8]

    def test_takes_the_last_day_of_a_shorter_month(self, calendar):
        assert by_day(2026, 9, 31, calendar).raw_on == date(2026, 9, 30)

    def test_counts_back_from_an_event_and_then_to_a_working_day(self, calendar):
        rule = limit(3, "calendar_day", counts=Counts.BEFORE, roll=Roll.BACKWARD, starts_from=StartEvent.HEARING)
        answer = compute(rule, date(2026, 10, 10), calendar)
        assert (answer.raw_on, answer.due_on) == (date(2026, 10, 7), date(2026, 9, 30))

    def test_counts_working_days_back_over_the_national_holiday(self, calendar):
        assert working_days_before(date(2026, 10, 9), 2, calendar) == date(2026, 9, 30)
        assert working_days_before(date(2026, 9, 21), 1, calendar) == date(2026, 9, 20)  # a worked Sunday
