"""Staging: read a list, judge its rows, lay it out for preview. Reading and judging hold no lock, writing is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import IntegrityError

from huiyin.audit.scope import operation, record
from huiyin.files import detection
from huiyin.files.models import StoredFile
from huiyin.files.operations import read
from huiyin.imports.judging import judge, lines_below
from huiyin.imports.models import Batch, BatchRow, ListFile
from huiyin.imports.operations.guards import allowed_kind, checked_header, context_of, move, target_of
from huiyin.imports.operations.matching import match_files
from huiyin.imports.operations.uploads import Upload, content_of, kept_file
from huiyin.imports.reading.headers import Header, find_header
from huiyin.imports.reading.package import UnreadableList
from huiyin.imports.reading.sheets import Sheet, read_sheets
from huiyin.imports.registry import Column, Context, ImportKind
from huiyin.imports.rules import OPEN, BatchStatus, Verdict
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require

_ROWS_AT_ONCE: Final = 500


class ColumnsMissing(Refusal):
    """A column the list must have was not pointed out."""

    code: ClassVar[str] = "imports.columns_missing"


def stage(
    *,
    kind: ImportKind,
    upload: Upload,
    header: Mapping[str, Any],
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Batch:
    """Read a list and lay it out: PREVIEW with its rows, or STAGING when a required column was not found.

    upload: fresh from files.operations.examine, or a file kept as a draft already. A second post of one request_key
    gets the first batch.
    Raises NotAllowed, HeaderMissing, UnreadableList."""
    require(actor, kind.verb)
    made = Batch.objects.filter(created_by=actor.post, request_key=request_key)
    first = made.first()
    if first is not None:
        return first
    facts = checked_header(kind, header)
    _check_type(upload)
    context = Context(procuratorate=actor.post.procuratorate, header=facts, post=actor.post, at=at)
    reading = _read(content_of(upload), kind, context)
    try:
        return _keep(
            kind=kind, upload=upload, facts=facts, reading=reading, request_key=request_key, actor=actor, at=at
        )
    except IntegrityError:  # the other half of a double click was faster
        first = made.first()
        if first is None:
            raise
        return first


def restage(
    *,
    batch: Batch,
    header: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
    header_line: int | None = None,
    sheet: str | None = None,
    version: int,
    actor: PostActor,
    at: datetime,
) -> Batch:
    """Read the list again: with other columns (field → letter), another header line or sheet, corrected facts, or just
    anew.

    Rows a person had unchosen stay unchosen. Raises NotAllowed, HeaderMissing, ColumnsMissing, BatchMovedOn."""
    kind = allowed_kind(batch, actor)
    facts = checked_header(kind, batch.header if header is None else header)
    context = replace(context_of(batch, at), header=facts)
    same_sheet = sheet in {None, batch.columns.get("sheet")}
    if columns is None and header_line is None and same_sheet:
        columns = batch.letters or None
    reading = _read(
        read(batch.file), kind, context, chosen_columns=columns, header_line=header_line,
        sheet=sheet or batch.columns.get("sheet"),
    )  # fmt: skip
    if reading.rows is None:
        raise ColumnsMissing(f"还没有指出这些列：{_labels(kind.lacking(reading.header.columns))}。")
    return _keep_again(batch=batch, facts=facts, reading=reading, version=version, actor=actor, at=at)


def _check_type(upload: Upload) -> None:
    media_type = upload.media_type if isinstance(upload, StoredFile) else upload.kind.media_type
    if media_type == detection.XLS.media_type:
        raise UnreadableList("这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。")
    if media_type != detection.XLSX.media_type:
        raise UnreadableList(f"清单要用 Excel 表格（.xlsx），“{upload.name}”不是。可以先下载模板填写。")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a file says. rows None: a column the list must have was not found."""

    header: Header
    rows: list[BatchRow] | None
    hidden: int = 0  # lines of the sheet that nobody sees in the spreadsheet program
    others: tuple[tuple[str, int], ...] = ()  # further sheets that look like lists: name, lines

    @property
    def columns(self) -> dict[str, Any]:
        """As a batch keeps it."""
        found = self.header
        return {
            "sheet": found.sheet, "first_line": found.first_line, "last_line": found.last_line, "labels": found.labels,
            "letters": found.columns, "hidden": self.hidden, "other_sheets": [list(other) for other in self.others],
        }  # fmt: skip


