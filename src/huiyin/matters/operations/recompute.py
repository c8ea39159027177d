"""When a rule, a date of receipt or the holiday table changes: open deadlines computed anew, old and new logged,
the handler told. Registered with regulations, which walks through them in chunks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from huiyin.audit.actors import SYSTEM
from huiyin.audit.scope import operation, record
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import ClockEvent as Recorded
from huiyin.matters.models import Deadline, Matter
from huiyin.matters.operations.deadlines import department_default, fill, held_by_hand, refresh_next_due
from huiyin.matters.operations.reminders import recipients
from huiyin.matters.operations.undertakings import target
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post, Procuratorate
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.models import AbstractDeadline
from huiyin.regulations.queries import calendar as calendar_now
from huiyin.regulations.queries import stack_for
from huiyin.regulations.registry import MatterDates, Moves, Scope, Stacks, Step
from huiyin.regulations.rules import (
    Calendar,
    ClockEvent,
    Due,
    Extension,
    MaterialsCompleted,
    ProposerTold,
    Recalled,
    Rung,
    Suspension,
    Unit,
    Withdrawn,
    compute,
)
from huiyin.regulations.rules.wording import day_text

NAME: Final = "matters.deadline"
CHUNK: Final = 500
MOST_MOVED: Final = 40  # a moved date is told and recorded: so many are a moment's work
PREVIEW_REACH: Final = 500
"""Looked at for one page, so that it answers in about a second however many there are."""
COMPUTED: Final = (*(each.attname for each in AbstractDeadline._meta.fields), "rung", "rung_on")
# of a matter whose day stands nobody reads these; made into text and moments a hundred thousand times they cost much
UNREAD: Final = tuple(
    f"matter__{name}" for name in ("body", "registered_at", "changed_at", "closed_at", "request_key", "key_reason")
)
EVENTS: Final[dict[str, type[Any]]] = {
    "extension": Extension,
    "suspension": Suspension,
    "materials_completed": MaterialsCompleted,
    "withdrawn": Withdrawn,
    "recalled": Recalled,
    "proposer_told": ProposerTold,
}
RESUMED: Final = "resumed"  # ends the suspension that still stands: events are appended, never edited


def recompute(*, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, cause: str, at: datetime) -> Step:
    """Compute the next few open deadlines after an id anew. Called by regulations inside its operation."""
    last_id, moved, quiet = None, 0, Quiet()
    for row in _of_their_offices(_open_ones(scope).filter(pk__gt=after)[:CHUNK]):
        moved += _again(row, stacks, calendar, cause, at, quiet)
        last_id = row.pk
        if moved >= MOST_MOVED:
            break
    quiet.store()
    return Step(last_id=last_id, moved=moved)


@dataclass
class Quiet:
    """Deadlines whose day stands, though something about it is said otherwise now: stored together.

    moved: those whose day did not stand. A department's date comes twice, by itself and as hanging on the answer's."""

    rows: dict[int, Deadline] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)

    def note(self, deadline: Deadline, before: dict[str, Any]) -> None:
        """Keep what differs from before; a ladder that stands is not climbed afresh."""
        if deadline.rungs == before["rungs"]:
            deadline.rung, deadline.rung_on = before["rung"], before["rung_on"]
        differs = {name for name, value in before.items() if getattr(deadline, name) != value}
        if differs:
            self.rows[deadline.pk] = deadline
            self.names |= differs

    def store(self) -> None:
        """In one statement for many: all of them are there already, so each is written over what it was."""
        if self.rows:
            Deadline.objects.bulk_create(
                self.rows.values(), update_conflicts=True, unique_fields=["id"], update_fields=sorted(self.names)
            )


def recompute_matter(matter: Matter, *, cause: str, at: datetime) -> int:
    """The open deadlines of one matter, after one of its own dates was corrected; always inside an operation."""
    rows = Deadline.objects.filter(matter=matter, met_at=None, dropped_at=None).order_by("id")
    own = rows.select_related("matter__procuratorate", "matter__leader", "undertaking")
    working_days, quiet = calendar_now(), Quiet()
    moved = sum(_again(row, _standing, working_days, cause, at, quiet) for row in own)
    quiet.store()
    return moved


def recompute_one(deadline: Deadline, *, cause: str, at: datetime) -> int:
    """One open deadline, after something happened to its clock, and what hangs on it; always inside an operation."""
    own = Deadline.objects.select_related("matter__procuratorate", "matter__leader", "undertaking")
    quiet = Quiet()
    moved = _again(own.get(pk=deadline.pk), _standing, calendar_now(), cause, at, quiet)
    quiet.store()
    return moved


def _standing(office: Any, on: date) -> Stack:
    return stack_for(office, on=on)


def preview(*, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, post: Post, at: datetime) -> Moves:
    """The open deadlines after an id, of matters the post may see in a register, that would move under these rules."""
    rows = _of_their_offices(_listed(scope, post).filter(pk__gt=after)[: PREVIEW_REACH + 1])
    found = []
    for row in rows[:PREVIEW_REACH]:
        due = computed(row, stacks(row.matter.procuratorate, row.starts_on), calendar)
        if due is not None and due.due_on != row.due_on:
            found.append(_as_dates(row, due))
    last_id = rows[PREVIEW_REACH - 1].pk if len(rows) > PREVIEW_REACH else None
    return Moves(tuple(found), examined=min(len(rows), PREVIEW_REACH), last_id=last_id)


def count(*, scope: Scope, post: Post) -> int:
    """How many open deadlines a preview would look at."""
    return _listed(scope, post).count()


def remaining(*, after: int, scope: Scope) -> int:
    """How many open deadlines after an id are still to be computed anew."""
    return _open_ones(scope).filter(pk__gt=after).count()


def _listed(scope: Scope, post: Post) -> QuerySet[Deadline]:
    return _open_ones(scope).filter(matter__in=Matter.objects.listed_for(post).values("pk"))


def _open_ones(scope: Scope) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(met_at=None, dropped_at=None)
    if scope.offices:
        rows = rows.filter(matter__procuratorate__in=scope.offices)
    if scope.since is not None:
        rows = rows.filter(starts_on__gte=scope.since)
    events = Prefetch("clock_events", Recorded.objects.order_by("id"), to_attr="happened")
    return rows.select_related("matter").defer(*UNREAD).prefetch_related(events).order_by("id")


def _of_their_offices(rows: Iterable[Deadline]) -> list[Deadline]:
    """Rows whose matters know their office: a few offices stand for many matters, so they are read apart."""
    read = list(rows)
    offices = Procuratorate.objects.in_bulk({row.matter.procuratorate_id for row in read})
    for row in read:
        row.matter.procuratorate = offices[row.matter.procuratorate_id]
    return read


def computed(deadline: Deadline, stack: Stack, working_days: Calendar) -> Due | None:
    """The deadline as these rules have it; None where they no longer speak of it.

    A department's date fixed by hand stays, but never later than the answer's own day."""
    if deadline.limit_code == LimitCode.DEPT_HANDLE:
        if deadline.set_by:
            return held_by_hand(deadline)
        return department_default(deadline.matter, on=deadline.starts_on, stack=stack, working_days=working_days)
    if deadline.set_by:
        return None  # named by hand on a 督办单
    try:
        rule = stack.limit(deadline.limit_code, deadline.starts_on)
    except RuleNotFound:
        return None
    return compute(rule, deadline.starts_on, working_days, events_of(deadline))


def events_of(deadline: Deadline) -> list[ClockEvent]:
    """What happened to a deadline's clock, as the pure function takes it."""
    events: list[ClockEvent] = []
    known: list[Recorded] | None = getattr(deadline, "happened", None)  # read with many others
    for row in deadline.clock_events.order_by("id") if known is None else known:
        if row.kind == RESUMED:
            events = [_ended(event, date.fromisoformat(row.facts["on"])) for event in events]
        else:
            events.append(_event(row))
    return events


