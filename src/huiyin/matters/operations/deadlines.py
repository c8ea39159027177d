"""Deadlines: opened from the office's stack of rule books, explained line by line, met or dropped, never patched.

Everything here runs inside an operation of its caller and leaves no audit record of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.matters.kinds import kinds
from huiyin.matters.limit_codes import LAPSING, LimitCode
from huiyin.matters.models import Deadline, Matter, Reply, Revisit, Undertaking
from huiyin.matters.operations.extensions_lapsing import lapse_extensions
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.queries import calendar, remembered_stacks, stack_for
from huiyin.regulations.rules import (
    Calendar,
    ClockState,
    Due,
    LadderSpec,
    Line,
    LineKind,
    RungDay,
    compute,
    late_from,
    rungs_to,
)
from huiyin.regulations.rules.wording import day_text


class DepartmentDateOutOfRange(Refusal):
    """A department's date before today, or after the answer itself is due."""

    code = "matters.department_date_out_of_range"


def open_deadline(
    *,
    matter: Matter,
    limit_code: str,
    starts_on: date,
    label: str,
    at: datetime,
    undertaking: Undertaking | None = None,
    letter: Reply | None = None,
    revisit: Revisit | None = None,
) -> Deadline | None:
    """Open the deadline that the books in force on its first day ask for; None where they ask for none.

    letter, revisit: whose own date it is. An open one of the same code, round and undertaking is computed anew from
    the new start (a corrected date)."""
    stack = stack_for(matter.procuratorate, on=starts_on)
    try:
        rule = stack.limit(limit_code, starts_on)
    except RuleNotFound:
        return None
    working_days = calendar()
    due = compute(rule, starts_on, working_days)
    deadline = _open(matter, limit_code, undertaking, letter, revisit) or Deadline(
        matter=matter, undertaking=undertaking, limit_code=limit_code, round=matter.round, letter=letter,
        revisit=revisit,
    )  # fmt: skip
    deadline.label = label
    fill(deadline, due, starts_on=starts_on, stack=stack, working_days=working_days)
    deadline.save()
    refresh_next_due(matter)
    return deadline


def open_deadlines(*, matter: Matter, wanted: Sequence[tuple[str, date, str]], at: datetime) -> list[Deadline]:
    """The first deadlines of a new matter at once: (limit code, first day, label); those no book asks for are left
    out."""
    stacks, working_days, opened = remembered_stacks(), calendar(), []
    for code, starts_on, label in wanted:
        stack = stacks(matter.procuratorate, starts_on)
        try:
            rule = stack.limit(code, starts_on)
        except RuleNotFound:
            continue
        deadline = Deadline(matter=matter, limit_code=code, round=matter.round, label=label)
        due = compute(rule, starts_on, working_days)
        fill(deadline, due, starts_on=starts_on, stack=stack, working_days=working_days)
        opened.append(deadline)
    Deadline.objects.bulk_create(opened)
    refresh_next_due(matter)
    return opened


URGENT_NOTE: Final = "本件紧急。制度没有另定紧急件的部门期限，仍推算至此；应急事急办，拟办时可以定得更早。"


def department_default(
    matter: Matter, *, on: date, stack: Stack | None = None, working_days: Calendar | None = None
) -> Due | None:
    """The department's date the book proposes: counted back from the day the matter itself is due.

    Never before `on`; None where the matter has no own deadline or the books propose nothing."""
    last = statutory(matter)
    if last is None:
        return None
    stack = stack or stack_for(matter.procuratorate, on=last.starts_on)
    return _counted_back(matter, last, on, stack, working_days or calendar())


def department_defaults(
    lasts: Sequence[tuple[Matter, Deadline]], *, on: date, working_days: Calendar
) -> dict[int, Due]:
    """`department_default` of many matters, by matter, from what `statutory_of` gave for them."""
    found, stacks = {}, remembered_stacks()
    for matter, last in lasts:
        due = _counted_back(matter, last, on, stacks(matter.procuratorate, last.starts_on), working_days)
        if due is not None:
            found[matter.pk] = due
    return found


def _counted_back(matter: Matter, last: Deadline, on: date, stack: Stack, working_days: Calendar) -> Due | None:
    try:
        rule = stack.department_date(last.starts_on)
    except RuleNotFound:
        return None
    due = compute(rule, last.due_on, working_days)
    if matter.is_urgent:
        *reasons, end = due.explanation
        due = replace(due, explanation=(*reasons, Line(LineKind.COUNT, URGENT_NOTE), end))
    if due.due_on >= on:
        return due
    late = max(last.due_on, on)
    note = f"按此推算已过，改为{day_text(late)}，请抓紧办理。"
    lines = (*due.explanation[:-1], Line(LineKind.END, note))
    return replace(due, raw_on=late, due_on=late, late_from=late_from(late), explanation=lines)


