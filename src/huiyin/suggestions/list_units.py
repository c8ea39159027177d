"""Reading the units of a suggestion, all in one cell or in columns of their own, in the forms congress offices write
them (practice 20). Plain Python."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from huiyin.kernel.text import normalise
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole
from huiyin.suggestions.list_cells import CellUnreadable
from huiyin.suggestions.wording import place_of

ROLE_WORDS: Final = {
    "独办": HandlerRole.SOLE,
    "单办": HandlerRole.SOLE,
    "单独办理": HandlerRole.SOLE,
    "单独承办": HandlerRole.SOLE,
    "承办": HandlerRole.SOLE,
    "主办": HandlerRole.LEAD,
    "牵头": HandlerRole.LEAD,
    "牵头办理": HandlerRole.LEAD,
    "协办": HandlerRole.ASSIST,
    "会办": HandlerRole.ASSIST,
    "协助": HandlerRole.ASSIST,
    "配合": HandlerRole.ASSIST,
    "分办": HandlerRole.SEPARATE,
    "分别办理": HandlerRole.SEPARATE,
}
_SHORT: Final = {"主": "主办", "协": "协办", "会": "会办", "独": "独办", "分": "分办"}  # with a colon or in brackets
_LONG: Final = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_LABEL: Final = rf"(?:{_LONG})(?:单位|部门)?|[{''.join(_SHORT)}]"
_O, _C = re.escape("（(【〔["), re.escape("）)】〕]")
_WITHIN: Final = re.compile(rf"[{_O}]\s*({_LABEL})\s*[:：]([^{_O}{_C}]*)[{_C}]")
_MARK: Final = re.compile(rf"[{_O}]\s*({_LABEL})\s*[{_C}]\s*[:：]?")
_SPACED: Final = re.compile(rf"(^|\s)({_LONG})(?:单位|部门)?\s+(?=\S)")
_GROUP: Final = re.compile(rf"(?:^|[；;。，,、\s])\s*({_LABEL})\s*[:：]")
_TAIL: Final = re.compile(rf"（({_LABEL})）$")
_BARE_TAIL: Final = re.compile(rf"({_LONG})$")
_TOGETHER: Final = re.compile(r"会同")
_BETWEEN: Final = re.compile(r"[、，,；;\n/。]+")
_BRACKET: Final = re.compile(rf"[{_O}][^{_O}{_C}]*[{_C}]")
_SHORTEST_UNIT: Final = 3  # characters: 市检察院 市司法局 are two, 市 检 察 院 is one
Named = list[tuple[HandlerRole | None, str]]


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


def read_role(text: str) -> HandlerRole:
    """Our part from a column of its own: 主办, 协办, 主办单位. Raises CellUnreadable."""
    word = re.sub(r"(?:单位|部门)$", "", re.sub(r"\s", "", normalise(text)))
    role = ROLE_WORDS.get(_SHORT.get(word, word))
    if role is None:
        raise CellUnreadable(f"应为{'、'.join(HANDLER_ROLE_LABELS.values())}，这里写的是“{text}”。")
    return role


def in_one_cell(leading: str, assisting: str) -> str:
    """What two columns 主办单位 and 协办单位 say, as if it stood in one."""
    said = [("主办", leading), ("协办", assisting)]
    return "；".join(f"{label}：{text.strip()}" for label, text in said if text.strip())


def read_units(text: str, own: Collection[str], *, said: HandlerRole | None = None) -> Units:
    """Our role and the others' from one cell: 主办：市检察院；协办：市司法局, or 市检察院（主办）、市司法局（协办）,
    or 市检察院主办，市司法局协办, or 市检察院会同市司法局, or 市检察院 alone.

    said: our part as another column has it, where the cell does not tell. Raises CellUnreadable."""
    text = normalise(text, half_width=True)
    if not text:
        raise CellUnreadable("没有写承办单位。")
    named = _named(text, own)
    mine = [role for role, unit in named if _is_own(unit, own)]
    if not mine:
        raise CellUnreadable(f"承办单位“{text}”里没有找到本院，请核对单位名称或者不选这一行。")
    if len(set(mine)) > 1:
        raise CellUnreadable(f"承办单位“{text}”里本院出现了两种角色，请核对。")
    role = mine[0]
    if role is not None and said is not None and not _agree(role, said):
        told, column = HANDLER_ROLE_LABELS[role], HANDLER_ROLE_LABELS[said]
        raise CellUnreadable(f"这里写的是本院{told}，“办理方式”列写的是{column}，请核对。")
    rest = [(part, unit) for part, unit in named if not _is_own(unit, own)]
    if role is None and said is HandlerRole.ASSIST and len(rest) == 1:
        rest = [(HandlerRole.LEAD, rest[0][1])]
    return _ours(said if role is None else role, rest)


def _agree(role: HandlerRole, said: HandlerRole) -> bool:
    return role is said or {role, said} == {HandlerRole.SOLE, HandlerRole.LEAD}


def _ours(role: HandlerRole | None, rest: Named) -> Units:
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


def _named(text: str, own: Collection[str]) -> Named:
    """Every unit with the part written for it."""
    text = _WITHIN.sub(lambda hit: f"；{hit[1]}：{hit[2]}；", text)
    stands_before = _MARK.match(text) is not None  # 【主办】市检察院, and not 市检察院（主办）
    text = _MARK.sub(lambda hit: f"；{hit[1]}：" if stands_before else f"（{hit[1]}）、", text)
    if _SPACED.match(text) and not _GROUP.search(text):
        text = _SPACED.sub(lambda hit: f"；{hit[2]}：", text)
    if _GROUP.search(text):
        return _by_group(text, own)
    named = _by_tail(text, own)
    if _TOGETHER.search(text) and all(role is None for role, _ in named):
        first, *others = [unit for each in _TOGETHER.split(text) for unit in _split(each, own)]
        named = [(HandlerRole.LEAD, _who(first)), *((HandlerRole.ASSIST, _who(unit)) for unit in others)]
    return named


def _by_group(text: str, own: Collection[str]) -> Named:
    marks = list(_GROUP.finditer(text))
    before = _split(text[: marks[0].start()], own)
    if before and not all(_TAIL.search(unit) for unit in before):
        raise CellUnreadable(f"承办单位“{text.strip('；')}”开头的单位没有写明主办还是协办。")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found: Named = [(_role(_TAIL, unit), _who(_TAIL.sub("", unit))) for unit in before]
    for mark, end in zip(marks, ends, strict=True):
        role = ROLE_WORDS[_word(mark[1])]
        found += [(_role(_TAIL, unit) or role, _TAIL.sub("", unit)) for unit in _split(text[mark.end() : end], own)]
    return found


def _by_tail(text: str, own: Collection[str]) -> Named:
    found: Named = []
    for unit in _split(text, own):
        end = _TAIL if _TAIL.search(unit) else _BARE_TAIL
        found.append((_role(end, unit), _who(end.sub("", unit))))
    if any(role for role, _ in found) and not all(role for role, _ in found):
        # 市检察院、市中级法院（主办）: a mark holds for the unmarked names before it
        for place in range(len(found) - 2, -1, -1):
            if found[place][0] is None:
                found[place] = (found[place + 1][0], found[place][1])
    return [(role, unit) for role, unit in found if unit]


def _role(end: re.Pattern[str], unit: str) -> HandlerRole | None:
    hit = end.search(unit)
    return ROLE_WORDS[_word(hit[1])] if hit else None


def _word(label: str) -> str:
    plain = re.sub(r"(?:单位|部门)$", "", label)
    return _SHORT.get(plain, plain)


def _who(unit: str) -> str:
    """市检察院 from 由市检察院, 市司法局 from 市司法局办理 or 市司法局共同."""
    return re.sub(r"(?:共同|联合|负责|办理)+$", "", re.sub(r"^(?:由|请|交)", "", unit))


def _split(text: str, own: Collection[str]) -> list[str]:
    units = []
    for piece in _BETWEEN.split(text):
        words = piece.split()
        apart = len(words) > 1 and min(map(len, words)) >= _SHORTEST_UNIT and _plain(piece) not in own
        units += [_plain(word) for word in (words if apart else [piece])]
    return [unit for unit in units if unit]


def _is_own(unit: str, own: Collection[str]) -> bool:
    return unit in own or _BRACKET.sub("", unit) in own


def _plain(unit: str) -> str:
    return re.sub(r"\s+", "", unit).strip("。.；;：:")
