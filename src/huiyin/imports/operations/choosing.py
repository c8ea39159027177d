"""What a person decides over a preview: which rows, and whether bad ones are set aside; or none of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from huiyin.audit.scope import operation, record
from huiyin.imports.models import Batch
from huiyin.imports.operations.guards import allowed_kind, move, target_of
from huiyin.imports.rules import GOES_IN, OPEN, BatchStatus
from huiyin.organisations.actors import PostActor


@operation
def choose(
    *,
    batch: Batch,
    lines: Collection[int] | None,
    set_bad_aside: bool,
    version: int,
    actor: PostActor,
    at: datetime,
) -> Batch:
    """Choose the rows that go in, by line (None: all); say whether bad rows may stay behind.

    Raises NotAllowed, BatchMovedOn."""
    allowed_kind(batch, actor)
    move(batch, version=version, among={BatchStatus.PREVIEW}, set_bad_aside=set_bad_aside)
    offered = batch.rows.filter(verdict__in=list(GOES_IN))  # bad and equal rows are no choice
    offered.update(chosen=lines is None)
    if lines is not None:
        wanted = sorted(set(lines))
        for at_row in range(0, len(wanted), 500):
            offered.filter(line__in=wanted[at_row : at_row + 500]).update(chosen=True)
    chosen = offered.filter(chosen=True).count()
    record("imports.chosen", actor=actor, target=target_of(batch), at=at, rows=chosen, set_bad_aside=set_bad_aside)
    return batch


@operation
def drop(*, batch: Batch, version: int, actor: PostActor, at: datetime) -> Batch:
    """Give the list up; nothing of it went in. Raises NotAllowed, BatchMovedOn."""
    allowed_kind(batch, actor)
    move(batch, version=version, among=OPEN, status=BatchStatus.DROPPED)
    batch.rows.update(secrets=None)
    record("imports.dropped", actor=actor, target=target_of(batch), at=at)
    return batch
