"""A look into the .xlsx package before anything is read from it: which cells hold formulas, how far a sheet goes.

The reader of cells neither tells formulas from values nor stops at absurd sizes, so both are found here, in the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final
from xml.parsers import expat

from huiyin.kernel.refusals import Refusal

ROW_LIMIT: Final = 20_000  # of a whole sheet, titles and gaps included
COLUMN_LIMIT: Final = 200
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN: Final = "表格文件已损坏，读不出来。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新上传。"


class UnreadableList(Refusal):
    """The file is no list that can be read."""

    code: ClassVar[str] = "imports.unreadable_list"


@dataclass
class Marks:
    """What stands in a sheet besides its values. Cells are (line, column), both from 1."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)  # #N/A and the like
    hidden: set[int] = field(default_factory=set)  # lines a filter or a person has hidden
    lines: int = 0  # the last line with content
    columns: int = 0


def marks_by_sheet(content: bytes) -> dict[str, Marks]:
    """Marks of every worksheet by its name. Raises UnreadableList."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: _marks(package, part, name) for name, part in _parts(package).items()}
    except (zipfile.BadZipFile, KeyError, ValueError, expat.ExpatError, NotImplementedError, OSError, IndexError):
        raise UnreadableList(_BROKEN) from None


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → path of its XML."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            sheets[attributes.get("name", "")] = attributes.get("id", "")

    _walk(package.read("xl/_rels/workbook.xml.rels"), relation)
    _walk(package.read("xl/workbook.xml"), sheet)
    return {name: _path(targets[key]) for name, key in sheets.items() if key in targets}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marks(package: zipfile.ZipFile, part: str, name: str) -> Marks:
    marks, at, next_column = Marks(), (0, 0), 1

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal at, next_column
        if tag == "row":
            at, next_column = (int(attributes.get("r", at[0] + 1)), 0), 1
            if attributes.get("hidden") in {"1", "true"}:
                marks.hidden.add(at[0])
        elif tag == "c":
            at = _place(attributes.get("r", ""), (at[0], next_column))
            next_column = at[1] + 1
            if attributes.get("t") == "e":
                marks.errors.add(at)
        elif tag in {"v", "is", "f"}:
            if tag == "f":
                marks.formulas.add(at)
            marks.lines, marks.columns = max(marks.lines, at[0]), max(marks.columns, at[1])
            if marks.lines > ROW_LIMIT or marks.columns > COLUMN_LIMIT:
                raise UnreadableList(
                    f"工作表“{name}”太大：内容写到了第{at[0]}行第{at[1]}列，一次最多读 {ROW_LIMIT} 行"
                    f" {COLUMN_LIMIT} 列。请删去多余内容，或者分成几份导入。"
                )

    _walk(package.read(part), start)
    return marks


def _place(reference: str, otherwise: tuple[int, int]) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference.upper())
    return (int(found[2]), column_number(found[1])) if found else otherwise


def _walk(xml: bytes, start: Callable[[str, Mapping[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")

    def element(name: str, attributes: Mapping[str, str]) -> None:
        start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def no_doctype(*_: object) -> None:
        raise UnreadableList(_BROKEN)

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = no_doctype
    parser.Parse(xml, True)


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