def _ended(event: ClockEvent, on: date) -> ClockEvent:
    if isinstance(event, Suspension) and event.until_on is None:
        return replace(event, until_on=on)
    return event


def _event(row: Recorded) -> ClockEvent:
    read: dict[str, Any] = {"why": row.reason} if row.kind == "extension" else {}
    for name, value in row.facts.items():
        is_day = isinstance(value, str) and name.endswith("on")
        read[name] = date.fromisoformat(value) if is_day else Unit(value) if name == "unit" and value else value
    event: ClockEvent = EVENTS[row.kind](**read)
    return event


def _again(deadline: Deadline, stacks: Stacks, working_days: Calendar, cause: str, at: datetime, quiet: Quiet) -> int:
    if deadline.pk in quiet.moved:
        return 0
    stack = stacks(deadline.matter.procuratorate, deadline.starts_on)
    due = computed(deadline, stack, working_days)
    if due is None:
        return 0
    before, said = deadline.due_on, {name: getattr(deadline, name) for name in COMPUTED}
    fill(deadline, due, starts_on=deadline.starts_on, stack=stack, working_days=working_days)
    if due.due_on == before:
        quiet.note(deadline, said)
        return 0
    move(deadline=deadline, before=before, cause=cause, at=at)
    quiet.moved.add(deadline.pk)
    quiet.rows.pop(deadline.pk, None)
    return 1 + sum(_again(part, stacks, working_days, cause, at, quiet) for part in _hanging_on(deadline))


def _hanging_on(deadline: Deadline) -> list[Deadline]:
    """The departments' dates that go by a matter's own deadline, whichever of them was opened first."""
    if deadline.undertaking_id is not None:
        return []
    rows = Deadline.objects.filter(matter=deadline.matter_id, limit_code=LimitCode.DEPT_HANDLE)
    open_ones = rows.filter(met_at=None, dropped_at=None)
    return list(open_ones.select_related("matter__procuratorate", "matter__leader", "undertaking").order_by("id"))


@operation
def move(*, deadline: Deadline, before: date, cause: str, at: datetime) -> Deadline:
    """Store a deadline whose day moved, log old and new, tell those who handle it."""
    deadline.save()
    matter = deadline.matter
    refresh_next_due(matter)
    for post in recipients(deadline, Rung.NEAR, at.date()):
        queue(
            event_key=f"deadline:{deadline.pk}:moved:{before}:{deadline.due_on}",
            title=f"期限变动：{matter.known_as}{deadline.label}",
            body=(
                f"{matter.naming}的{deadline.label}期限由{day_text(before)}"
                f"改为{day_text(deadline.due_on)}。原因：{cause}。"
            ),
            at=at,
            post=post,
            lane=Lane.STATUTORY,
            link=f"/desk/matters/{matter.pk}/",
            procuratorate=matter.procuratorate,
        )
    record(
        "matters.deadline_moved",
        actor=SYSTEM,
        target=target(matter),
        at=at,
        label=deadline.label,
        before=before,
        after=deadline.due_on,
        cause=cause,
    )
    return deadline


def _as_dates(deadline: Deadline, due: Due) -> MatterDates:
    matter = deadline.matter
    return MatterDates(
        number=matter.number,
        title=matter.title,
        link=f"/desk/matters/{matter.pk}/",
        label=deadline.label,
        starts_on=deadline.starts_on,
        old_on=deadline.due_on,
        new_on=due.due_on,
        old_basis=deadline.article,
        new_basis=due.basis.article if due.basis else "",
    )
