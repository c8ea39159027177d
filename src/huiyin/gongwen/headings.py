"""The four levels of numbering in an official text: 一、 （一） 1. （1）."""

import re
from typing import Final

_NUMERAL: Final = "[一二三四五六七八九十百]+"
# 一、二审 is an enumeration, 1.5 a quantity: neither is a heading.
_PATTERNS: Final = (
    (1, re.compile(rf"{_NUMERAL}、(?![一二三四五六七八九十])")),
    (2, re.compile(rf"[（(]{_NUMERAL}[）)]")),
    (3, re.compile(r"\d{1,3}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[（(]\d{1,3}[）)]")),
)
_LEVELS_WITH_OWN_FACE: Final = (1, 2)


def heading_level(line: str) -> int | None:
    """The level that the number at the line's beginning gives it, None for running text."""
    return next((level for level, pattern in _PATTERNS if pattern.match(line)), None)


def split_heading(level: int, text: str) -> tuple[str, str]:
    """The heading proper and the text that runs on after it; levels 3 and 4 look like running text and stay whole."""
    stop = text.find("。") + 1 if level in _LEVELS_WITH_OWN_FACE else 0
    return (text[:stop], text[stop:]) if 0 < stop < len(text) else (text, "")
