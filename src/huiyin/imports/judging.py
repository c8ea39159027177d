"""What will become of each row: new, equal, changed or bad. Reads only; nothing is written and no lock is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from huiyin.imports.models import BatchRow
from huiyin.imports.reading.headers import Header
from huiyin.imports.reading.sheets import Line, Sheet
from huiyin.imports.registry import Context, Existing, ImportKind, Problem
from huiyin.imports.rules import Verdict, sentence_at

_ASKED_AT_ONCE: Final = 200


def lines_below(sheets: Sequence[Sheet], header: Header, kind: ImportKind) -> list[Line]:
    """The lines of the list itself: below the header, blank ones and our template's own example left out."""
    sheet = next(sheet for sheet in sheets if sheet.name == header.sheet)
    letters = set(header.columns.values())
    example = {column.field: column.example for column in kind.columns if column.example}
    return [
        line
        for line in sheet.lines
        if line.number > header.last_line
        and any(letter in line.cells or letter in line.faults for letter in letters)
        and (not example or example != _said(line, header.columns))
    ]


def _said(line: Line, columns: Mapping[str, str]) -> dict[str, str]:
    return {field: line.cells[letter] for field, letter in columns.items() if letter in line.cells}


def judge(lines: Sequence[Line], columns: Mapping[str, str], kind: ImportKind, context: Context) -> list[BatchRow]:
    """A row for each line, with its verdict; not saved."""
    kind.prepare(context)
    rows = [_parse(line, columns, kind, context) for line in lines]
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
    for column in kind.columns:
        if column.required and not cells[column.field] and column.field not in faults:
            problems.append(Problem(field=column.field, sentence="不能为空。"))
    parsed = kind.parse_row(cells, context)
    told = {problem.field for problem in problems}
    problems += [problem for problem in parsed.problems if not problem.field or problem.field not in told]
    return BatchRow(
        line=line.number,
        raw=line.cells,
        parsed=parsed.values,
        row_key="" if problems else kind.row_key(parsed.values, context)[:160],
        verdict=Verdict.BAD if problems else Verdict.NEW,
        problems=[as_json(line.number, problem, kind) for problem in problems],
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
            row.problems, row.verdict = [as_json(row.line, problem, kind)], Verdict.BAD
        first.setdefault(row.row_key, row.line)


def _compare(row: BatchRow, existing: Existing | None, kind: ImportKind) -> None:
    if existing is None:
        row.verdict, row.changes, row.target_key = Verdict.NEW, [], ""
        return
    row.target_key = existing.target_key
    said = row.values
    row.changes = [
        _change(name, old, said.get(name), kind) for name, old in existing.values.items() if old != said.get(name)
    ]
    row.verdict = Verdict.CHANGED if row.changes else Verdict.EQUAL


def _change(name: str, old: Any, new: Any, kind: ImportKind) -> dict[str, str]:
    return {"field": name, "label": kind.label_of(name), "old": kind.show(name, old), "new": kind.show(name, new)}
