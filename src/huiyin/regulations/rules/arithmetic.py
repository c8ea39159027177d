"""Counting and rolling days; nothing here explains itself, see wording.py."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from huiyin.regulations.rules.limits import Calendar, DayOutOfReach, Roll, Unit

ONE_DAY: Final = timedelta(days=1)
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

Stops = AbstractSet[date]
"""Days on which the clock stood."""


def require_reachable(day: date) -> None:
    """Raises DayOutOfReach for a day no limit of ours can start or end on."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayOutOfReach(f"日期{day.isoformat()}不在{FIRST_YEAR}年至{LAST_YEAR}年之间，请核对年份。")


def last_day(start: date, count: int, unit: Unit, calendar: Calendar, stops: Stops) -> date:
    """The last day of `count` units after `start`, which is not counted; days in `stops` are not counted either."""
    if unit is Unit.WORKING_DAY:
        return _nth_day(start, count, stops, calendar)
    return skip_stops(start, unstopped_end(start, count, unit), stops)


def unstopped_end(start: date, count: int, unit: Unit) -> date:
    """Calendar days or months after `start`; a month without that day number ends on its last day."""
    if unit is not Unit.MONTH:
        return start + timedelta(days=count)
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def skip_stops(start: date, end: date, stops: Stops) -> date:
    """`end` moved on so that as many unstopped days lie after `start` as there were days before."""
    if not stops or end <= start:
        return end
    return _nth_day(start, (end - start).days, stops)


def _nth_day(start: date, count: int, stops: Stops, calendar: Calendar | None = None) -> date:
    day = start
    while count:
        day += ONE_DAY
        if day not in stops and (calendar is None or calendar.is_working(day)):
            count -= 1
    return day


def rolled(day: date, roll: Roll, calendar: Calendar, stops: Stops) -> date:
    """`day`, or the nearest later (earlier) day that is worked and on which the clock ran."""
    if roll is Roll.NONE:
        return day
    step = ONE_DAY if roll is Roll.FORWARD else -ONE_DAY
    while not calendar.is_working(day) or day in stops:
        day += step
    return day


def unknown_years(first: date, last: date, calendar: Calendar) -> tuple[int, ...]:
    """Years between the two days (both included) whose arrangement is not loaded."""
    if first.year == last.year:
        return () if calendar.is_known(first) else (first.year,)
    years = range(first.year, last.year + 1)
    return tuple(year for year in years if not calendar.is_known(date(year, 1, 1)))


@lru_cache(maxsize=4096)
def late_from(due_on: date) -> datetime:
    """The first moment of lateness: 00:00 in Shanghai of the day after the due day. Raises DayOutOfReach."""
    require_reachable(due_on)
    return datetime.combine(due_on + ONE_DAY, time.min, tzinfo=SHANGHAI)
