"""Kinds of import: what a list of suggestions or a register of deputies looks like, and what becomes of its rows.

A room above describes its kind once and registers it in `AppConfig.ready()`; reading, mapping, previewing, choosing and
flipping are the engine's. The engine calls a kind in this order, for all rows of a list:

1. `prepare(context)`: look up once what many rows need, into `context.memory`.
2. `parse_row(cells, context)`: cells by field, as cleaned text → values (JSON) and problems.
3. `row_key(values, context)`: what makes a row the same row in next week's corrected list.
4. `find_existing(keys, context)`: the records that already stand in the house. The engine compares field by field.
5. `apply(row, context, actor)`: make or change one record, inside the flip's operation; returns the record's key.

Steps 1-4 only read. They run at staging and again when the batch is flipped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from huiyin.audit.actors import Actor
from huiyin.files.models import StoredFile
from huiyin.imports.reading.cells import as_day as as_day  # kinds read days alike
from huiyin.organisations.models import Post, Procuratorate

Values = dict[str, Any]  # JSON: text, numbers, lists, None; days as ISO text


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the list.

    label: its heading in our template; synonyms: other headings it comes under (spaces, brackets and case do not
    count). required: without such a column the list cannot be read, and an empty cell is a problem of its row.
    instead_of: the required column this one may stand for, alone or with its like (主办单位 and 协办单位 for 承办单位).
    offered: stands in our template; others are read where a list has them. note: a sentence for the template's second
    sheet."""

    field: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    note: str = ""
    width: int = 14  # in the template, in characters
    instead_of: str = ""
    offered: bool = True


class Input(StrEnum):
    """How a fact said once per list is asked for."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True)
class HeaderField:
    """A fact said once per list (practice 20): 来文号, 交办日, 收到日, body, term, session.

    choices: (value, label) pairs offered to an office; only for Input.CHOICE. names: the same with those no longer
    offered, by which older lists are shown. In `Batch.header` a date stands as ISO text, a number as int, everything
    else as text; a field left empty is missing. remembered: the next list of the office is offered what the last one
    said."""

    field: str
    label: str
    input: Input = Input.TEXT
    required: bool = False
    help_text: str = ""
    choices: Callable[[Procuratorate], Sequence[tuple[str, str]]] | None = None
    names: Callable[[Procuratorate], Sequence[tuple[str, str]]] | None = None
    remembered: bool = False


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a kind may know while it reads a list. `memory` is its own, empty at the start of each pass."""

    procuratorate: Procuratorate
    header: Mapping[str, Any]
    post: Post  # whose batch it is
    at: datetime
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one cell; field "" means the row. The engine says row and column before the sentence."""

    field: str
    sentence: str  # 应写日期，如 2026-03-02；这里写的是“三月初”。


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """What a row says. With problems it is a bad row, and values may be incomplete.

    notes: what was read otherwise than it stands there; the preview shows them, the row goes in."""

    values: Values
    problems: Sequence[Problem] = ()
    notes: Sequence[Problem] = ()


@dataclass(frozen=True, kw_only=True)
class Existing:
    """A record that already stands in the house under a row's key.

    values: the fields to compare with the row's, in the same JSON forms; fields that one of the two does not name are
    not compared, nor in what order the entries of a list stand. originals: those on its file, by digest (sha256) their
    name; None: it takes none any more. notes: what of a row is passed over, and why; the preview shows them."""

    target_key: str
    values: Values
    originals: Mapping[str, str] | None = None
    notes: Sequence[Problem] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A chosen row on its way in. target_key is "" for a new record; changes names the fields that differ.

    Where changes names "original", the record known already is to be given the row's original."""

    line: int  # as the sender's spreadsheet counts
    values: Values
    target_key: str
    changes: Sequence[str]
    original: StoredFile | None  # the Word original matched by number


def show_plainly(name: str, value: Any) -> str:
    """A value as a reader of the preview sees it; a kind may bring its own."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _nothing(context: Context) -> None:
    """Most kinds need no preparation."""


def _no_notes(rows: Sequence[Values]) -> Sequence[Sequence[Problem]]:
    """Most kinds judge each row alone."""
    return [()] * len(rows)


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """One kind of list. `verb` is the declared right that staging and flipping ask for."""

    code: str  # "suggestions.list"
    label: str  # 代表建议清单
    verb: str  # "suggestions.import"
    columns: tuple[Column, ...]
    header_fields: tuple[HeaderField, ...] = ()
    parse_row: Callable[[Mapping[str, str], Context], Parsed]
    row_key: Callable[[Values, Context], str]
    find_existing: Callable[[Sequence[str], Context], Mapping[str, Existing]]
    apply: Callable[[Row, Context, Actor], str]
    prepare: Callable[[Context], None] = _nothing
    review: Callable[[Sequence[Values]], Sequence[Sequence[Problem]]] = _no_notes  # notes that only the whole shows
    show: Callable[[str, Any], str] = show_plainly
    labels: Mapping[str, str] = field(default_factory=dict)  # of values that are no column, for the preview
    usual: Callable[[Procuratorate], Mapping[str, Any]] = lambda office: {}  # header of an office without a list yet
    secret: frozenset[str] = frozenset()  # fields kept encrypted while the list waits: phones, addresses
    original_number: Callable[[Values], str] | None = None  # digits by which a Word file's name is matched
    notes: tuple[str, ...] = ()  # further lines for the template's second sheet
    spread: frozenset[str] = frozenset()  # fields that may take several lines beside one merged number
    position: int = 100  # on the page of lists
    max_rows: int = 6000
    chunk: int = 50  # rows whose `apply` together stays far below a second

    def lacking(self, found: Collection[str]) -> list[Column]:
        """The required columns for which neither they nor what may stand for them is among these fields."""
        known = set(found) | {column.instead_of for column in self.columns if column.field in found}
        return [column for column in self.columns if column.required and column.field not in known]

    def label_of(self, name: str) -> str:
        """What a field is called in the list, or in the preview."""
        return next((column.label for column in self.columns if column.field == name), self.labels.get(name, name))


_kinds: Final[dict[str, ImportKind]] = {}


def register(kind: ImportKind) -> None:
    """Add a kind; the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"import kind {kind.code} registered twice")
    _kinds[kind.code] = kind


def kind_of(code: str) -> ImportKind:
    """The registered kind. Raises KeyError."""
    return _kinds[code]


def kinds() -> list[ImportKind]:
    """All registered kinds, the one most used first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.position, kind.code))
