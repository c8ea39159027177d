"""Word originals that come with a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.audit.scope import operation, record
from huiyin.imports.models import Batch, ListFile
from huiyin.imports.operations.guards import allowed_kind, move, target_of
from huiyin.imports.operations.matching import look_again, match_files
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
    match_files(batch, listed, at=at)
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
    touched = {row.line: row for row in batch.rows.filter(original=listed.file)}
    for row in touched.values():
        row.original = None
    listed.row = (touched.get(line) or batch.rows.get(line=line)) if line is not None else None
    listed.save(update_fields=["row"])
    if listed.row is not None:
        batch.files.filter(row=listed.row).exclude(pk=listed.pk).update(row=None)  # one row has one original
        listed.row.original = listed.file
        touched[listed.row.line] = listed.row
    look_again(batch, list(touched.values()), at=at)
    record("imports.original_matched", actor=actor, target=target_of(batch), at=at, line=line)
    return listed
