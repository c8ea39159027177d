"""What a cell says, as text; and what such a text means as a day, a number, or several names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from huiyin.kernel.numerals import parse_chinese_ordinal
from huiyin.kernel.text import normalise

CellValue = int | float | str | bool | time | date | datetime | timedelta

TEXT_LIMIT: Final = 32_767  # what a spreadsheet program itself allows in a cell
_EXACT: Final = 2**53  # beyond it a spreadsheet has lost the last digits
_DAY: Final = re.compile(r"([0-9]{4})[-/.。、年]([0-9]{1,2})[-/.。、月]([0-9]{1,2})[日号.。]?(?: ?00:00(?::00)?)?")
_ZEROS: Final = "零〇○Oo0"  # as people type 二〇二六年
_IN_WORDS: Final = re.compile(
    rf"([{_ZEROS}一二三四五六七八九]{{4}})年([一二三四五六七八九十]{{1,3}})月([一二三四五六七八九十]{{1,3}})[日号]"
)
_WORD_DIGITS: Final = str.maketrans(f"{_ZEROS}一二三四五六七八九", "0" * len(_ZEROS) + "123456789")
_COMPACT_DAY: Final = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_FIRST_SERIAL: Final = date(1899, 12, 30)
_SERIALS: Final = range(36_526, 73_051)  # 2000-01-01 to 2099-12-31
_BETWEEN_NAMES: Final = re.compile(r"[、，,;；/／|\n\t]+|\s{2,}")


def as_text(value: CellValue) -> str:
    """The text a reader sees in the cell: 162001.0 → 162001, a day in ISO form, cleaned."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return normalise(str(value))


def is_lossy(value: CellValue) -> bool:
    """Whether the spreadsheet has lost digits of a long number that was typed without marking the column as text."""
    return isinstance(value, float) and abs(value) >= 10**15


def as_day(text: str) -> date | None:
    """The day a text names: 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 二〇二六年三月二日, 20260302 or a
    spreadsheet's day number."""
    text = unicodedata.normalize("NFKC", text).strip()
    solid = re.sub(r"\s", "", text) if "年" in text else text
    found, said = _DAY.fullmatch(solid) or _COMPACT_DAY.fullmatch(text), _IN_WORDS.fullmatch(solid)
    try:
        if found:
            return date(*map(int, found.groups()))
        if said:
            return date(int(said[1].translate(_WORD_DIGITS)), *map(parse_chinese_ordinal, said.groups()[1:]))
        serial = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
        if serial and int(serial[1]) in _SERIALS:
            return _FIRST_SERIAL + timedelta(days=int(serial[1]))
    except ValueError:
        return None
    return None


def as_number(text: str) -> int | None:
    """The whole number a text names, up to nine digits; full-width digits count."""
    text = unicodedata.normalize("NFKC", text).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def as_names(text: str) -> list[str]:
    """Several names or units from one cell, separated by 、，；/ or line breaks; a name's own · and spaces stay."""
    return list(dict.fromkeys(name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()))
