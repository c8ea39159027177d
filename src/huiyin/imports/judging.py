"""What will become of each row: new, equal, changed or bad. Reads only; nothing is written and no lock is held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from huiyin.imports.models import BatchRow
from huiyin.imports.reading.headers import Header, plain
from huiyin.imports.reading.sheets import Line, Sheet
from huiyin.imports.registry import Context, Existing, ImportKind, Problem
from huiyin.imports.rules import ORIGINAL, Verdict, sentence_at
from huiyin.kernel.text import clip

_ASKED_AT_ONCE: Final = 200
_FOOT: Final = re.compile(
    r"(合计|总计|小计|共计|备注|附注|注|说明|填表|制表|填报|审核|联系人|联系电话)\S{0,6}?([:：]|$|\s)"
)
_SHOWN_WHOLE: Final = 300  # characters of a text in the preview
_SHOWN_BEFORE: Final = 40  # of them before the place where two texts part
_HEADING_SPANS: Final = 3  # columns merged across by the heading of a part of the list


def lines_below(sheet: Sheet, header: Header, kind: ImportKind) -> list[Line]:
    """The lines of the list itself: below the header; blank ones, the header said again, headings of its parts, its
    foot, and our template's own example left out; what takes several lines beside one merged number made one."""
    letters = set(header.columns.values())
    example = {column.field: column.example for column in kind.columns if column.example}
    lines = [
        line
        for line in sheet.lines
        if line.number > header.last_line
        and any(letter in line.cells or letter in line.faults for letter in letters)
        and not _says_again(line, header)
        and not _is_heading(line, sheet)
        and not _is_foot(line)
        and (not example or example != _said(line, header.columns))
    ]
    return _joined(lines, header.columns, kind)


def _said(line: Line, columns: Mapping[str, str]) -> dict[str, str]:
    return {field: line.cells[letter] for field, letter in columns.items() if letter in line.cells}


def _says_again(line: Line, header: Header) -> bool:
    """The header, repeated at the top of a printed page."""
    said = [(plain(header.labels.get(letter, "")), plain(text)) for letter, text in line.cells.items()]
    return len(said) > 1 and all(text and label.endswith(text) for label, text in said)


def _is_heading(line: Line, sheet: Sheet) -> bool:
    """A lone text merged across several columns: 一、由市检察院主办的（12件）."""
    return len(line.cells) == 1 and any(
        top == bottom == line.number and right - left + 1 >= _HEADING_SPANS for top, left, bottom, right in sheet.merges
    )


def _is_foot(line: Line) -> bool:
    """合计, 注：…, 填表人：… below a list."""
    first = next(iter(line.cells.values()), "")
    return _FOOT.match(first) is not None and len(line.cells) <= 2


def _joined(lines: Sequence[Line], columns: Mapping[str, str], kind: ImportKind) -> list[Line]:
    """Lines whose own number is the merged cell of the line above add their units or names to it."""
    spread = {columns[field] for field in kind.spread if field in columns}
    number = columns.get(kind.columns[0].field, "")
    rows: list[Line] = []
    for line in lines:
        own = {letter for letter in line.cells if letter not in line.filled and letter in columns.values()}
        if rows and spread and number in line.filled and own <= spread:
            for letter in sorted(own):
                rows[-1].cells[letter] = "\n".join(filter(None, [rows[-1].cells.get(letter, ""), line.cells[letter]]))
            rows[-1].faults.update(line.faults)
        else:
            rows.append(line)
    return rows


def judge(lines: Sequence[Line], columns: Mapping[str, str], kind: ImportKind, context: Context) -> list[BatchRow]:
    """A row for each line, with its verdict; not saved."""
    kind.prepare(context)
    rows = [_parse(line, columns, kind, context) for line in lines]
    for row, notes in zip(rows, kind.review([row.parsed for row in rows]), strict=True):
        row.notes += [as_json(row.line, note, kind) for note in notes]
    _find_twice(rows, kind)
    compare(rows, kind, context)
    if kind.secret:
        for row in rows:
            row.keep_secret(kind.secret, dict(columns))
    return rows


def compare(rows: Iterable[BatchRow], kind: ImportKind, context: Context) -> None:
    """Set verdict, changes and target of all rows without problems, by what stands in the house now."""
    good = [row for row in rows if not row.problems]
    for at in range(0, len(good), _ASKED_AT_ONCE):
        piece = good[at : at + _ASKED_AT_ONCE]
        existing = kind.find_existing([row.row_key for row in piece if row.row_key], context)
        for row in piece:
            _compare(row, existing.get(row.row_key), kind)


