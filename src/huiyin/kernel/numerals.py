"""Chinese numerals and dates as official documents write them (GB/T 15835 usage: ordinals in Chinese, dates Arabic)."""

import re
import unicodedata
from datetime import date
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_LIMIT: Final = 10_000
_NUMERAL: Final = "[零〇一二三四五六七八九十百千0-9０-９]"


def chinese_ordinal(number: int) -> str:
    """The numeral of 1 to 9999 as it stands in 第十六届: 16 gives 十六, 101 gives 一百零一. Raises ValueError."""
    if not 0 < number < _LIMIT:
        raise ValueError(f"only 1 to {_LIMIT - 1}, not {number}")
    parts: list[str] = []
    places = str(number)
    for place, digit in enumerate(map(int, places)):
        if digit:
            parts.append(_DIGITS[digit] + _UNITS[len(places) - 1 - place])
        elif parts and parts[-1] != _DIGITS[0]:
            parts.append(_DIGITS[0])
    numeral = "".join(parts).rstrip(_DIGITS[0])
    return numeral.removeprefix("一") if numeral.startswith("一十") else numeral


def numbered(number: str, *, between: bool = False) -> str:
    """第162001号; of what was brought between sessions, as 闭160003 or said to be, 闭会期间第160003号."""
    bare = number.removeprefix("闭")
    return f"闭会期间第{bare}号" if between or bare != number else f"第{number}号"


def parse_chinese_ordinal(text: str) -> int:
    """The number that 十六, 第十六, 一十六 or 16 stands for. Raises ValueError for anything else."""
    text = unicodedata.normalize("NFKC", text).strip().removeprefix("第").replace("〇", _DIGITS[0])
    number = int(text) if re.fullmatch("[0-9]{1,4}", text) else _sum_of_places(text)
    canonical = chinese_ordinal(number)
    # Written back it must be what was read, or 十十 and 三百百 would be numbers too.
    if text.isdecimal() or text in {canonical, "一" + canonical}:
        return number
    raise ValueError(f"not a numeral: {text!r}")


def _sum_of_places(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _UNITS[1:]:
            total += (digit or 1) * 10 ** _UNITS.index(character)
            digit = 0
        else:
            raise ValueError(f"not a numeral: {text!r}")
    return total + digit


def ordinal_before(text: str, unit: str) -> int | None:
    """The first number written right before the unit: ("市第十六届人大二次会议", "届") gives 16, with "次" 2."""
    for hit in re.finditer(rf"({_NUMERAL}+){re.escape(unit)}", text):
        try:
            return parse_chinese_ordinal(hit[1])
        except ValueError:
            continue
    return None


def document_date(day: date) -> str:
    """A date as documents print it, without leading zeros: 2026年6月8日."""
    return f"{day.year}年{day.month}月{day.day}日"
