"""Every write of this room: books loaded, approved, refused, stacked; the calendar; dates computed anew."""

from huiyin.regulations.operations.approving import (
    NotWaiting,
    SamePerson,
    StackFaulty,
    put_in_force,
    refuse_version,
)
from huiyin.regulations.operations.calendars import YearConflict, YearUnchanged, load_year, seed_calendar
from huiyin.regulations.operations.loading import BookTaken, TextKnown, digest_of, load_book, load_shipped_books
from huiyin.regulations.operations.recomputing import recompute_step, recompute_waiting
from huiyin.regulations.operations.stacks import StackRefused, set_stack

__all__ = [
    "BookTaken",
    "NotWaiting",
    "SamePerson",
    "StackFaulty",
    "StackRefused",
    "TextKnown",
    "YearConflict",
    "YearUnchanged",
    "digest_of",
    "load_book",
    "load_shipped_books",
    "load_year",
    "put_in_force",
    "recompute_step",
    "recompute_waiting",
    "refuse_version",
    "seed_calendar",
    "set_stack",
]
