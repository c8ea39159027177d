"""The arithmetic of limits (Civil Code 200-204): what is due when, why, and the reminders on the way.

limits.py has the nouns, compute.py the one door, backward.py limits that end before a day, ladder.py the reminders.
Every day count comes from a rule book; none stands here.
"""

from huiyin.regulations.rules.arithmetic import late_from
from huiyin.regulations.rules.backward import before_event, by_day, working_days_before
from huiyin.regulations.rules.compute import compute, is_late
from huiyin.regulations.rules.events import (
    ClockEvent,
    Extension,
    MaterialsCompleted,
    ProposerTold,
    Recalled,
    Suspension,
    Withdrawn,
)
from huiyin.regulations.rules.extending import (
    ExtensionBeyondCap,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooShort,
    check_extension,
)
from huiyin.regulations.rules.ladder import RUNG_LABELS, LadderSpec, Rung, RungDay, current_rung, ladder, rungs_to
from huiyin.regulations.rules.limits import (
    START_LABELS,
    UNIT_LABELS,
    Basis,
    Calendar,
    ClockState,
    Counts,
    DayOutOfReach,
    Due,
    LimitRule,
    Line,
    LineKind,
    Roll,
    StartEvent,
    Unit,
)

__all__ = [
    "RUNG_LABELS",
    "START_LABELS",
    "UNIT_LABELS",
    "Basis",
    "Calendar",
    "ClockEvent",
    "ClockState",
    "Counts",
    "DayOutOfReach",
    "Due",
    "Extension",
    "ExtensionBeyondCap",
    "ExtensionNotAllowed",
    "ExtensionTooLate",
    "ExtensionTooShort",
    "LadderSpec",
    "LimitRule",
    "Line",
    "LineKind",
    "MaterialsCompleted",
    "ProposerTold",
    "Recalled",
    "Roll",
    "Rung",
    "RungDay",
    "StartEvent",
    "Suspension",
    "Unit",
    "Withdrawn",
    "before_event",
    "by_day",
    "check_extension",
    "compute",
    "current_rung",
    "is_late",
    "ladder",
    "late_from",
    "rungs_to",
    "working_days_before",
]
