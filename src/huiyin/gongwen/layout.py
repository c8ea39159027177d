"""Measures of GB/T 9704-2012 and the arithmetic of lines, shared by all writers.

Lengths in millimetres, type sizes in points. Sources: GB/T 9704-2012, 5.2 (page), 7 (elements), 10.1 (letters)."""

import math
import unicodedata
from typing import Final, NamedTuple

PAGE: Final = (210.0, 297.0)
TOP, RIGHT, BOTTOM, LEFT = 37.0, 26.0, 35.0, 28.0
TEXT_WIDTH: Final = PAGE[0] - LEFT - RIGHT
# 22 lines on 225 mm give 28.99 pt; a little less, so that the 22nd line never moves to the next page.
LINE_PITCH: Final = 28.95
BODY_SIZE, TITLE_SIZE, SMALL_SIZE = 16.0, 22.0, 14.0
CHARS_PER_LINE: Final = 28
# 156 mm / 28 is 15.79 pt, a little less than the 16 pt of the type itself.
TRACKING: Final = -0.25

MARK_TOP: Final = 18.0
HEAD_TOP: Final = 30.0
HEAD_TO_RULE: Final = 4.0
# 7.2.4: the head of a report begins 35 mm below the upper edge of the text.
REPORT_HEAD_TOP: Final = TOP + 35.0
RULE_WIDTH: Final = 170.0
RULE_FROM_BOTTOM: Final = 20.0
# Distance of the first line from a red rule: 7/8 of a character of the body.
RULE_TO_TEXT: Final = BODY_SIZE * 7 / 8
PAGE_NUMBER_BELOW_TEXT: Final = 7.0
RED: Final = "E60012"

_HEAD_SIZES: Final = (36.0, 32.0, 28.0, 24.0, 20.0)
_MM_PER_PT: Final = 25.4 / 72
_TITLE_CHARS: Final = 20
_DATE_INDENT: Final = 4.0
# Where a title may break so that words stay whole, the best first.
_BREAK_BEFORE: Final = ("关于", "第", "《", "建议", "提案", "办理", "征询")
_BREAK_AFTER: Final = ("》", "的", "期间", "会议", "、", "，", "对")


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres / _MM_PER_PT


def width(text: str) -> float:
    """How wide a text runs, in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def head_size(organ: str) -> float:
    """Type size of the red head: the largest at which the organ's name stays on one line, 20 pt at least."""
    room = points(TEXT_WIDTH)
    return next((size for size in _HEAD_SIZES if width(organ) * size <= room), _HEAD_SIZES[-1])


def title_lines(title: str, limit: int = _TITLE_CHARS) -> list[str]:
    """The title broken into balanced lines at word ends; limit: full-width characters a line."""
    lines: list[str] = []
    left = width(title)
    while left > limit:
        share = left / math.ceil(left / limit)
        cut = min(range(1, min(len(title), 2 * limit + 1)), key=lambda at: _cost(title, at, share, limit))
        lines.append(title[:cut])
        title = title[cut:]
        left -= width(lines[-1])
    return [*lines, title]


def _cost(title: str, at: int, share: float, limit: int) -> float:
    """How ugly a break would be; what must not be parted costs more than any imbalance."""
    before, after = title[:at], title[at : at + 4]
    if width(before) > limit:
        return float("inf")
    imbalance = abs(width(before) - share)
    if _belong_together(before[-1], after[0]):
        return 1000 + imbalance
    is_good = after.startswith(_BREAK_BEFORE) or before.endswith(_BREAK_AFTER)
    return imbalance + (0 if is_good else 6)


def _belong_together(last: str, first: str) -> bool:
    """Parts of a number, a mark and what it closes, and blanks, which a break would swallow."""
    is_number = last.isascii() and last.isalnum() and first.isascii()
    return is_number or first in "》」）〕，。、号的" or last.isspace() or first.isspace()


def packed(texts: tuple[str, ...], room: float) -> list[tuple[str, ...]]:
    """Short facts in as few lines as hold them with two characters between each; room: characters a line."""
    lines: list[tuple[str, ...]] = []
    for text in texts:
        if lines and width("".join(lines[-1])) + width(text) + 2 * len(lines[-1]) <= room:
            lines[-1] += (text,)
        else:
            lines.append((text,))
    return lines


class SignatureIndents(NamedTuple):
    """Free characters to the right of the signing organ and of the date."""

    organ: float
    date: float


def signature_indents(organ: str, day: str) -> SignatureIndents:
    """Sealed papers (7.3.5.1): the date four characters from the right, the organ centred over it."""
    overhang = (width(organ) - width(day)) / 2
    date_indent = max(_DATE_INDENT, overhang)
    return SignatureIndents(date_indent - overhang, date_indent)


SIGNERS_A_ROW: Final = 3
SEAL: Final = 42.0
"""Diameter of an organ's seal in millimetres: of two that stand beside or below each other none may touch (7.3.5.1)."""


def signature_rows(organs: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Organs that sign together, host first, as many a row as seals fit side by side within the type area; the last
    row ends at the right, so that the last organ stands over the date."""
    room = points(TEXT_WIDTH / SIGNERS_A_ROW)
    a_row = SIGNERS_A_ROW if all(width(organ) * BODY_SIZE <= room for organ in organs) else SIGNERS_A_ROW - 1
    return [organs[at : at + a_row] for at in range(0, len(organs), a_row)]


def attachment_lines(names: tuple[str, ...]) -> list[str]:
    """附件说明 line by line: a single attachment without number, several numbered."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'附件：' if order == 1 else ''}{order}. {name}" for order, name in enumerate(names, start=1)]


FORM_MARGINS: Final = {"top": 24.0, "right": 22.0, "bottom": 20.0, "left": 25.0, "foot": 10.0}
LIST_MARGINS: Final = {"top": 20.0, "right": 15.0, "bottom": 18.0, "left": 15.0, "foot": 9.0}