def set_department_date(
    *, undertaking: Undertaking, due_on: date, actor_key: str, at: datetime, ground: str = ""
) -> Deadline:
    """Fix the day by which a department (or an outside organ) hands in its part.

    ground: what a day fixed by hand rests on, where it is not the 拟办 sheet. Raises DepartmentDateOutOfRange."""
    matter, today = undertaking.matter, at.date()
    last = statutory(matter)
    if due_on < today:
        raise DepartmentDateOutOfRange(
            f"{undertaking.who}的办理期限{day_text(due_on)}已经过去，请改为今天或者以后的日期。"
        )
    if last is not None and due_on > max(last.due_on, today):
        raise DepartmentDateOutOfRange(
            f"{undertaking.who}的办理期限不能晚于{matter.number}的{last.label}期限{day_text(last.due_on)}。"
        )
    proposed = department_default(matter, on=today)
    by_book = proposed is not None and proposed.due_on == due_on
    due = proposed if proposed is not None and by_book else _by_hand(due_on, last, proposed, ground)
    deadline = _open(matter, LimitCode.DEPT_HANDLE, undertaking) or Deadline(
        matter=matter, undertaking=undertaking, limit_code=LimitCode.DEPT_HANDLE, round=undertaking.round
    )
    deadline.label = "部门办理" if undertaking.department_id else "会办意见"
    deadline.set_by = "" if by_book else actor_key
    stack = stack_for(matter.procuratorate, on=today)
    fill(deadline, due, starts_on=today, stack=stack, working_days=calendar())
    deadline.save()
    refresh_next_due(matter)
    return deadline


def _by_hand(due_on: date, last: Deadline | None, proposed: Due | None, ground: str = "") -> Due:
    lines = [Line(LineKind.BASIS, ground or f"批准的拟办单定为{day_text(due_on)}。")]
    if proposed is not None and proposed.basis is not None:
        lines.append(Line(LineKind.COUNT, f"按{proposed.basis}推算应为{day_text(proposed.due_on)}，拟办时另定。"))
    if last is not None:
        lines.append(Line(LineKind.CAP, f"{last.label}期限为{day_text(last.due_on)}，部门应在此之前办出。"))
    return Due(
        start_on=due_on,
        raw_on=due_on,
        due_on=due_on,
        late_from=late_from(due_on),
        explanation=tuple(lines),
        provisional=not calendar().is_known(due_on),
        basis=proposed.basis if proposed is not None else None,
    )


def held_by_hand(deadline: Deadline) -> Due | None:
    """A department's date fixed by hand, as it stands beside the answer's day now: moved to it where it came later.

    None where the matter has no own deadline."""
    matter, before = deadline.matter, deadline.due_on
    last = statutory(matter)
    if last is None:
        return None
    held_on = min(before, max(last.due_on, deadline.starts_on))
    by_hand = _by_hand(before, last, department_default(matter, on=deadline.starts_on))
    fixed = Line(LineKind.BASIS, deadline.explanation[0]) if deadline.explanation else by_hand.explanation[0]
    lines = [fixed, *by_hand.explanation[1:]]
    if held_on != before:
        lines.append(
            Line(
                LineKind.END,
                f"{last.label}期限提前，部门办理期限不能晚于它，由{day_text(before)}改为{day_text(held_on)}。",
            )
        )
    return replace(
        by_hand, start_on=held_on, raw_on=held_on, due_on=held_on, late_from=late_from(held_on),
        explanation=tuple(lines), provisional=not calendar().is_known(held_on),
    )  # fmt: skip


def meet(*, matter: Matter, limit_code: str, at: datetime, undertaking: Undertaking | None = None) -> int:
    """Mark the open deadlines of this code as met (of one undertaking, where it is given); returns how many.

    Dates of promises and of second letters stand apart: see operations/promises.py."""
    return _end(matter, limit_code, undertaking, met_at=at)


def drop(*, matter: Matter, limit_code: str, at: datetime, undertaking: Undertaking | None = None) -> int:
    """End open deadlines that no longer hold (reassigned, withdrawn, right lapsed); returns how many."""
    return _end(matter, limit_code, undertaking, dropped_at=at)


