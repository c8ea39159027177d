"""Limits that end before a day: "by the 20th", "three days before the hearing"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from huiyin.regulations.rules import wording
from huiyin.regulations.rules.arithmetic import (
    ONE_DAY,
    late_from,
    require_reachable,
    rolled,
    unknown_years,
    unstopped_end,
)
from huiyin.regulations.rules.limits import START_LABELS, Basis, Calendar, Due, LimitRule, Line, LineKind, Roll, Unit


def working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day before `day`; the day itself is not counted."""
    while count:
        day -= ONE_DAY
        count -= calendar.is_working(day)
    return day


def before_event(rule: LimitRule, event_on: date, calendar: Calendar) -> Due:
    """The last day to act before `event_on`, which is not counted; on a rest day, the working day before it.

    Raises DayOutOfReach.
    """
    require_reachable(event_on)
    label = START_LABELS[rule.starts_from]
    lines = [
        wording.basis_line(rule.basis),
        Line(LineKind.START, f"{label}为{wording.day_text(event_on)}，当日不计入，从前一日起倒推。"),
    ]
    if rule.unit is Unit.WORKING_DAY:
        raw = working_days_before(event_on, rule.count, calendar)
        passed = wording.passed_over(raw, event_on - ONE_DAY, calendar)
        lines.append(Line(LineKind.COUNT, f"只计工作日，倒数第{rule.count}个工作日是{wording.day_text(raw)}{passed}。"))
    else:
        raw = unstopped_end(event_on, -rule.count, rule.unit)
        lines.append(Line(LineKind.COUNT, f"提前{rule.length}，至{wording.day_text(raw)}。"))
    return _closed(event_on, raw, rule.roll, calendar, lines, last_examined=event_on - ONE_DAY, basis=rule.basis)


def by_day(year: int, month: int, day: int, calendar: Calendar, *, basis: Basis | None = None) -> Due:
    """At latest by that day ("20日前"): a rest day rolls back; the 31st of a shorter month is its last day."""
    require_reachable(date(year, 1, 1))
    raw = date(year, month, min(day, monthrange(year, month)[1]))
    lines = [wording.basis_line(basis)] if basis else []
    lines.append(Line(LineKind.COUNT, f"最迟应于{wording.day_text(raw)}前完成。"))
    return _closed(raw, raw, Roll.BACKWARD, calendar, lines, last_examined=raw, basis=basis)


def _closed(
    start: date,
    raw: date,
    roll: Roll,
    calendar: Calendar,
    lines: list[Line],
    *,
    last_examined: date,
    basis: Basis | None,
) -> Due:
    due = rolled(raw, roll, calendar, frozenset())
    moved = wording.roll_line(raw, due, calendar)
    if moved:
        lines.append(moved)
    unknown = unknown_years(due, max(last_examined, due), calendar)
    if unknown:
        lines.append(wording.provisional_line(unknown))
    lines.append(wording.end_line(due))
    return Due(
        start_on=start,
        raw_on=raw,
        due_on=due,
        late_from=late_from(due),
        explanation=tuple(lines),
        provisional=bool(unknown),
        basis=basis,
    )
