"""The day by which a department reports on a 督办单: one deadline on every matter it is about; inside an operation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from huiyin.matters.models import Deadline, Supervision
from huiyin.matters.operations.deadlines import fill, refresh_next_due
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Calendar, Due, Line, LineKind, compute, late_from
from huiyin.regulations.rules.wording import day_text

BY_HAND: Final = "SUP_DAY"  # a day named on the order itself; no book holds a length for it


def open_days(supervision: Supervision, *, by_hand: date | None, at: datetime) -> None:
    """Open the day from today on: as the level's limit counts it, or the day named by hand."""
    on, working_days = at.date(), calendar()
    stack = stack_for(supervision.procuratorate, on=on)
    code = _limit_of(supervision, stack, on)
    proposed = _computed(stack, code, on, working_days)
    for matter in supervision.matters.select_related("procuratorate"):
        due = _by_hand(supervision, by_hand, proposed, working_days) if by_hand or proposed is None else proposed
        deadline = Deadline(
            matter=matter, supervision=supervision, round=matter.round, label="督办回报",
            limit_code=code if due is proposed else BY_HAND,
            set_by=f"post:{supervision.orderer_id}" if due is not proposed else "",
        )  # fmt: skip
        fill(deadline, due, starts_on=on, stack=stack, working_days=working_days)
        deadline.article = due.basis.article if due.basis else "督办单"
        deadline.save()
        refresh_next_due(matter)


def meet_days(supervision: Supervision, at: datetime) -> None:
    """The department has reported."""
    _end(supervision, met_at=at)


def drop_days(supervision: Supervision, at: datetime) -> None:
    """Nothing is to be reported any more."""
    _end(supervision, dropped_at=at)


def _end(supervision: Supervision, **ended: datetime) -> None:
    supervision.deadlines.filter(met_at=None, dropped_at=None).update(rung_on=None, **ended)
    for matter in supervision.matters.all():
        refresh_next_due(matter)


def _limit_of(supervision: Supervision, stack: Stack, on: date) -> str:
    levels = stack.supervision_levels(on)
    return next((level.limit for level in levels if level.code == supervision.level), "")


def _computed(stack: Stack, code: str, on: date, working_days: Calendar) -> Due | None:
    try:
        return compute(stack.limit(code, on), on, working_days)
    except RuleNotFound:
        return None


def _by_hand(supervision: Supervision, day: date | None, proposed: Due | None, working_days: Calendar) -> Due:
    day = day or supervision.answer_by_on
    assert day is not None
    lines = [Line(LineKind.BASIS, f"督办单定为{day_text(day)}前回报。")]
    if proposed is not None and proposed.basis is not None:
        lines.append(Line(LineKind.COUNT, f"按{proposed.basis}推算应为{day_text(proposed.due_on)}，签发时另定。"))
    return Due(
        start_on=day, raw_on=day, due_on=day, late_from=late_from(day), explanation=tuple(lines),
        provisional=not working_days.is_known(day), basis=proposed.basis if proposed is not None else None,
    )  # fmt: skip
