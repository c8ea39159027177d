"""The working calendar as a table of exceptions, and the two sources it is filled from.

A yearly file is TOML or CSV, one file a year, typed from the State Council's notice:

    year = 2031                                  年份,类别,名称,日期
    source = "放假安排的通知"                     2031,放假,元旦,2031-01-01
                                                 2031,上班,元旦,2031-01-04
    [[holiday]]
    name = "元旦"
    from = 2031-01-01
    to = 2031-01-03
    makeup = [2031-01-04]

A make-up day may lie in the last month of the year before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

SATURDAY: Final = 5
LONGEST_NAME: Final = 20
WEEKDAYS: Final = "一二三四五六日"


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    WORKDAY = "workday"


DAY_KIND_LABELS: Final = {DayKind.HOLIDAY: "放假", DayKind.WORKDAY: "调休上班"}


@dataclass(frozen=True, order=True)
class CalendarRow:
    """One day that differs from Monday-to-Friday; `year` is that of the notice which says so."""

    day: date
    kind: DayKind
    name: str
    year: int


class TableCalendar:
    """A calendar over rows; the known years are those given, otherwise those of the rows."""

    def __init__(self, rows: Iterable[CalendarRow], known_years: Iterable[int] | None = None) -> None:
        rows = list(rows)
        self._holidays = {row.day: row.name for row in rows if row.kind is DayKind.HOLIDAY}
        self._makeups = {row.day: row.name for row in rows if row.kind is DayKind.WORKDAY}
        self._worked = dict.fromkeys(self._holidays, False) | dict.fromkeys(self._makeups, True)
        self.known_years = frozenset((row.year for row in rows) if known_years is None else known_years)

    def is_working(self, day: date) -> bool:
        worked = self._worked.get(day)
        return day.weekday() < SATURDAY if worked is None else worked

    def is_known(self, day: date) -> bool:
        return day.year in self.known_years

    def name_of(self, day: date) -> str:
        if name := self._makeups.get(day):
            return f"{name}调休上班"
        if name := self._holidays.get(day):
            return name
        return f"周{WEEKDAYS[day.weekday()]}" if day.weekday() >= SATURDAY else "工作日"


def seed_rows() -> list[CalendarRow]:
    """The published arrangements of 2004-2026, from the chinesecalendar package."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {each.value: _full_name(each.chinese) for each in Holiday}
    rows = [CalendarRow(day, DayKind.HOLIDAY, names[value], day.year) for day, value in holidays.items()]
    rows += [CalendarRow(day, DayKind.WORKDAY, names[value], day.year) for day, value in workdays.items()]
    return sorted(rows)


def _full_name(name: str) -> str:
    if name in {"清明", "端午", "中秋"}:
        return f"{name}节"
    return "抗战胜利七十周年纪念日" if len(name) > LONGEST_NAME else name
