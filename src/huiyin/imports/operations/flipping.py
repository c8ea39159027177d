"""The flip: chosen rows become records.

The first chunk goes in together with the flip's one root audit record: a list of up to `kind.chunk` rows is all or
nothing in one transaction. A longer one has then begun and goes on in chunks, each a short transaction of its own that
moves the cursor and writes its records under the same root; after a crash the sweep resumes at the cursor. Everything
that can be known is checked before the first chunk; a row that is refused later (a colleague registered the same thing
meanwhile) is marked bad and set aside with its sentence."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import transaction

from huiyin.audit.models import Record
from huiyin.audit.scope import continued, operation, record
from huiyin.imports.judging import as_json, compare
from huiyin.imports.models import Batch, BatchRow
from huiyin.imports.operations.guards import allowed_kind, context_of, move, refuse_moved, target_of
from huiyin.imports.queries import counts, rows_going_in
from huiyin.imports.registry import Context, ImportKind, Problem, Row, kind_of
from huiyin.imports.rules import BatchStatus, Verdict, lines_in_words, sentence_at
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor, acting


class BadRowsLeft(Refusal):
    """Rows are bad and nobody has said that they may stay behind."""

    code: ClassVar[str] = "imports.bad_rows_left"


class NothingChosen(Refusal):
    """No row would go in."""

    code: ClassVar[str] = "imports.nothing_chosen"


class StalePreview(Refusal):
    """Since the preview, records the rows speak of have changed."""

    code: ClassVar[str] = "imports.stale_preview"


class RowRefused(Refusal):
    """A row was refused while going in; nothing of the list went in."""

    code: ClassVar[str] = "imports.row_refused"


def flip(*, batch: Batch, version: int, actor: PostActor, at: datetime) -> Batch:
    """Let the chosen rows in. Done when this returns, or FLIPPING when more chunks follow in the background.

    Raises NotAllowed, BatchMovedOn, BadRowsLeft, NothingChosen, StalePreview, RowRefused."""
    kind = allowed_kind(batch, actor)
    refuse_moved(batch, version=version, among={BatchStatus.PREVIEW})
    batch.refresh_from_db()
    context = context_of(batch, at)
    kind.prepare(context)
    rows = _chosen_rows(batch)
    _refuse_stale(rows, kind, context)  # all of them, before anything is locked
    return _begin(batch=batch, rows=rows, version=version, actor=actor, at=at)


@operation
def _begin(*, batch: Batch, rows: list[BatchRow], version: int, actor: PostActor, at: datetime) -> Batch:
    kind = allowed_kind(batch, actor)
    move(
        batch, version=version, among={BatchStatus.PREVIEW}, status=BatchStatus.FLIPPING, flipped_at=at,
        flipped_by=actor.post, cursor=0,
    )  # fmt: skip
    context = context_of(batch, at)
    kind.prepare(context)
    first = rows[: kind.chunk]
    _refuse_stale(first, kind, context)
    for row in first:
        try:
            _apply(row, kind, context, actor)
        except Refusal as refusal:
            raise RowRefused(f"{sentence_at(row.line, '', str(refusal))}整份清单都没有导入。") from refusal
    record("imports.flipped", actor=actor, target=target_of(batch), at=at, going_in=len(rows), **counts(batch))
    _move_cursor(batch, first)
    if batch.status == BatchStatus.FLIPPING:
        from huiyin.imports.tasks import continue_flip

        continue_flip.enqueue(batch_id=batch.pk)
    return batch


def go_on(*, batch_id: int) -> bool:
    """The next chunk of a flip that has begun, under its root record; returns whether more follow."""
    flips = Record.objects.filter(verb="imports.flipped", result="done", parent=None)
    with continued(flips.get(target_kind="imports.batch", target_key=str(batch_id))):
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.status != BatchStatus.FLIPPING or batch.flipped_at is None or batch.flipped_by is None:
            return False
        kind, actor = kind_of(batch.kind), acting(batch.flipped_by)
        context = context_of(batch, batch.flipped_at)
        kind.prepare(context)
        rows = list(rows_going_in(batch).filter(line__gt=batch.cursor)[: kind.chunk])
        for row in rows:
            _apply_or_set_aside(row, kind, context, actor)
        _move_cursor(batch, rows)
        if batch.status == BatchStatus.FLIPPING:
            return True
        record(
            "imports.finished", actor=actor, target=target_of(batch), at=batch.flipped_at, applied=batch.applied_count
        )
        return False


def continue_waiting() -> int:
    """Sweep: bring every flip that has begun to its end; returns how many batches were waiting."""
    waiting = list(Batch.objects.filter(status=BatchStatus.FLIPPING).order_by("id").values_list("pk", flat=True))
    for batch_id in waiting:
        while go_on(batch_id=batch_id):
            pass
    return len(waiting)


def _chosen_rows(batch: Batch) -> list[BatchRow]:
    bad = batch.rows.filter(verdict=Verdict.BAD)
    if not batch.set_bad_aside and bad.exists():
        raise BadRowsLeft(
            f"还有 {bad.count()} 行有错，整份清单都没有导入。请改正后重新上传，或者选择“有错的行先放一边”。"
        )
    rows = list(rows_going_in(batch))
    if not rows:
        raise NothingChosen("没有要导入的行：选中的行都已在系统里且相同，或者一行也没有选。")
    return rows


def _refuse_stale(rows: list[BatchRow], kind: ImportKind, context: Context) -> None:
    before = {row.line: (row.verdict, row.target_key, row.changes) for row in rows}
    compare(rows, kind, context)
    stale = [row.line for row in rows if before[row.line] != (row.verdict, row.target_key, row.changes)]
    if stale:
        raise StalePreview(
            f"预览之后，{lines_in_words(stale)}在系统里的记录变了，整份清单都没有导入。请点“重新核对”，再确认一次。"
        )


def _apply(row: BatchRow, kind: ImportKind, context: Context, actor: PostActor) -> None:
    changes = [change["field"] for change in row.changes]
    ready = Row(line=row.line, values=row.values, target_key=row.target_key, changes=changes, original=row.original)
    row.target_key = kind.apply(ready, context, actor)
    row.save(update_fields=["target_key"])


def _apply_or_set_aside(row: BatchRow, kind: ImportKind, context: Context, actor: PostActor) -> None:
    try:
        with transaction.atomic():
            _apply(row, kind, context, actor)
    except Refusal as refusal:
        row.verdict, row.problems = Verdict.BAD, [as_json(row.line, Problem(field="", sentence=str(refusal)), kind)]
        row.save(update_fields=["verdict", "problems"])


def _move_cursor(batch: Batch, rows: list[BatchRow]) -> None:
    """Note how far the flip has come, and whether it is done."""
    if rows:
        batch.cursor = rows[-1].line
        batch.applied_count += sum(row.verdict != Verdict.BAD for row in rows)
    if not rows_going_in(batch).filter(line__gt=batch.cursor).exists():
        batch.status = BatchStatus.DONE
    batch.save(update_fields=["cursor", "applied_count", "status"])
