"""Spreadsheets we hand out: the template of a kind, and the rows that were set aside with their reasons."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from huiyin.imports.models import Batch
from huiyin.imports.reading.package import column_letter
from huiyin.imports.registry import ImportKind
from huiyin.imports.rules import Verdict
from huiyin.kernel.text import safe_cell

_HEAD: Final = PatternFill("solid", fgColor="E8EEF7")
_LINE: Final = Border(*(Side(style="thin", color="C5CCD6"),) * 4)
_TEXT: Final = "@"  # keeps leading zeros and long numbers as typed
_PREPARED_ROWS: Final = 200


def template(kind: ImportKind) -> bytes:
    """An empty list of a kind as .xlsx: header, one example row (never imported), and a sheet of notes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = kind.label[:31]
    _write_head(sheet, [column.label for column in kind.columns], [column.width for column in kind.columns])
    for at, column in enumerate(kind.columns, start=1):
        if column.required:
            sheet.cell(1, at).font = Font(bold=True, color="B42318")
        example = sheet.cell(2, at, safe_cell(column.example))
        example.font = Font(italic=True, color="667085")
        for line in range(2, _PREPARED_ROWS + 2):
            sheet.cell(line, at).number_format = _TEXT
    notes = book.create_sheet("填写说明")
    _write_head(notes, ["列", "是否必填", "说明", "示例"], [18, 10, 70, 30])
    for column in kind.columns:
        _append(notes, [column.label, "必填" if column.required else "", column.note, column.example])
    for note in ("第2行是示例，不会导入，可以直接改写或者删去。", "不要使用公式。", *kind.notes):
        _append(notes, ["", "", note, ""])
    return _saved(book)


def bad_rows(batch: Batch) -> bytes:
    """The bad rows of a list as .xlsx in its own columns, with line and reason; corrected it can be uploaded again."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "有错的行"
    letters = list(batch.labels)
    _write_head(
        sheet, [*(batch.labels[letter] for letter in letters), "原表行号", "原因"], [*([16] * len(letters)), 10, 60]
    )
    for row in batch.rows.filter(verdict=Verdict.BAD).order_by("line"):
        cells = row.cells
        _append(sheet, [*(cells.get(letter, "") for letter in letters), str(row.line), "\n".join(row.sentences)])
    return _saved(book)


def listing(title: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]) -> bytes:
    """Any table as .xlsx, every cell as text and none as formula."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title[:31]
    _write_head(sheet, heads, widths)
    for row in rows:
        _append(sheet, [str(value) for value in row])
    return _saved(book)


def _write_head(sheet: Worksheet, labels: Sequence[str], widths: Sequence[int]) -> None:
    for at, (label, width) in enumerate(zip(labels, widths, strict=True), start=1):
        cell = sheet.cell(1, at, safe_cell(label))
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _LINE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[column_letter(at)].width = width
    sheet.freeze_panes = "A2"


def _append(sheet: Worksheet, values: Sequence[str]) -> None:
    line = sheet.max_row + 1
    for at, value in enumerate(values, start=1):
        cell = sheet.cell(line, at, safe_cell(value))
        cell.number_format, cell.border = _TEXT, _LINE
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
