"""compute() against a second opinion: every start day of 23 years, and 2,000 clocks with random events."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.regulations.books import library, stack
from huiyin.regulations.calendars import TableCalendar, seed_rows
from huiyin.regulations.rules import (
    Counts,
    Extension,
    LimitRule,
    MaterialsCompleted,
    Recalled,
    Roll,
    Suspension,
    Unit,
    Withdrawn,
    by_day,
    compute,
)
from huiyin.regulations.tests import oracle
from huiyin.regulations.tests.conftest import limit

pytestmark = pytest.mark.pure

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
CALENDAR = TableCalendar(seed_rows())


def law_of(rule: LimitRule) -> oracle.Law:
    return oracle.Law(
        rule.count,
        rule.unit.value,
        rule.roll.value,
        rule.extension_allowed,
        rule.suspension_allowed,
        law_of(rule.cap) if rule.cap else None,
    )


def book_limits() -> dict[str, LimitRule]:
    """Every limit of every book that comes with the house, each with its cap; those of equal arithmetic once."""
    found: dict[str, LimitRule] = {}
    for each in library():
        for rule in stack([each.book]).limits(each.book.from_on):
            cap = f"-{rule.cap.length}-{rule.cap.roll}" if rule.cap else ""
            found[f"{rule.counts}-{rule.count}-{rule.unit}-{rule.roll}{cap}"] = rule
    return found


LIMITS = book_limits()
AFTER = {name: rule for name, rule in LIMITS.items() if rule.counts is Counts.AFTER}
BEFORE = {name: rule for name, rule in LIMITS.items() if rule.counts is Counts.BEFORE}


def same(ours, theirs: oracle.Answer) -> bool:
    return (
        ours.raw_on,
        ours.due_on,
        ours.cap_raw_on,
        ours.cap_on,
        ours.late_from and ours.late_from.date(),
        ours.provisional,
        ours.cap_provisional,
    ) == (
        theirs.raw,
        theirs.due,
        theirs.cap_raw,
        theirs.cap_due,
        theirs.late_day,
        theirs.provisional,
        theirs.cap_provisional,
    )


class TestEveryLimitOfTheBooks:
    def test_is_tried_on_8401_days(self):
        assert len(DAYS) == 8401
        assert len(AFTER) >= 7
        assert BEFORE

    @pytest.mark.parametrize("name", AFTER)
    def test_agrees_with_the_oracle_on_every_start_day(self, name):
        rule = AFTER[name]
        law = law_of(rule)
        wrong = [day for day in DAYS if not same(compute(rule, day, CALENDAR), oracle.answer(law, day))]
        assert wrong == []

    @pytest.mark.parametrize("name", BEFORE)
    def test_agrees_with_the_oracle_before_every_day(self, name):
        rule = BEFORE[name]
        for day in DAYS:
            ours = compute(rule, day, CALENDAR)
            theirs = oracle.answer_before(rule.count, rule.unit.value, rule.roll.value, day)
            assert (ours.raw_on, ours.due_on, ours.provisional) == theirs, day

    def test_by_a_day_agrees_with_the_oracle_for_every_day(self):
        for day in DAYS:
            assert by_day(day.year, day.month, day.day, CALENDAR).due_on == oracle.answer_by(day)


starts = st.dates(date(2003, 6, 1), date(2027, 6, 30))
units = st.sampled_from(["calendar_day", "working_day", "month"])


@st.composite
def rules(draw, *, capped: bool = True) -> LimitRule:
    unit = draw(units)
    return limit(
        draw(st.integers(1, 8 if unit == "month" else 80)),
        unit,
        roll=draw(st.sampled_from(Roll)),
        extension_allowed=capped and draw(st.booleans()),
        suspension_allowed=draw(st.booleans()),
        cap=draw(st.none() | rules(capped=False)) if capped else None,
    )


@st.composite
def clocks(draw, start: date):
    """Events for both sides: ours as dataclasses, the oracle's in bare words."""
    happened, events = oracle.Happened(), []
    near = st.integers(-20, 250).map(lambda n: start + timedelta(days=n))
    for kind in draw(st.lists(st.sampled_from(["completed", "stop", "longer", "until", "over"]), max_size=5)):
        day = draw(near)
        if kind == "completed":
            happened.completed.append(day)
            events.append(MaterialsCompleted(on=day))
        elif kind == "stop":
            end = draw(st.none() | st.integers(1, 60).map(lambda n, day=day: day + timedelta(days=n)))
            happened.stops.append((day, end))
            events.append(Suspension(from_on=day, until_on=end))
        elif kind == "longer":
            count, unit = draw(st.integers(1, 12)), draw(units)
            happened.longer.append((day, count, unit))
            events.append(Extension(granted_on=day, count=count, unit=Unit(unit)))
        elif kind == "until":
            to = draw(near)
            happened.until.append((day, to))
            events.append(Extension(granted_on=day, to_on=to))
        else:
            happened.over.append(day)
            events.append(draw(st.sampled_from([Withdrawn, Recalled]))(on=day))
    return draw(st.permutations(events)), happened


@st.composite
def cases(draw):
    start = draw(starts)
    return draw(rules()), start, *draw(clocks(start))


class TestAClockWithEvents:
    @given(cases())
    @settings(
        max_examples=2000, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def test_agrees_with_the_oracle(self, case):
        rule, start, events, happened = case
        ours, theirs = compute(rule, start, CALENDAR, events), oracle.answer(law_of(rule), start, happened)
        assert same(ours, theirs), (ours, theirs)
        assert ours.cap_on is None or ours.due_on <= ours.cap_on
