"""Places side by side: what each stack of books rules on the questions where places differ, with its article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from huiyin.desk.books import showing
from huiyin.desk.books.labels import CONSENTS, DIMENSIONS, REPLY_MODES, TRIGGERS
from huiyin.desk.books.wording import merged, said, title_of
from huiyin.regulations.books import (
    Book,
    Cadence,
    Entry,
    ExtensionRule,
    Limit,
    MergingRule,
    Outcome,
    RatingRule,
    RatingScale,
    Redo,
    ReplyTo,
    RequiredContact,
    Stack,
    WithdrawalRule,
)

SILENT: Final = "未作规定"
_PLACE: Final = re.compile(r"^[\u4e00-\u9fff]{2,6}?[省市]")


@dataclass(frozen=True)
class Column:
    """One stack beside the others. `own`: whether it is the one the office stands on."""

    code: str
    label: str
    note: str
    stack: Stack
    own: bool = False


@dataclass(frozen=True)
class Cell:
    """What one stack says, and where it says so. `differs`: another answer than the first column's."""

    column: str
    text: str
    bases: tuple[str, ...]
    unconfirmed: bool
    differs: bool


@dataclass(frozen=True)
class Row:
    """One question; `differs`: whether the stacks answer it in more than one way."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.cells)


Entries = Callable[[Stack, date], Sequence[Entry]]
Words = Callable[[Entry], str]


def _limit(code: str) -> tuple[Entries, Words]:
    return lambda stack, on: [e for e in [stack.find(Limit, code, on)] if e], lambda entry: _length(entry)


def _length(entry: Any) -> str:
    return f"{showing.length(entry)}内"


def _single(kind: type[Entry], words: Callable[[Any], str]) -> tuple[Entries, Words]:
    return lambda stack, on: stack.all(kind, on), words


def _redo(entry: Redo) -> str:
    return f"{DIMENSIONS[entry.dimension]}：{TRIGGERS[entry.trigger]}时"


def _titled(entry: Any) -> str:
    words = said(entry)
    return f"{title_of(entry)}：{words}" if words else title_of(entry)


def _scale(entry: RatingScale) -> str:
    return f"{DIMENSIONS[entry.code]}：{'、'.join(option.label for option in entry.options)}"


def _outcome(entry: Outcome) -> str:
    return f"{entry.mark}＝{entry.title}" if entry.mark else entry.title


def _rating(entry: RatingRule) -> str:
    silent = "不计入满意率" if entry.silent_leave_denominator else "仍计入满意率"
    return f"提醒{entry.reminders}次，仍不评价的{silent}"


QUESTIONS: Final[tuple[tuple[str, tuple[Entries, Words]], ...]] = (
    ("闭会期间的建议，人大机构多久交办", _limit("SUG_ASSIGN_BETWEEN")),
    ("不属本院职责，多久退回", _limit("SUG_RETURN")),
    ("退回以后，人大机构多久重新交办", _limit("SUG_REASSIGN")),
    ("首次联系代表", _limit("SUG_FIRST_CONTACT")),
    ("协办意见", _limit("SUG_ASSIST")),
    ("协办意见没有实质内容的，重新提出", _limit("SUG_ASSIST_REDO")),
    ("答复", _limit("SUG_REPLY")),
    ("最长", _limit("SUG_CAP")),
    ("延期经谁同意", _single(ExtensionRule, lambda entry: CONSENTS[entry.consent])),
    ("撤回经谁同意", _single(WithdrawalRule, lambda entry: CONSENTS[entry.consent])),
    ("内容相同的能不能并案办理", _single(MergingRule, merged)),
    ("联名建议答复谁", _single(ReplyTo, lambda entry: REPLY_MODES[entry.mode])),
    ("办理结果和字母标注", _single(Outcome, _outcome)),
    ("代表多久评价", _limit("SUG_RATING")),
    ("逾期不评价", _single(RatingRule, _rating)),
    ("评价等次", _single(RatingScale, _scale)),
    ("什么情况重新办理", _single(Redo, _redo)),
    ("重新办理多久答复", _limit("SUG_REDO")),
    ("必须怎样联系代表", _single(RequiredContact, _titled)),
    ("定期报告和联系", _single(Cadence, _titled)),
    ("政协提案答复（全会期间）", _limit("PRO_REPLY")),
    ("政协提案答复（闭会期间）", _limit("PRO_REPLY_BETWEEN")),
    ("政协提案最长", _limit("PRO_CAP")),
    ("政协提案重新办理", _limit("PRO_REDO")),
)


def compared(columns: Sequence[Column], on: date) -> list[Row]:
    """Every question on which at least one of the stacks speaks; cells are measured against the first column."""
    rows = []
    for label, (entries, words) in QUESTIONS:
        found = [tuple(entries(column.stack, on)) for column in columns]
        if any(found):
            first = _text(found[0], words)
            cells = (_cell(column, each, words, first) for column, each in zip(columns, found, strict=True))
            rows.append(Row(label, tuple(cells)))
    return rows


def _cell(column: Column, entries: Sequence[Entry], words: Words, first: str) -> Cell:
    text = _text(entries, words)
    bases = dict.fromkeys(f"{entry.basis.instrument} {entry.basis.article}：{entry.basis.summary}" for entry in entries)
    doubtful = any(entry.basis.unconfirmed for entry in entries)
    return Cell(column.label, text, tuple(bases), doubtful, text != first)


def _text(entries: Sequence[Entry], words: Words) -> str:
    return "\n".join(words(entry) for entry in entries) or SILENT


def place_of(book: Book) -> str:
    """重庆市 from the title of its rules; the whole title where it names no place."""
    hit = _PLACE.match(book.title)
    return hit[0] if hit else book.title