def _read(
    content: bytes,
    kind: ImportKind,
    context: Context,
    *,
    chosen_columns: Mapping[str, str] | None = None,
    header_line: int | None = None,
    sheet: str | None = None,
) -> Reading:
    sheets = read_sheets(content)
    wanted = [each for each in sheets if each.name == sheet] if sheet is not None else sheets
    found = _header_of(wanted or sheets, kind, line=header_line)
    if chosen_columns is not None:
        known = {column.field for column in kind.columns}
        kept = {field: at for field, at in chosen_columns.items() if field in known and at in found.labels}
        found = replace(found, columns=kept)
    own = next(each for each in sheets if each.name == found.sheet)
    others = tuple((each.name, n) for each in sheets if each is not own and (n := _lines_of_a_list(each, kind)))
    if kind.lacking(found.columns):
        return Reading(header=found, rows=None, hidden=own.hidden, others=others)
    lines = lines_below(own, found, kind)
    if not lines:
        raise UnreadableList(f"工作表“{found.sheet}”的表头（第{found.last_line}行）下面没有内容。")
    if len(lines) > kind.max_rows:
        raise UnreadableList(f"表中有 {len(lines)} 行，一次最多导入 {kind.max_rows} 行，请分成几份上传。")
    rows = judge(lines, found.columns, kind, context)
    return Reading(header=found, rows=rows, hidden=own.hidden, others=others)


def _header_of(sheets: Sequence[Sheet], kind: ImportKind, *, line: int | None = None) -> Header:
    names = {column.field: (column.label, *column.synonyms) for column in kind.columns}
    weighty = [column.field for column in kind.columns if column.required or column.instead_of]
    return find_header(sheets, names, weighty, line=line)


def _lines_of_a_list(sheet: Sheet, kind: ImportKind) -> int:
    """How many lines stand below a complete header of this kind; 0 where the sheet holds something else."""
    if not sheet.lines:
        return 0
    found = _header_of([sheet], kind)
    return 0 if kind.lacking(found.columns) else len(lines_below(sheet, found, kind))


def _labels(columns: Sequence[Column]) -> str:
    return "、".join(column.label for column in columns)


@operation
def _keep(
    *,
    kind: ImportKind,
    upload: Upload,
    facts: dict[str, Any],
    reading: Reading,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Batch:
    office, rows = actor.post.procuratorate, reading.rows or []
    file = kept_file(upload, office, actor, at)
    batch = Batch.objects.create(
        kind=kind.code,
        procuratorate=office,
        file=file,
        header=facts,
        columns=reading.columns,
        row_count=len(rows),
        status=BatchStatus.STAGING if reading.rows is None else BatchStatus.PREVIEW,
        created_by=actor.post,
        created_at=at,
        request_key=request_key,
    )
    _lay_out(batch, rows)
    record("imports.staged", actor=actor, target=target_of(batch), at=at, sha256=file.sha256, **_counted(rows))
    return batch


@operation
def _keep_again(
    *,
    batch: Batch,
    facts: dict[str, Any],
    reading: Reading,
    version: int,
    actor: PostActor,
    at: datetime,
) -> Batch:
    rows = reading.rows or []
    move(
        batch, version=version, among=OPEN, header=facts, columns=reading.columns, row_count=len(rows),
        status=BatchStatus.PREVIEW,
    )  # fmt: skip
    unchosen = set(batch.rows.filter(chosen=False).exclude(verdict=Verdict.BAD).values_list("line", flat=True))
    listed = ListFile.objects.filter(batch=batch).select_related("file")
    pointed = {each.pk: (each.row.line, each.row.row_key) for each in listed.select_related("row") if each.row}
    batch.rows.all().delete()
    for row in rows:
        row.chosen = row.chosen and row.line not in unchosen
    _lay_out(batch, rows)
    match_files(batch, listed.all(), at=at, by_hand=pointed)
    record("imports.restaged", actor=actor, target=target_of(batch), at=at, **_counted(rows))
    return batch


def _lay_out(batch: Batch, rows: Sequence[BatchRow]) -> None:
    for row in rows:
        row.batch = batch
    BatchRow.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)


def _counted(rows: Sequence[BatchRow]) -> dict[str, int]:
    return {verdict.value: sum(row.verdict == verdict for row in rows) for verdict in Verdict}
