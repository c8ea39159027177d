"""Sample lists as the spreadsheets a congress office sends."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (10, 44, 12, 14, 22, 40, 60)


def as_spreadsheet(path: Path, *, title: str) -> bytes:
    """A CSV of the samples as .xlsx in the office's manner: a merged title row, the header, numbers as numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        return as_workbook(list(csv.reader(file)), title=title)


def as_workbook(rows: Sequence[Sequence[str]], *, title: str) -> bytes:
    """Rows below a merged title, the header first."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    made = BytesIO()
    book.save(made)
    return made.getvalue()