def _parse(line: Line, columns: Mapping[str, str], kind: ImportKind, context: Context) -> BatchRow:
    cells = {column.field: line.cells.get(columns.get(column.field, ""), "") for column in kind.columns}
    faults = {field: line.faults[letter] for field, letter in columns.items() if letter in line.faults}
    problems = [Problem(field=field, sentence=sentence) for field, sentence in faults.items()]
    said = {field for field, text in cells.items() if text} | set(faults)
    problems += [Problem(field=column.field, sentence="不能为空。") for column in kind.lacking(said)]
    parsed = kind.parse_row(cells, context)
    told = {problem.field for problem in problems}
    problems += [problem for problem in parsed.problems if not problem.field or problem.field not in told]
    return BatchRow(
        line=line.number,
        raw=line.cells,
        parsed=parsed.values,
        row_key="" if problems else kind.row_key(parsed.values, context)[:160],
        verdict=Verdict.BAD if problems else Verdict.NEW,
        chosen=not problems,
        problems=[as_json(line.number, problem, kind) for problem in problems],
        notes=[as_json(line.number, note, kind) for note in parsed.notes],
    )


def as_json(line: int, problem: Problem, kind: ImportKind) -> dict[str, str]:
    """A problem as a row keeps it, its sentence with row and column."""
    label = kind.label_of(problem.field) if problem.field else ""
    return {"field": problem.field, "column": label, "sentence": sentence_at(line, label, problem.sentence)}


def _find_twice(rows: Iterable[BatchRow], kind: ImportKind) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if not row.row_key:
            continue
        if row.row_key in first:
            problem = Problem(field="", sentence=f"与第{first[row.row_key]}行重复，是同一件。请删去其中一行。")
            row.problems, row.verdict, row.chosen = [as_json(row.line, problem, kind)], Verdict.BAD, False
        first.setdefault(row.row_key, row.line)


def _compare(row: BatchRow, existing: Existing | None, kind: ImportKind) -> None:
    if existing is None:
        row.verdict, row.changes, row.target_key = Verdict.NEW, [], ""
        return
    row.target_key = existing.target_key
    said = row.values
    row.changes = [
        _change(name, old, said[name], kind)
        for name, old in existing.values.items()
        if name in said and _differ(old, said[name])
    ]
    row.verdict = Verdict.CHANGED if row.changes else Verdict.EQUAL
    row.notes += [note for each in existing.notes if (note := as_json(row.line, each, kind)) not in row.notes]
    _compare_original(row, existing)


def _compare_original(row: BatchRow, existing: Existing) -> None:
    """A file that has no original is given the row's; where it has another, that is a change to confirm."""
    file, known = row.original, existing.originals
    if file is None or known is None or file.sha256 in known:
        return
    stands = "、".join(known.values()) or "（没有）"
    added = f"{file.name}（加进材料，原有的保留）" if known else file.name
    row.changes.append({"field": ORIGINAL, "label": "原文", "old": stands, "new": added})
    if row.verdict == Verdict.EQUAL:
        row.verdict = Verdict.CHANGED if known else Verdict.ORIGINAL


def _differ(old: Any, new: Any) -> bool:
    """Names in another order are the same names."""
    return bool(sorted(old) != sorted(new) if isinstance(old, list) and isinstance(new, list) else old != new)


def _change(name: str, old: Any, new: Any, kind: ImportKind) -> dict[str, str]:
    if isinstance(old, str) and isinstance(new, str):
        old, new = _about_the_difference(old, new)
    return {"field": name, "label": kind.label_of(name), "old": kind.show(name, old), "new": kind.show(name, new)}


def _about_the_difference(old: str, new: str) -> tuple[str, str]:
    """Two texts as they are, or of long ones what stands where they part."""
    if max(len(old), len(new)) <= _SHOWN_WHOLE:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    parted = next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))
    start = max(parted - _SHOWN_BEFORE, 0)
    return _piece(old, start), _piece(new, start)


def _piece(text: str, start: int) -> str:
    piece = clip(text[start:], _SHOWN_WHOLE)
    return f"…{piece}" if start and piece else piece
