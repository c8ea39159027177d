"""The worksheets of an .xlsx as text cells, with what is wrong with single cells."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Final

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from huiyin.imports.reading.cells import TEXT_LIMIT, CellValue, as_text, is_lossy
from huiyin.imports.reading.package import Marks, UnreadableList, column_letter, marks_by_sheet

_MERGES: Final = 2_000
_MERGED_LINES: Final = 200
_BROKEN: Final = "表格文件已损坏，读不出来。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新上传。"


@dataclass(frozen=True)
class Line:
    """One line of a sheet: cells by column letter, empty ones left out; faults by column letter.

    filled: letters whose text stands in a line above, in a cell merged downwards."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str]
    filled: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Sheet:
    """One worksheet; merges as (first line, first column, last line, last column), from 1."""

    name: str
    lines: list[Line]  # without blank and hidden ones
    merges: list[tuple[int, int, int, int]]
    hidden: int = 0  # lines with content that nobody sees in the spreadsheet program


def read_sheets(content: bytes) -> list[Sheet]:
    """All visible worksheets that hold anything. Raises UnreadableList."""
    marks = marks_by_sheet(content)
    try:
        sheets = _read(content, marks)
    except (KeyboardInterrupt, SystemExit, UnreadableList):
        raise
    except BaseException:  # the reader's own panics are no Exception
        raise UnreadableList(_BROKEN) from None
    if not any(sheet.lines for sheet in sheets):
        if any(sheet.hidden for sheet in sheets):
            raise UnreadableList("表格里的行全是隐藏的，没有读取。请先取消筛选、取消隐藏，保存后重新上传。")
        raise UnreadableList("表格里没有内容。请检查是否选错了文件，或者内容在隐藏的工作表里。")
    return [sheet for sheet in sheets if sheet.lines]


def _read(content: bytes, marks: dict[str, Marks]) -> list[Sheet]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible or about.name not in marks:
            continue
        found = book.get_sheet_by_name(about.name)
        merges = _merges(found)
        rows: list[list[CellValue]] = found.to_python(skip_empty_area=False)
        lines = [_line(number, row, marks[about.name]) for number, row in enumerate(rows, start=1)]
        _fill_down(lines, merges)
        said = [line for line in lines if line.cells or line.faults]
        seen = [line for line in said if line.number not in marks[about.name].hidden]
        sheets.append(Sheet(about.name, seen, merges, hidden=len(said) - len(seen)))
    return sheets


def _merges(sheet: object) -> list[tuple[int, int, int, int]]:
    """Merges a list can have; absurd ones (a whole sheet) and endless ones are not looked at."""
    found = (getattr(sheet, "merged_cell_ranges", None) or [])[:_MERGES]
    merges = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found]
    return [(top, left, bottom, right) for top, left, bottom, right in merges if bottom - top < _MERGED_LINES]


def _line(number: int, row: list[CellValue], marks: Marks) -> Line:
    line = Line(number, {}, {})
    for column, value in enumerate(row, start=1):
        letter, at = column_letter(column), (number, column)
        text = as_text(value)
        if text:
            line.cells[letter] = text[:TEXT_LIMIT]
        if at in marks.formulas:
            line.faults[letter] = "这一格是公式。请在 Excel 中复制这一格，再“选择性粘贴”为“值”，保存后重新上传。"
        elif at in marks.errors:
            line.faults[letter] = "这一格是错误值。请改成正确的内容。"
        elif len(text) > TEXT_LIMIT:
            line.faults[letter] = f"内容有 {len(text)} 字，太长了，一格最多 {TEXT_LIMIT} 字。"
        elif is_lossy(value):
            line.faults[letter] = "号码太长，Excel 已丢失末尾几位。请把这一列设为“文本”格式后重新填写。"
    return line


def _fill_down(lines: list[Line], merges: list[tuple[int, int, int, int]]) -> None:
    """A cell merged over several lines says the same in each of them."""
    for top, left, bottom, right in merges:
        letter = column_letter(left)
        if left != right or not 1 <= top <= len(lines) or letter not in lines[top - 1].cells:
            continue
        for line in lines[top : min(bottom, len(lines))]:
            if line.cells and letter not in line.cells:
                line.cells[letter] = lines[top - 1].cells[letter]
                line.filled.add(letter)
