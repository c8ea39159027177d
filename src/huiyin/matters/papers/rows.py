"""Rows that most forms are made of: two facts beside each other, or one over the whole width."""

from __future__ import annotations

from datetime import date

from huiyin.gongwen.structure import Row, label, value
from huiyin.kernel.numerals import document_date


def two(first: str, one: object, second: str, other: object) -> Row:
    """Two facts in one row of a four-column form."""
    return Row((label(first), value(_text(one)), label(second), value(_text(other))))


def wide(name: str, given: object, *, height: float = 0) -> Row:
    """One fact over the whole width; height: room for handwriting, in millimetres."""
    return Row((label(name), value(_text(given), span=3)), height=height)


def _text(given: object) -> str:
    if isinstance(given, date):
        return document_date(given)
    return "" if given is None else str(given)
