"""The nouns of a limit: what a rule says, what a calendar knows, what a computed date looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from huiyin.kernel.refusals import Refusal


class Unit(StrEnum):
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"


UNIT_LABELS: Final = {Unit.CALENDAR_DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月"}


class Roll(StrEnum):
    """What happens when the last day is a rest day."""

    FORWARD = "forward"
    BACKWARD = "backward"
    NONE = "none"


class Counts(StrEnum):
    """On which side of its starting event a limit lies."""

    AFTER = "after"
    BEFORE = "before"


class StartEvent(StrEnum):
    """The event a limit is counted from, as the field that dates it is called."""

    ASSIGNED = "assigned_on"
    RECEIVED = "received_on"
    ROUTED = "routed_on"
    DUE = "due_on"
    REDO_ASKED = "redo_asked_on"
    DELIVERED = "delivered_on"
    REPLIED = "replied_on"
    FILED = "filed_on"
    ACCEPTED = "accepted_on"
    APPLIED = "applied_on"
    TRANSFERRED = "transferred_on"
    PROMISED = "promised_on"
    HEARING = "hearing_on"
    MEETING = "meeting_on"
    SUPERVISED = "supervised_on"


START_LABELS: Final = {
    StartEvent.ASSIGNED: "交办之日",
    StartEvent.RECEIVED: "收到之日",
    StartEvent.ROUTED: "分送承办部门之日",
    StartEvent.DUE: "答复期限届满之日",
    StartEvent.REDO_ASKED: "要求重新办理之日",
    StartEvent.DELIVERED: "答复送达之日",
    StartEvent.REPLIED: "答复之日",
    StartEvent.FILED: "立案之日",
    StartEvent.ACCEPTED: "受理之日",
    StartEvent.APPLIED: "申请之日",
    StartEvent.TRANSFERRED: "转送之日",
    StartEvent.PROMISED: "承诺之日",
    StartEvent.HEARING: "听证之日",
    StartEvent.MEETING: "会议召开之日",
    StartEvent.SUPERVISED: "督办之日",
}


class DayOutOfReach(Refusal):
    """A day so far off that it can only be a slip of the pen."""

    code = "regulations.day_out_of_reach"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Where a rule stands: pinned by every deadline and shown beside every value. Quotes nothing."""

    instrument: str
    article: str
    summary: str
    book_code: str
    book_version: str
    unconfirmed: bool = False

    def __str__(self) -> str:
        return f"《{self.instrument}》{self.article}"


ANSWERING: Final = frozenset(
    {"SUG_REPLY", "SUG_CAP", "SUG_REDO", "PRO_REPLY", "PRO_REPLY_BETWEEN", "PRO_CAP", "PRO_REDO"}
)
"""Codes of the limits that end with an answer (办结); what other limits ask for is only done (完成)."""


@dataclass(frozen=True, kw_only=True)
class LimitRule:
    """One limit of one rule book; `cap` is the latest day that no extension passes."""

    code: str
    title: str
    count: int
    unit: Unit
    roll: Roll
    starts_from: StartEvent
    basis: Basis
    counts: Counts = Counts.AFTER
    cap: LimitRule | None = None
    extension_allowed: bool = False
    suspension_allowed: bool = False

    @property
    def length(self) -> str:
        return f"{self.count}{UNIT_LABELS[self.unit]}"


class Calendar(Protocol):
    """Which days are worked; in a year not known, Monday to Friday."""

    def is_working(self, day: date) -> bool: ...

    def is_known(self, day: date) -> bool:
        """Whether the arrangement of that day's year has been published and loaded."""
        ...

    def name_of(self, day: date) -> str:
        """What a clerk calls the day: 春节, 国庆节, 周六, 春节调休上班, 工作日."""
        ...


class LineKind(StrEnum):
    BASIS = "basis"
    START = "start"
    COUNT = "count"
    MONTH_END = "month_end"
    SUSPENSION = "suspension"
    EXTENSION = "extension"
    ROLL = "roll"
    CAP = "cap"
    PROVISIONAL = "provisional"
    END = "end"


@dataclass(frozen=True)
class Line:
    """One sentence of the answer to "why this date"."""

    kind: LineKind
    text: str

    def __str__(self) -> str:
        return self.text


class ClockState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A computed limit. `raw_on` is the last day as counted, `due_on` the same rolled off rest days.

    `late_from` is None while the clock stands or has ended in time: such a limit cannot be missed.
    `start_on` is the day not counted (for a limit before an event, the event's day).
    """

    start_on: date
    raw_on: date
    due_on: date
    late_from: datetime | None
    explanation: tuple[Line, ...]
    provisional: bool = False
    cap_raw_on: date | None = None
    cap_on: date | None = None
    cap_provisional: bool = False
    state: ClockState = ClockState.RUNNING
    basis: Basis | None = None

    @property
    def why(self) -> str:
        """The explanation as one text, a line a sentence."""
        return "\n".join(line.text for line in self.explanation)
