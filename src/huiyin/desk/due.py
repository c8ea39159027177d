"""A deadline as pages show it: its rung of the ladder, in words, and why it is this day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from huiyin.matters.models import Deadline
from huiyin.regulations.rules import Calendar, Rung, RungDay, current_rung

RUNG_CODES: Final = {
    None: "calm",
    Rung.HALF_WAY: "half",
    Rung.EARLY: "7",
    Rung.NEAR: "3",
    Rung.LAST: "1",
    Rung.OVERDUE: "overdue",
}
"""As web/ui/rung.html names them."""


@dataclass(frozen=True)
class Chip:
    """What web/ui/rung.html shows."""

    rung: str
    words: str


def chip(deadline: Deadline, on: date, working_days: Calendar) -> Chip:
    """How urgent an open deadline is on a day; one that was met says so."""
    if deadline.met_at is not None:
        return Chip("done", "已办")
    if deadline.state == "stopped":
        return Chip("calm", "已中止")
    reached = current_rung([RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in deadline.rungs], on)
    if on > deadline.due_on:
        reached = Rung.OVERDUE
    return Chip(RUNG_CODES[reached], words(deadline.due_on, on, working_days))


def words(due_on: date, on: date, working_days: Calendar) -> str:
    """逾期2天, 今天到期, 还剩3个工作日, and over a week-end 还剩2天."""
    if on > due_on:
        return f"逾期{(on - due_on).days}天"
    if on == due_on:
        return "今天到期"
    ahead = [on + timedelta(days=passed) for passed in range(1, (due_on - on).days + 1)]
    worked = sum(working_days.is_working(day) for day in ahead)
    return f"还剩{worked}个工作日" if worked else f"还剩{len(ahead)}天"


def face(deadline: Deadline, on: date, working_days: Calendar) -> dict[str, Any]:
    """What web/ui/deadline.html shows: the day, how urgent it is, and why line by line."""
    shown = chip(deadline, on, working_days)
    return {
        "label": deadline.label,
        "due_on": deadline.due_on,
        "said": deadline.said_on,
        "cap_on": deadline.cap_on,
        "cap_provisional": deadline.cap_provisional,
        "provisional": deadline.provisional,
        "lines": deadline.explanation,
        "rung": shown.rung,
        "words": shown.words,
    }
