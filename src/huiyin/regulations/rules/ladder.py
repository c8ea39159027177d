"""The ladder of reminders from the start to the first late day. How many days ahead: from the rule book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from huiyin.regulations.rules.arithmetic import ONE_DAY
from huiyin.regulations.rules.backward import working_days_before
from huiyin.regulations.rules.limits import Calendar, ClockState, Due


class Rung(StrEnum):
    """In the order of urgency."""

    HALF_WAY = "half_way"
    EARLY = "early"
    NEAR = "near"
    LAST = "last"
    OVERDUE = "overdue"


RUNG_LABELS: Final = {
    Rung.HALF_WAY: "期限过半",
    Rung.EARLY: "临近到期",
    Rung.NEAR: "即将到期",
    Rung.LAST: "到期前最后提醒",
    Rung.OVERDUE: "已逾期",
}
URGENCY: Final = {rung: place for place, rung in enumerate(Rung)}


@dataclass(frozen=True, kw_only=True)
class LadderSpec:
    """Working days before the due day on which each rung stands; zero: the rung is not used."""

    half_way: bool = True
    early: int = 0
    near: int = 0
    last: int = 0


@dataclass(frozen=True)
class RungDay:
    rung: Rung
    on: date


def ladder(start: date, due: Due, calendar: Calendar, spec: LadderSpec) -> tuple[RungDay, ...]:
    """The reminders of a computed limit, by day; none while its clock stands or after it ended in time."""
    if due.state is not ClockState.RUNNING:
        return ()
    return rungs_to(start, due.due_on, calendar, spec)


def rungs_to(start: date, due_on: date, calendar: Calendar, spec: LadderSpec) -> tuple[RungDay, ...]:
    """The reminders of any due day. Rungs not after `start` are dropped; of coinciding ones the most urgent stays."""
    days: dict[date, Rung] = {}
    for on, rung in sorted(_all(start, due_on, calendar, spec), key=lambda each: URGENCY[each[1]]):
        if on > start:
            days[on] = rung  # a later, more urgent rung takes the day
    return tuple(RungDay(rung, on) for on, rung in sorted(days.items()))


def current_rung(rungs: Iterable[RungDay], on: date) -> Rung | None:
    """The most urgent rung reached by `on`; None before the first."""
    return max((each.rung for each in rungs if each.on <= on), key=URGENCY.__getitem__, default=None)


def _all(start: date, due_on: date, calendar: Calendar, spec: LadderSpec) -> Iterable[tuple[date, Rung]]:
    if spec.half_way:
        yield start + (due_on - start) // 2, Rung.HALF_WAY
    for rung, count in ((Rung.EARLY, spec.early), (Rung.NEAR, spec.near), (Rung.LAST, spec.last)):
        if count:
            yield working_days_before(due_on, count, calendar), rung
    yield due_on + ONE_DAY, Rung.OVERDUE
