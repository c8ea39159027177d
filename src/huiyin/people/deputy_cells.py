"""Reading the cells of a register of deputies as it comes: 第十六届 or 16, 男, 汉, 1975年3月. Plain Python."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from huiyin.kernel.numerals import ordinal_before, parse_chinese_ordinal
from huiyin.kernel.refusals import Refusal
from huiyin.people.ethnicities import ETHNICITIES, ethnicity_code

_SEXES: Final = {"男": "男", "女": "女", "未填": "", "未说明": ""}
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:[-/.年].*|[0-9]{2,4})?")


class CellUnreadable(Refusal):
    """The cell says something that cannot be taken as it stands."""

    code: ClassVar[str] = "people.cell_unreadable"


def read_sex(text: str) -> str:
    """男 or 女, "" for 未说明. Raises CellUnreadable."""
    plain = text.removesuffix("性")
    if plain not in _SEXES:
        raise CellUnreadable(f"应写男或者女；这里写的是“{text}”。")
    return _SEXES[plain]


def read_ethnicity(text: str) -> str:
    """汉族 for 汉 or 汉族. Raises CellUnreadable."""
    try:
        return ETHNICITIES[ethnicity_code(text)]
    except KeyError:
        raise CellUnreadable(f"应写民族名称，如“汉族”；没有叫“{text}”的民族。") from None


def read_birth_year(text: str) -> int:
    """The year of 1975, 1975年3月, 1975-03-02 or 197503. Raises CellUnreadable."""
    found = _YEAR.fullmatch(text)
    if not found:
        raise CellUnreadable(f"应写四位数的年份，如1975；这里写的是“{text}”。")
    return int(found[1])


def read_term(text: str) -> int:
    """The number of 16, 十六, 第十六届 or 第十六届人大. Raises CellUnreadable."""
    try:
        term = ordinal_before(text, "届") or parse_chinese_ordinal(text)
    except ValueError:
        term = 0
    if not 0 < term < 100:
        raise CellUnreadable(f"应写届次，如“第十六届”或者16；这里写的是“{text}”。")
    return term
