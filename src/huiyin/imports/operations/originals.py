"""Word originals that come with a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.audit.scope import operation, record
from huiyin.imports.models import Batch, BatchRow, ListFile
from huiyin.imports.operations.guards import allowed_kind, move, target_of
from huiyin.imports.operations.matching import match_files
from huiyin.imports.operations.uploads import Upload, kept_file
from huiyin.imports.rules import OPEN
from huiyin.organisations.actors import PostActor


@operation
def attach_originals(
    *, batch: Batch, files: Sequence[Upload], version: int, actor: PostActor, at: datetime
) -> list[ListFile]:
    """Keep originals with the list and match them to rows by number. Raises NotAllowed, BatchMovedOn, FileRefused."""
    allowed_kind(batch, actor)
    move(batch, version=version, among=OPEN)
    listed = []
    for upload in files:
        file = kept_file(upload, batch.procuratorate, actor, at)
        listed.append(ListFile.objects.create(batch=batch, file=file))
    match_files(batch, listed)
    record(
        "imports.originals_attached", actor=actor, target=target_of(batch), at=at, files=len(listed),
        matched=sum(found.row is not None for found in listed),
    )  # fmt: skip
    return listed


@operation
def match_original(
    *, batch: Batch, listed: ListFile, line: int | None, version: int, actor: PostActor, at: datetime
) -> ListFile:
    """Point an original to the row a person names, or to none. Raises NotAllowed, BatchMovedOn."""
    allowed_kind(batch, actor)
    move(batch, version=version, among=OPEN)
    batch.rows.filter(original=listed.file).update(original=None)
    listed.row = batch.rows.get(line=line) if line is not None else None
    listed.save(update_fields=["row"])
    if listed.row is not None:
        BatchRow.objects.filter(pk=listed.row.pk).update(original=listed.file)
    record("imports.original_matched", actor=actor, target=target_of(batch), at=at, line=line)
    return listed
