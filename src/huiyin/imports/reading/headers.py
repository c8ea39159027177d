"""Finding the header: which line it is, and which column says what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from huiyin.imports.reading.package import UnreadableList, column_letter, column_number
from huiyin.imports.reading.sheets import Sheet

_SEARCHED_LINES: Final = 30
_IN_BRACKETS: Final = re.compile(r"[（(\[【〔].*?[)）\]】〕]")
_NOISE: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Header:
    """Where a list's header stands and what it says."""

    sheet: str
    first_line: int
    last_line: int  # a header may be two lines high
    labels: dict[str, str]  # column letter → heading
    columns: dict[str, str]  # field → column letter, as far as headings are known


def plain(label: str) -> str:
    """A heading as it is compared: without spaces, brackets and what stands in them, marks, case."""
    label = unicodedata.normalize("NFKC", label)
    return _NOISE.sub("", _IN_BRACKETS.sub("", label)).lower() or _NOISE.sub("", label).lower()


def find_header(
    sheets: Sequence[Sheet], names: Mapping[str, Sequence[str]], required: Sequence[str], *, line: int | None = None
) -> Header:
    """The line that names most of the fields; required ones weigh most, earlier lines and sheets win a tie.

    names: field → headings it comes under. line: the header stands there, as a person says. When nothing fits, the
    first line with the most cells is offered. Raises UnreadableList."""
    known = {plain(name): field for field, listed in names.items() for name in listed}
    best: tuple[tuple[int, int, int], Header] | None = None
    for sheet in sheets:
        for candidate in sheet.lines[:_SEARCHED_LINES]:
            if line is not None and candidate.number != line:
                continue
            header = _header_at(sheet, candidate.number, known)
            found = set(header.columns)
            score = (len(found & set(required)), len(found), len(header.labels) if not found else 0)
            if best is None or score > best[0]:
                best = (score, header)
    if best is None:
        raise UnreadableList(f"第{line}行没有内容，不能作为表头。")
    return best[1]


def _header_at(sheet: Sheet, number: int, known: Mapping[str, str]) -> Header:
    last = _last_line(sheet, number)
    lines = {line.number: line.cells for line in sheet.lines if number <= line.number <= last}
    labels: dict[str, str] = {}
    columns: dict[str, str] = {}
    for letter in sorted({letter for cells in lines.values() for letter in cells}, key=lambda at: (len(at), at)):
        said = list(dict.fromkeys(lines[at][letter] for at in sorted(lines) if letter in lines[at]))
        above = _spanning(sheet, number, letter)
        labels[letter] = "".join(dict.fromkeys([above, *said]))
        # The lowest heading says it best; the ones above it help where it is only half of a name.
        for label in (*reversed(said), f"{above}{said[-1]}"):
            field = known.get(plain(label))
            if field and field not in columns:
                columns[field] = letter
                break
    return Header(sheet.name, number, last, labels, columns)


def _last_line(sheet: Sheet, number: int) -> int:
    """The lower end of cells merged downwards from this line, or the line that parts those merged across it."""
    last = max((bottom for top, _, bottom, _ in sheet.merges if top == number and bottom - top < 4), default=number)
    return last if last > number else _parting_line(sheet, number)


def _parting_line(sheet: Sheet, number: int) -> int:
    """The next line where it only names the columns below headings merged across: 承办单位 above 主办 and 协办."""
    spans = [(left, right) for top, left, bottom, right in sheet.merges if top == bottom == number and left < right]
    lines = {line.number: line.cells for line in sheet.lines if line.number in {number, number + 1}}
    below = {column_number(letter) for letter in lines.get(number + 1, {})}
    beside = [at for at in map(column_number, lines.get(number, {})) if not any(le <= at <= ri for le, ri in spans)]
    parts = bool(beside and below) and all(any(le <= at <= ri for le, ri in spans) for at in below)
    return number + 1 if parts else number


def _spanning(sheet: Sheet, number: int, letter: str) -> str:
    """The heading that stretches from further left over this column, or ""."""
    cells = next((line.cells for line in sheet.lines if line.number == number), {})
    for top, left, _, right in sheet.merges:
        if top == number and left < right and left <= column_number(letter) <= right:
            return cells.get(column_letter(left), "")
    return ""
