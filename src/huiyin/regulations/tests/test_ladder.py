"""The reminders on the way to a due day."""

from datetime import date, timedelta

import pytest

from huiyin.regulations.rules import (
    LadderSpec,
    Rung,
    RungDay,
    Suspension,
    Withdrawn,
    compute,
    current_rung,
    ladder,
    rungs_to,
)
from huiyin.regulations.tests import oracle
from huiyin.regulations.tests.conftest import limit

pytestmark = pytest.mark.pure

SPEC = LadderSpec(half_way=True, early=7, near=3, last=1)
START = date(2026, 7, 1)


class TestTheLadder:
    def test_climbs_from_half_way_to_overdue(self, calendar):
        due = compute(limit(3, "month"), START, calendar)
        assert ladder(START, due, calendar, SPEC) == (
            RungDay(Rung.HALF_WAY, date(2026, 8, 19)),
            RungDay(Rung.EARLY, date(2026, 9, 21)),
            RungDay(Rung.NEAR, date(2026, 9, 28)),
            RungDay(Rung.LAST, date(2026, 9, 30)),
            RungDay(Rung.OVERDUE, date(2026, 10, 9)),
        )

    def test_drops_rungs_that_lie_not_after_the_start(self, calendar):
        rungs = rungs_to(date(2026, 3, 2), date(2026, 3, 4), calendar, SPEC)
        assert [each.rung for each in rungs] == [Rung.LAST, Rung.OVERDUE]

    def test_keeps_the_most_urgent_of_coinciding_rungs(self, calendar):
        start, due = date(2026, 3, 2), date(2026, 3, 10)  # half way is the Friday two working days before
        spec = LadderSpec(half_way=True, near=2, last=1)
        assert rungs_to(start, due, calendar, spec)[0] == RungDay(Rung.NEAR, date(2026, 3, 6))

    def test_is_empty_while_the_clock_stands_and_after_it_ended(self, calendar):
        rule = limit(3, "month", suspension_allowed=True)
        for event in (Suspension(from_on=date(2026, 8, 3)), Withdrawn(on=date(2026, 8, 3))):
            assert ladder(START, compute(rule, START, calendar, [event]), calendar, SPEC) == ()

    def test_leaves_out_rungs_the_book_does_not_use(self, calendar):
        rungs = rungs_to(START, date(2026, 10, 8), calendar, LadderSpec(half_way=False, last=1))
        assert [each.rung for each in rungs] == [Rung.LAST, Rung.OVERDUE]


class TestTheRungOfToday:
    def test_is_the_most_urgent_one_reached(self, calendar):
        rungs = rungs_to(START, date(2026, 10, 8), calendar, SPEC)
        expected = {
            date(2026, 8, 18): None,
            date(2026, 8, 19): Rung.HALF_WAY,
            date(2026, 9, 29): Rung.NEAR,
            date(2026, 10, 8): Rung.LAST,
            date(2026, 10, 9): Rung.OVERDUE,
            date(2027, 1, 1): Rung.OVERDUE,
        }
        assert {day: current_rung(rungs, day) for day in expected} == expected


class TestTheLadderAndTheOracle:
    @pytest.mark.parametrize("length", [1, 2, 5, 9, 30, 91, 184])
    def test_agree_on_every_start_day_of_2004_to_2026(self, calendar, length):
        ahead = {"early": SPEC.early, "near": SPEC.near, "last": SPEC.last}
        day = date(2004, 1, 1)
        while day.year < 2027:
            due = day + timedelta(days=length)
            ours = {each.on: each.rung.value for each in rungs_to(day, due, calendar, SPEC)}
            assert ours == oracle.rungs(day, due, ahead), day
            day += timedelta(days=1)