def drop_all(*, matter: Matter, at: datetime, undertaking: Undertaking | None = None) -> int:
    """End every open deadline of the matter, or of one undertaking of it; what was promised is still to be kept, and
    an office above still to be answered by the day it named."""
    return _end(matter, "", undertaking, dropped_at=at)


def _end(matter: Matter, limit_code: str, undertaking: Undertaking | None, **ended: datetime) -> int:
    own = Deadline.objects.filter(matter=matter, commitment=None, letter=None, revisit=None, superior=None)
    open_ones = own.filter(met_at=None, dropped_at=None)
    if limit_code:
        open_ones = open_ones.filter(limit_code=limit_code)
    if undertaking is not None:
        open_ones = open_ones.filter(undertaking=undertaking)
    count = open_ones.update(rung_on=None, **ended)
    refresh_next_due(matter)
    lapse_extensions(matter, at=next(iter(ended.values())))
    return count


def refresh_next_due(matter: Matter) -> None:
    """Write the earliest open day, revisits apart, onto the matter for the register's order; no move, so no version."""
    open_ones = Deadline.objects.filter(matter=matter, met_at=None, dropped_at=None)
    days = open_ones.filter(revisit=None).exclude(limit_code__in=LAPSING).values_list("due_on", flat=True)
    matter.next_due_on = min(days, default=None)
    Matter.objects.filter(pk=matter.pk).update(next_due_on=matter.next_due_on)


def statutory(matter: Matter) -> Deadline | None:
    """The open deadline of the matter as a whole in its present round: the answer, or our opinion to the lead unit."""
    return next((last for _, last in statutory_of([matter])), None)


def statutory_codes() -> frozenset[str]:
    """Limits of matters as a whole: the answers, and our opinions; every other day is the office's own."""
    limits = [kind.limits for kind in kinds()]
    return frozenset(code for each in limits for code in (*each.answers, each.assist, each.redo) if code)


def statutory_of(matters: Sequence[Matter]) -> list[tuple[Matter, Deadline]]:
    """`statutory` of many matters, in one query; matters without one are left out."""
    found = Deadline.objects.filter(matter__in=matters, limit_code__in=statutory_codes(), dropped_at=None)
    rounds = {matter.pk: matter.round for matter in matters}
    first: dict[int, Deadline] = {}
    for deadline in found.order_by("due_on", "id"):
        # asked here, since an index of rows without an undertaking would be of nearly all of them
        if deadline.undertaking_id is None and deadline.round == rounds[deadline.matter_id]:
            first.setdefault(deadline.matter_id, deadline)
    return [(matter, first[matter.pk]) for matter in matters if matter.pk in first]


def ladder_of(stack: Stack, on: date, *, start: date, due_on: date, working_days: Calendar) -> tuple[RungDay, ...]:
    """The rungs up to a day: as the book's ladder says, the day after it alone where no book has a ladder."""
    try:
        spec = stack.ladder(on).spec
    except RuleNotFound:
        spec = LadderSpec(half_way=False)
    return rungs_to(start, due_on, working_days, spec)


def _open(
    matter: Matter,
    limit_code: str,
    undertaking: Undertaking | None,
    letter: Reply | None = None,
    revisit: Revisit | None = None,
) -> Deadline | None:
    return Deadline.objects.filter(
        matter=matter,
        limit_code=limit_code,
        undertaking=undertaking,
        letter=letter,
        revisit=revisit,
        met_at=None,
        dropped_at=None,
    ).first()


def fill(deadline: Deadline, due: Due, *, starts_on: date, stack: Stack, working_days: Calendar) -> None:
    """Write a computed day into a deadline that is then saved; a moved day climbs its ladder afresh."""
    basis = due.basis
    deadline.book_code = basis.book_code if basis else ""
    deadline.book_version = basis.book_version if basis else ""
    deadline.article = basis.article if basis else "拟办单"
    deadline.starts_on, deadline.raw_on, deadline.due_on = starts_on, due.raw_on, due.due_on
    deadline.cap_on = due.cap_on
    deadline.late_from, deadline.state = due.late_from, due.state.value
    deadline.provisional = due.provisional
    deadline.explanation = [line.text for line in due.explanation]
    rungs = ladder_of(stack, starts_on, start=starts_on, due_on=due.due_on, working_days=working_days)
    if due.state is not ClockState.RUNNING:  # a clock that stands makes nobody late
        rungs = ()
    deadline.rungs = [[each.rung.value, each.on.isoformat()] for each in rungs]
    deadline.rung, deadline.rung_on = "", min((each.on for each in rungs), default=None)
