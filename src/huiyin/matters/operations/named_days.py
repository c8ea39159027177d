"""A day for the answer that whoever put the matter to us named: it stands whatever the rule books count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.matters.models import Deadline, Matter
from huiyin.matters.operations.deadlines import fill, refresh_next_due
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Due, Line, LineKind, compute, late_from
from huiyin.regulations.rules.wording import day_text


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """A day for an answer, and what it is for: 再次答复."""

    day: date
    label: str
    named_by: str


def open_named_day(
    *, matter: Matter, limit_code: str, day: date, starts_on: date, label: str, named_by: str, by: str, at: datetime
) -> Deadline:
    """Open the answer's day as it was named, the day the books count beside it in the explanation; one that runs is
    moved to it. Always inside an operation. named_by: who named it, in words; by: actor key."""
    stack, working_days = stack_for(matter.procuratorate, on=starts_on), calendar()
    lines = [Line(LineKind.BASIS, f"{named_by}定为{day_text(day)}前{label}。")]
    try:
        counted = compute(stack.limit(limit_code, starts_on), starts_on, working_days)
    except RuleNotFound:
        counted = None
    if counted is not None and counted.due_on != day:
        lines.append(Line(LineKind.COUNT, f"按{counted.basis}推算应为{day_text(counted.due_on)}，以来文为准。"))
    due = Due(
        start_on=day, raw_on=day, due_on=day, late_from=late_from(day), explanation=tuple(lines),
        provisional=not working_days.is_known(day), basis=None,
    )  # fmt: skip
    own = Deadline.objects.filter(matter=matter, limit_code=limit_code, round=matter.round, met_at=None)
    deadline = own.filter(dropped_at=None).first() or Deadline(matter=matter, limit_code=limit_code, round=matter.round)
    deadline.label, deadline.set_by = label, by
    fill(deadline, due, starts_on=starts_on, stack=stack, working_days=working_days)
    deadline.article = "来文"
    deadline.save()
    refresh_next_due(matter)
    return deadline
