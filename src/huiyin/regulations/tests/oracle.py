"""A second opinion on every date: walks day by day straight over chinesecalendar and shares no line with rules/."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import chinese_calendar

FIRST, LAST = 2004, 2026
STEP = dt.timedelta(days=1)

_worked: dict[dt.date, bool] = {}


def worked(day: dt.date) -> bool:
    if day not in _worked:
        inside = FIRST <= day.year <= LAST
        _worked[day] = chinese_calendar.is_workday(day) if inside else day.isoweekday() <= 5
    return _worked[day]


def outside(first: dt.date, last: dt.date) -> bool:
    """Whether any day of the window lies in a year without a published arrangement."""
    return first <= last and (first.year < FIRST or last.year > LAST)


@dataclass
class Law:
    """A limit in bare words."""

    count: int
    unit: str
    roll: str
    may_extend: bool = False
    may_stop: bool = False
    cap: Law | None = None


@dataclass
class Happened:
    """What happened to the clock, in bare words; days of a stop are [first, next running day or None)."""

    completed: list[dt.date] = field(default_factory=list)
    stops: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    longer: list[tuple[dt.date, int, str]] = field(default_factory=list)
    until: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    over: list[dt.date] = field(default_factory=list)


@dataclass
class Answer:
    raw: dt.date
    due: dt.date
    cap_raw: dt.date | None
    cap_due: dt.date | None
    late_day: dt.date | None
    provisional: bool
    cap_provisional: bool


def answer(law: Law, start: dt.date, happened: Happened | None = None) -> Answer:
    happened = happened or Happened()
    for day in happened.completed:
        if day > start:
            start = day
    still = _still(happened, start) if law.may_stop else set()
    raw = _walk(start, law.count, law.unit, still)
    if law.may_extend:
        ends = [_walk(start, count, unit, still) for _, count, unit in happened.longer]
        ends += [_shifted(granted, to, still) for granted, to in happened.until]
        raw = max([raw, *ends])
    cap_raw = cap_due = None
    if law.cap:
        cap_still = _still(happened, start) if law.cap.may_stop else set()
        cap_raw = _walk(start, law.cap.count, law.cap.unit, cap_still)
        cap_due = _never_before(start, cap_raw, _rest_over(cap_raw, law.cap.roll, cap_still))
        raw = cap_raw if raw > cap_raw else raw
    due = _never_before(start, raw, _rest_over(raw, law.roll, still))
    due = cap_due if cap_due and due > cap_due else due
    return Answer(
        raw,
        due,
        cap_raw,
        cap_due,
        _late_day(law, due, happened),
        outside(start + STEP, due),
        bool(cap_due) and outside(start + STEP, cap_due),
    )


def answer_before(count: int, unit: str, roll: str, event: dt.date) -> tuple[dt.date, dt.date, bool]:
    """Last day to act before an event: raw, due, provisional."""
    day = event
    if unit == "month":
        day = _month_later(event, -count)
    else:
        left = count
        while left:
            day -= STEP
            left -= 1 if unit == "calendar_day" or worked(day) else 0
    due = _rest_over(day, roll, set())
    return day, due, outside(due, event - STEP)


def answer_by(day: dt.date) -> dt.date:
    return _rest_over(day, "backward", set())


def rungs(start: dt.date, due: dt.date, ahead: dict[str, int]) -> dict[dt.date, str]:
    """The ladder as a walk: from the due day back, then the more urgent name overwrites."""
    found = {start + dt.timedelta(days=int((due - start).days / 2)): "half_way"}
    for name in ("early", "near", "last"):
        day, left = due, ahead[name]
        while left > 0:
            day = day - STEP
            if worked(day):
                left = left - 1
        found[day] = name
    found[due + STEP] = "overdue"
    return {day: name for day, name in found.items() if day > start}


def _walk(start: dt.date, count: int, unit: str, still: set[dt.date]) -> dt.date:
    if unit == "month":
        count = sum(1 for _ in _between(start, _month_later(start, count)))
    day, left = start, count
    while left > 0:
        day = day + STEP
        if day in still or (unit == "working_day" and not worked(day)):
            continue
        left = left - 1
    return day


def _month_later(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def _between(first: dt.date, last: dt.date):
    day = first
    while day < last:
        day = day + STEP
        yield day


def _shifted(granted: dt.date, to: dt.date, still: set[dt.date]) -> dt.date:
    if to <= granted:
        return to
    return _walk(granted, sum(1 for _ in _between(granted, to)), "calendar_day", still)


def _rest_over(day: dt.date, roll: str, still: set[dt.date]) -> dt.date:
    while roll != "none" and (day in still or not worked(day)):
        day = day + STEP if roll == "forward" else day - STEP
    return day


def _never_before(start: dt.date, raw: dt.date, moved: dt.date) -> dt.date:
    return raw if moved <= start else moved


def _still(happened: Happened, start: dt.date) -> set[dt.date]:
    days: set[dt.date] = set()
    for first, running in happened.stops:
        day = first
        while running and day < running:
            if day > start:
                days.add(day)
            day = day + STEP
    return days


def _late_day(law: Law, due: dt.date, happened: Happened) -> dt.date | None:
    if any(day <= due for day in happened.over):
        return None
    if law.may_stop and any(running is None and first <= due for first, running in happened.stops):
        return None
    return due + STEP
