"""The one door: from a rule, its start, the calendar and what happened to the clock to the day it is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from huiyin.regulations.rules import clock as clocks
from huiyin.regulations.rules import wording
from huiyin.regulations.rules.arithmetic import ONE_DAY, Stops, last_day, late_from, rolled, skip_stops, unknown_years
from huiyin.regulations.rules.backward import before_event
from huiyin.regulations.rules.clock import Clock
from huiyin.regulations.rules.events import ClockEvent, Extension, Recalled
from huiyin.regulations.rules.limits import Calendar, ClockState, Counts, Due, LimitRule, Line, LineKind, Roll

NEVER_STOPPED: Final[Stops] = frozenset()


def compute(rule: LimitRule, start: date, calendar: Calendar, events: Iterable[ClockEvent] = ()) -> Due:
    """Until when, from when late, and why. Civil Code 200-204: the first day is not counted, months end on the same
    day number or the month's last, a last day of rest moves on.

    start: the day of the rule's event (for a limit before an event: the event's own, future day).
    An event that the rule doesn't know (no extension, no suspension) changes nothing and is named in the explanation.
    Raises DayOutOfReach.
    """
    if rule.counts is Counts.BEFORE:
        return before_event(rule, start, calendar)
    return _Working(rule, clocks.read(start, events), calendar, given_start=start).due()


def is_late(due: Due, moment: datetime) -> bool:
    """Late from 00:00 of the day after the due day on; the same comparison as `late_from__lte` in a query."""
    return due.late_from is not None and moment >= due.late_from


@dataclass
class _Working:
    """One computation on paper: each step adds its sentence."""

    rule: LimitRule
    clock: Clock
    calendar: Calendar
    given_start: date
    lines: list[Line] = field(default_factory=list)

    def due(self) -> Due:
        rule, start = self.rule, self.clock.start_on
        self.lines.append(wording.basis_line(rule.basis))
        self.lines.append(wording.start_line(rule, self.given_start))
        if self.clock.restarted:
            self.lines.append(wording.restart_line(start))
        stops = self._stops_of(rule)
        raw = self._counted(start, stops)
        raw = self._extended(raw, stops)
        cap_raw, cap_on = self._cap()
        reached = cap_raw is not None and raw > cap_raw
        raw = cap_raw if cap_raw is not None and reached else raw
        due = self._rolled(raw, stops, cap_on)
        if rule.cap and cap_raw and cap_on:
            self.lines.append(wording.cap_line(rule.cap, cap_raw, cap_on, reached=reached))
        unknown = unknown_years(start + ONE_DAY, due, self.calendar)
        if unknown:
            self.lines.append(wording.provisional_line(unknown))
        state, late = self._state(due)
        return Due(
            start_on=start,
            raw_on=raw,
            due_on=due,
            late_from=late,
            explanation=tuple(self.lines),
            provisional=bool(unknown),
            cap_raw_on=cap_raw,
            cap_on=cap_on,
            cap_provisional=cap_on is not None and bool(unknown_years(start + ONE_DAY, cap_on, self.calendar)),
            state=state,
            basis=rule.basis,
        )

    def _stops_of(self, rule: LimitRule) -> Stops:
        return self.clock.stops() if rule.suspension_allowed else NEVER_STOPPED

    def _counted(self, start: date, stops: Stops) -> date:
        rule, calendar = self.rule, self.calendar
        plain = last_day(start, rule.count, rule.unit, calendar, NEVER_STOPPED)
        self.lines.extend(wording.count_lines(rule, start, plain, calendar))
        if self.clock.suspensions and not rule.suspension_allowed:
            self.lines.append(Line(LineKind.SUSPENSION, "本期限不因中止而顺延，已记录的中止不计。"))
        raw = last_day(start, rule.count, rule.unit, calendar, stops) if stops else plain
        if raw != plain:
            spans = "、".join(
                wording.span_text(each.from_on, each.until_on - ONE_DAY)
                for each in self.clock.suspensions
                if each.until_on and each.from_on <= raw and each.until_on > start + ONE_DAY
            )
            text = f"{spans}中止计算，期间不计入，算至{wording.day_text(raw)}。"
            self.lines.append(Line(LineKind.SUSPENSION, text))
        return raw

    def _extended(self, raw: date, stops: Stops) -> date:
        if self.clock.extensions and not self.rule.extension_allowed:
            self.lines.append(Line(LineKind.EXTENSION, "本期限不得延长，已记录的延期不计。"))
            return raw
        for extension in self.clock.extensions:
            to = self._extension_end(extension, stops)
            self.lines.append(wording.extension_line(extension, to, raw))
            raw = max(raw, to)
        if self.clock.extensions and self.clock.told:
            self.lines.append(wording.told_line(self.clock.told))
        return raw

    def _extension_end(self, extension: Extension, stops: Stops) -> date:
        """A total is counted from the start; a named day moves only for stops after the day it was granted."""
        if extension.to_on is not None:
            return skip_stops(extension.granted_on, extension.to_on, stops)
        unit = extension.unit or self.rule.unit
        return last_day(self.clock.start_on, extension.count, unit, self.calendar, stops)

    def _cap(self) -> tuple[date | None, date | None]:
        cap = self.rule.cap
        if cap is None:
            return None, None
        stops = self._stops_of(cap)
        raw = last_day(self.clock.start_on, cap.count, cap.unit, self.calendar, stops)
        return raw, self._moved(raw, cap.roll, stops)

    def _rolled(self, raw: date, stops: Stops, cap_on: date | None) -> date:
        due = self._moved(raw, self.rule.roll, stops)
        due = min(due, cap_on) if cap_on else due
        line = wording.roll_line(raw, due, self.calendar, stops)
        if line:
            self.lines.append(line)
        return due

    def _moved(self, raw: date, roll: Roll, stops: Stops) -> date:
        moved = rolled(raw, roll, self.calendar, stops)
        return moved if moved > self.clock.start_on else raw  # nothing is due before it began

    def _state(self, due: date) -> tuple[ClockState, datetime | None]:
        ended, stopped = self.clock.end, self.clock.stopped_since()
        if ended and ended.on <= due:
            verb = "被交办机关收回" if isinstance(ended, Recalled) else "撤回"
            self.lines.append(Line(LineKind.END, f"{wording.day_text(ended.on)}{verb}，期限终止，不再计算逾期。"))
            return ClockState.ENDED, None
        if stopped and stopped <= due and self.rule.suspension_allowed:
            text = f"{wording.day_text(stopped)}起中止计算，尚未恢复；恢复前不计逾期，届满日待恢复后重算。"
            self.lines.append(Line(LineKind.SUSPENSION, text))
            return ClockState.STOPPED, None
        self.lines.append(wording.end_line(due, self.rule))
        return ClockState.ENDED if ended else ClockState.RUNNING, late_from(due)
