"""Automatic numbers: WPS and Word keep 一、 and （一） outside the text when they number a list by themselves."""

import re
from typing import Any, Final, NamedTuple

from huiyin.gongwen.reader_package import CannotRead
from huiyin.gongwen.reader_xml import attribute, child, children, number
from huiyin.kernel.numerals import chinese_ordinal

_CHINESE: Final = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
}
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HIGHEST: Final = 9_999


class Level(NamedTuple):
    """One level of a list: its first number, format and pattern such as （%1）."""

    start: int
    form: str
    pattern: str


class Numbering:
    """Counts along while a document is read from its beginning to its end."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in children(root, "w:abstractNum"):
            self._levels[attribute(abstract, "abstractNumId")] = dict(map(_level, children(abstract, "w:lvl")))
        for one in children(root, "w:num"):
            key = attribute(one, "numId")
            self._lists[key] = attribute(child(one, "w:abstractNumId"))
            self._restarts[key] = {
                number(override, name="ilvl"): number(child(override, "w:startOverride"), 1)
                for override in children(one, "w:lvlOverride")
                if child(override, "w:startOverride") is not None
            }

    def prefix(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of this list at this depth. Raises CannotRead for bullets and the like."""
        levels = self._levels.get(self._lists.get(list_id, ""), {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[list_id], {})
        restart = self._restarts[list_id].pop(depth, None)
        counts[depth] = restart if restart is not None else counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def written(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            level = levels.get(at)
            return _written(counts.get(at, level.start), level.form) if level else ""

        if levels[depth].form == "bullet":
            raise CannotRead("项目符号")
        return re.sub("%([1-9])", written, levels[depth].pattern)


def _level(element: Any) -> tuple[int, Level]:
    return number(element, name="ilvl"), Level(
        number(child(element, "w:start"), 1),
        attribute(child(element, "w:numFmt")) or "decimal",
        attribute(child(element, "w:lvlText")),
    )


def _written(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count <= _HIGHEST:
        return chinese_ordinal(count)
    if form == "decimal":
        return str(count)
    if form == "none":
        return ""
    if form == "decimalEnclosedCircle" and 0 < count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    raise CannotRead("不支持的自动编号格式")
