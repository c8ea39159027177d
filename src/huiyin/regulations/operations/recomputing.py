"""Open dates computed anew after a rule or the calendar changed: asked for in the causing operation, done in steps.

No step holds the database longer than a moment; the cursor stands in the row: a crash between steps loses nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from huiyin.audit.actors import SYSTEM, Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.regulations.models import Recomputation
from huiyin.regulations.operations.persons import person_key
from huiyin.regulations.queries import calendar, remembered_stacks
from huiyin.regulations.registry import Keeper, Scope, Step, keepers


def ask_recompute(
    *, cause: str, offices: Collection[int], since: date | None, actor: Actor, at: datetime
) -> Recomputation:
    """Put the work on record; committed with its cause. Inside an operation."""
    return Recomputation.objects.create(
        cause=cause[:200], procuratorates=sorted(offices), since=since, asked_by=person_key(actor), asked_at=at
    )


def recompute_waiting(*, at: datetime, most_steps: int | None = None) -> int:
    """Take the waiting work further, the oldest first; returns how many dates moved. Safe to run twice or beside
    itself. most_steps: stop after so many (a face goes a little way at once, the worker does the rest)."""
    moved = taken = 0
    while most_steps is None or taken < most_steps:
        waiting = Recomputation.objects.filter(done_at=None).order_by("pk").first()
        if waiting is None:
            break
        moved += recompute_step(recomputation_id=waiting.pk, at=at)
        taken += 1
    return moved


@operation
def recompute_step(*, recomputation_id: int, at: datetime) -> int:
    """One short step of one piece of work, and one record of it; returns how many dates moved."""
    work = Recomputation.objects.select_for_update().get(pk=recomputation_id)
    keeper = next((each for each in keepers() if work.cursors.get(each.name, 0) is not None), None)
    step = _take(keeper, work, at) if keeper is not None and work.done_at is None else Step(None)
    if keeper is not None:
        work.cursors = {**work.cursors, keeper.name: step.last_id}
    if all(work.cursors.get(each.name, 0) is None for each in keepers()):
        work.done_at = work.done_at or at
    work.moved += step.moved
    work.save(update_fields=["cursors", "moved", "done_at"])
    target = Target(kind="regulations.recomputation", key=str(work.pk), label=work.cause)
    facts = {"of": keeper.name if keeper else "", "moved": step.moved, "done": work.done_at is not None}
    record("regulations.recomputed", actor=SYSTEM, target=target, at=at, **facts)
    return step.moved


def _take(keeper: Keeper, work: Recomputation, at: datetime) -> Step:
    return keeper.recompute(
        after=work.cursors.get(keeper.name, 0),
        scope=Scope(offices=tuple(work.procuratorates), since=work.since),
        stacks=remembered_stacks(),
        calendar=calendar(),
        cause=work.cause,
        at=at,
    )
