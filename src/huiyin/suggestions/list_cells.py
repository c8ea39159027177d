"""Reading the cells of the congress office's list as it comes: names with brackets, numbers with 第 and 号, how many
signed (practice 20); units in list_units.py. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.suggestions.rules import BROUGHT_BY_DEPUTIES, SUGGESTION_KIND_LABELS, SuggestionKind

_AND_MORE: Final = re.compile(r"等\s*\d*\s*(?:人|位代表|名代表|位)?$")
_BRACKET: Final = re.compile(r"[（(]([^（）()]*)[）)]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}.*")  # what a spreadsheet makes of 3-5
_NOUNS: Final = "建议|提案|批评|意见|编号|案号"
_BEFORE: Final = re.compile(rf"^['’‘`]*(?:代表)?(?:(?:{_NOUNS})[:：]?)*(?:第|NO\.?|№)?", re.IGNORECASE)
_AFTER: Final = re.compile(r"号?(?:建议|提案|案)?$")
_BETWEEN_SESSIONS: Final = re.compile(r"^[（(]?闭会?(?:期间)?[）)]?第?")
_NUMBER: Final = re.compile(r"[\w\-〔〕\[\]]+")
_DASHES: Final = str.maketrans("－—–‐−", "-----")
_LIKE_DIGITS: Final = {  # Latin, Cyrillic and Greek letters that pass for digits
    "o": "0", "O": "0", "\u043e": "0", "\u041e": "0", "\u03bf": "0", "\u039f": "0",
    "l": "1", "I": "1", "i": "1", "|": "1",
}  # fmt: skip
_LETTERS: Final = "".join(_LIKE_DIGITS)
_STRAY: Final = re.compile(rf"(?:(?<=[\d{_LETTERS}])|^(?=[lo|]\d))[{_LETTERS}](?=[\d{_LETTERS}]|$)")
_COUNT: Final = re.compile(r"(\d{1,4})\s*(?:人|名|位)?(?:代表)?$")
NUMBER_LENGTH: Final = 40
_ENOUGH_TO_TELL: Final = 3  # numbers of one length, for another length to look odd


class CellUnreadable(Refusal):
    """The cell says something that cannot be taken as it stands."""

    code = "suggestions.cell_unreadable"


def read_names(text: str) -> tuple[str, ...]:
    """The names in a cell: 李样本、阿依·示例（第三代表团）等7人 gives two."""
    text = _AND_MORE.sub("", _BRACKET.sub("", normalise(text)))
    pieces = re.split(r"[、，,；;\n/]+|\s{2,}", text)
    names = [re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", piece).strip() for piece in pieces]
    return tuple(dict.fromkeys(_AND_MORE.sub("", name).strip() for name in names if name))


def read_kind(text: str) -> SuggestionKind:
    """建议, 批评 or 意见, also as 批评类. Raises CellUnreadable."""
    said = normalise(text).removesuffix("类")
    for kind in BROUGHT_BY_DEPUTIES:
        if said == SUGGESTION_KIND_LABELS[kind]:
            return kind
    raise CellUnreadable(f"应填建议、批评或者意见；这里写的是“{text}”。")


def read_number(text: str) -> str:
    """162001 from 162001, 第162001号, 162 001, １６２００１ or 162001.0; 闭160002 stays. Raises CellUnreadable."""
    solid = _solid(text)
    if _DAY.fullmatch(solid):
        raise CellUnreadable(f"编号“{text}”像是日期，请把这一格改成文本格式再填编号。")
    if solid and re.fullmatch(r"\d+(?:\.\d+)?[eE]\+?\d+", solid):
        raise CellUnreadable(f"编号“{text}”被 Excel 改成了科学计数，请把这一格改成文本格式再填编号。")
    stray = sorted(set(_STRAY.findall(solid)))
    if stray:
        meant = _STRAY.sub(lambda hit: _LIKE_DIGITS[hit[0]], solid)
        said = "、".join(f"字母“{letter}”（应为数字{_LIKE_DIGITS[letter]}？）" for letter in stray)
        raise CellUnreadable(f"编号“{text}”里有{said}。请核对，是{meant}的请改成{meant}。")
    if not _NUMBER.fullmatch(solid) or len(solid) > NUMBER_LENGTH:
        raise CellUnreadable(f"编号“{text}”不像建议编号，应如 162001 或者 闭160002。")
    return solid


def _solid(text: str) -> str:
    """A number without what people write around it and between its digits."""
    cleaned = re.sub(r"\s", "", normalise(unicodedata.normalize("NFKC", text), half_width=True)).translate(_DASHES)
    cleaned = _AFTER.sub("", _BEFORE.sub("", cleaned))
    return re.sub(r"^(\d+)\.0+$", r"\1", _BETWEEN_SESSIONS.sub("闭", cleaned))


def number_note(text: str, number: str) -> str:
    """A sentence where the number was read otherwise than it stands in its cell; 第 and 号 need none."""
    plain = re.sub(r"^第|号$", "", normalise(text))
    return "" if plain == number else f"写的是“{text}”，按“{number}”读取。"


def odd_lengths(numbers: Sequence[str]) -> list[str]:
    """A sentence for each number shorter than its list's others, as spreadsheets drop leading zeros; else ""."""
    lengths = Counter(len(number) for number in numbers if number.isdecimal())
    usual, count = max(lengths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    if count < _ENOUGH_TO_TELL:
        return [""] * len(numbers)
    return [
        f"只有{len(number)}位，其余多为{usual}位。开头的0可能被 Excel 去掉了，请核对。"
        if number.isdecimal() and len(number) < usual
        else ""
        for number in numbers
    ]


def read_count(text: str) -> int | None:
    """6 from 6, 6人 or 6名代表; None for an empty cell. Raises CellUnreadable."""
    cleaned = re.sub(r"\.0+$", "", normalise(text, half_width=True))
    if not cleaned or cleaned in {"无", "-", "—", "/"}:
        return None
    hit = _COUNT.fullmatch(cleaned)
    if hit is None:
        raise CellUnreadable(f"附议人数应为数字，这里写的是“{text}”。")
    return int(hit[1])


def digits_of(number: str) -> str:
    """The digits of a number, by which a Word file's name is matched."""
    return re.sub(r"\D", "", number)
