"""Reading the cells of the congress office's list as it comes: all units in one cell, names with brackets, numbers with
第 and 号 (practice 20). Plain Python."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.matters.rules import HandlerRole
from huiyin.suggestions.wording import place_of

ROLE_WORDS: Final = {
    "独办": HandlerRole.SOLE,
    "单独办理": HandlerRole.SOLE,
    "承办": HandlerRole.SOLE,
    "主办": HandlerRole.LEAD,
    "牵头": HandlerRole.LEAD,
    "协办": HandlerRole.ASSIST,
    "会办": HandlerRole.ASSIST,
    "分办": HandlerRole.SEPARATE,
    "分别办理": HandlerRole.SEPARATE,
}
_LABEL: Final = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_GROUP: Final = re.compile(rf"(?:^|[；;。，,、\s])\s*({_LABEL})(?:单位|部门)?\s*[:：]")
_TAIL: Final = re.compile(rf"[（(]\s*({_LABEL})(?:单位|部门)?\s*[）)]$")
_BETWEEN: Final = re.compile(r"[、，,；;\n/]+")
_AND_MORE: Final = re.compile(r"等\s*\d*\s*(?:人|位代表|名代表|位)?$")
_BRACKET: Final = re.compile(r"[（(]([^（）()]*)[）)]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}.*")  # what a spreadsheet makes of 3-5
_NUMBER: Final = re.compile(r"(?:第)?\s*([\w\-—－〔〕\[\]]+?)\s*号?$")
_COUNT: Final = re.compile(r"(\d{1,4})\s*(?:人|名|位)?(?:代表)?$")


class CellUnreadable(Refusal):
    """The cell says something that cannot be taken as it stands."""

    code = "suggestions.cell_unreadable"


@dataclass(frozen=True, kw_only=True)
class Units:
    """Our part among the units of a cell. lead_unit: who leads where we assist; others: everyone else named."""

    role: HandlerRole
    lead_unit: str = ""
    others: tuple[str, ...] = ()


def own_names(name: str, short_name: str) -> frozenset[str]:
    """How lists call an office: 样本市人民检察院, 样本市检察院, 市检察院, 检察院, its short name."""
    place = place_of(name)
    plain = name.replace("人民检察院", "检察院")
    return frozenset({name, plain, short_name, f"{place}人民检察院", f"{place}检察院", "人民检察院", "检察院"} - {""})


def read_units(text: str, own: Collection[str]) -> Units:
    """Our role and the others' from one cell: 主办：市检察院；协办：市司法局, or 市检察院（主办）、市司法局（协办）,
    or 市检察院 alone. Raises CellUnreadable."""
    text = normalise(text, half_width=True)
    if not text:
        raise CellUnreadable("没有写承办单位。")
    named = _by_group(text) if _GROUP.search(text) else _by_tail(text)
    mine = [role for role, unit in named if _plain(unit) in own]
    if not mine:
        raise CellUnreadable(f"承办单位“{text}”里没有找到本院，请核对单位名称或者不选这一行。")
    if len(set(mine)) > 1:
        raise CellUnreadable(f"承办单位“{text}”里本院出现了两种角色，请核对。")
    return _ours(mine[0], [(role, unit) for role, unit in named if _plain(unit) not in own])


def _ours(role: HandlerRole | None, rest: list[tuple[HandlerRole | None, str]]) -> Units:
    others = tuple(dict.fromkeys(unit for _, unit in rest))
    leads = [unit for part, unit in rest if part in {HandlerRole.LEAD, HandlerRole.SOLE}]
    if role is HandlerRole.ASSIST:
        if not leads:
            raise CellUnreadable("本院是协办，但没有写主办单位，协办意见不知送给谁。")
        return Units(role=role, lead_unit=leads[0], others=tuple(unit for unit in others if unit != leads[0]))
    if not others:
        return Units(role=HandlerRole.SOLE if role in {None, HandlerRole.LEAD} else role or HandlerRole.SOLE)
    if role is None:
        raise CellUnreadable("写了几个承办单位，没有写明谁主办、谁协办，请补上，如“主办：…；协办：…”。")
    return Units(role=HandlerRole.LEAD if role is HandlerRole.SOLE else role, others=others)


def _by_group(text: str) -> list[tuple[HandlerRole | None, str]]:
    marks = list(_GROUP.finditer(text))
    if text[: marks[0].start()].strip("；;。，,、 \n"):
        raise CellUnreadable(f"承办单位“{text}”开头的单位没有写明主办还是协办。")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found: list[tuple[HandlerRole | None, str]] = []
    for mark, end in zip(marks, ends, strict=True):
        found += [(ROLE_WORDS[mark[1]], unit) for unit in _split(text[mark.end() : end])]
    return found


def _by_tail(text: str) -> list[tuple[HandlerRole | None, str]]:
    units = _split(text)
    roles = [_TAIL.search(unit) for unit in units]
    found = [
        (ROLE_WORDS[mark[1]] if mark else None, _TAIL.sub("", unit)) for unit, mark in zip(units, roles, strict=True)
    ]
    if any(roles) and not all(roles):
        # 市检察院、市中级法院（主办）: a mark holds for the unmarked names before it
        for place in range(len(found) - 2, -1, -1):
            if found[place][0] is None:
                found[place] = (found[place + 1][0], found[place][1])
    return found


def _split(text: str) -> list[str]:
    return [unit for unit in (_plain(each) for each in _BETWEEN.split(text)) if unit]


def _plain(unit: str) -> str:
    return re.sub(r"\s+", "", unit).strip("。.；;：:")


def read_names(text: str) -> tuple[str, ...]:
    """The names in a cell: 李样本、阿依·示例（第三代表团）等7人 gives two."""
    text = _AND_MORE.sub("", _BRACKET.sub("", normalise(text)))
    pieces = re.split(r"[、，,；;\n/]+|\s{2,}", text)
    names = [re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", piece).strip() for piece in pieces]
    return tuple(dict.fromkeys(_AND_MORE.sub("", name).strip() for name in names if name))


def read_number(text: str) -> str:
    """162001 from 162001, 第162001号 or 162001.0; 闭160002 stays. Raises CellUnreadable."""
    cleaned = normalise(text, half_width=True)
    cleaned = re.sub(r"^(\d+)\.0+$", r"\1", cleaned)
    if _DAY.fullmatch(cleaned):
        raise CellUnreadable(f"编号“{text}”像是日期，请把这一格改成文本格式再填编号。")
    hit = _NUMBER.fullmatch(cleaned)
    if hit is None or len(hit[1]) > 40:
        raise CellUnreadable(f"编号“{text}”不像建议编号，应如 162001 或者 闭160002。")
    return hit[1]


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
