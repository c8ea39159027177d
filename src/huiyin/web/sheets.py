"""Tables on their way out as .xlsx or .csv; nothing in them runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from huiyin.kernel.text import safe_cell

Cell = str | int | None
CSV = "text/csv; charset=utf-8"


def xlsx(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], *, mark: str = "") -> bytes:
    """A workbook of one sheet; columns: heading and width in characters. Texts are texts, whatever they begin with.

    mark: who took it away, when and why; stands above the table and in the head and foot of every printed page."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A3" if mark else "A2"
    if mark:
        mark = "".join(each for each in mark if each.isprintable())  # the file format refuses anything else
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = mark.replace("&", "&&")
        sheet.print_title_rows = "1:2"
        above = WriteOnlyCell(sheet, value=safe_cell(mark))
        above.font = Font(color="FFA61E1E")
        sheet.append([above])
    for place, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    head = [WriteOnlyCell(sheet, value=heading) for heading, _ in columns]
    for cell in head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="center")
    sheet.append(head)
    for row in rows:
        sheet.append([safe_cell(value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Comma-separated, UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(value) if isinstance(value, str) else value for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
