"""The text of a report: names of figures in 【】 become figures, numbers typed by hand are checked. No Django.

A block is JSON: {"kind": "paragraph", "pieces": […]}, {"kind": "table", "rows": [[pieces, …], …], "widths": […]} or
{"kind": "annex", "title": …, "blocks": […]}; a piece is {"text": …} with "figure" (a code) or "matter" (a key) where it
opens records. The blocks of an issued report are stored as they are: the next print is the same to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from huiyin.gongwen.structure import Annex, Block, Paragraph, Table, block_of
from huiyin.kernel.text import placeholders
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure, Unit, percent_text, tenths

Piece = dict[str, Any]
JsonBlock = dict[str, Any]
TABLE: Final = "表："
_NAME: Final = re.compile(r"【([^【】\n]{1,60})】")
_NOT_TYPED: Final = re.compile(r"【[^【】\n]{1,60}】|《[^《》\n]{1,300}》")
_MATTER: Final = re.compile(r"(?:闭会期间)?第(?:[0-9A-Za-z\u4e00-\u9fff-]{1,20}?)号(?=建议|提案)")
_TYPED: Final = re.compile(r"(?<![0-9.．])([0-9]{1,9}(?:\.[0-9]{1,4})?)\s*(件|人次|项|%|％)")


def rendered(
    text: str, figures: Mapping[str, Figure], tables: Mapping[str, JsonBlock], cases: Sequence[Case]
) -> list[JsonBlock]:
    """The text with every name replaced; a name nobody knows stays as it was typed."""
    by_label = {figure.label: figure for figure in figures.values()}
    numbers = {words: case.id for case in cases for words in (f"第{case.number}号", case.numbered)}
    blocks: list[JsonBlock] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        hit = _NAME.fullmatch(line)
        if hit and hit[1].removeprefix(TABLE) in tables and hit[1].startswith(TABLE):
            blocks.append(tables[hit[1].removeprefix(TABLE)])
        else:
            blocks.append({"kind": "paragraph", "pieces": list(_pieces(line, by_label, numbers))})
    return blocks


def _pieces(line: str, by_label: Mapping[str, Figure], numbers: Mapping[str, int]) -> Iterator[Piece]:
    at = 0
    for hit in _NAME.finditer(line):
        figure = by_label.get(hit[1])
        if figure is not None:
            yield from _with_matters(line[at : hit.start()], numbers)
            yield piece(figure)
            at = hit.end()
    yield from _with_matters(line[at:], numbers)


def _with_matters(text: str, numbers: Mapping[str, int]) -> Iterator[Piece]:
    at = 0
    for hit in _MATTER.finditer(text):
        if hit[0] in numbers:
            if text[at : hit.start()]:
                yield {"text": text[at : hit.start()]}
            yield {"text": hit[0], "matter": numbers[hit[0]]}
            at = hit.end()
    if text[at:]:
        yield {"text": text[at:]}


def piece(figure: Figure) -> Piece:
    """A figure as a piece of a line."""
    return {"text": figure.value, "figure": figure.code}


def gongwen_blocks(blocks: Iterable[JsonBlock]) -> tuple[Block, ...]:
    """The blocks as an official paper has them; annexes are left to `annexes`."""
    found: list[Block] = []
    for block in blocks:
        if block["kind"] == "table":
            rows = tuple(tuple(map(plain, row)) for row in block["rows"])
            found.append(Table(rows, tuple(block.get("widths", ()))))
        elif block["kind"] == "paragraph":
            text = plain(block["pieces"])
            found.append(block_of(text) if text else Paragraph(""))
    return tuple(found)


def annexes(blocks: Iterable[JsonBlock]) -> tuple[Annex, ...]:
    """The annexes among the blocks."""
    return tuple(Annex(each["title"], gongwen_blocks(each["blocks"])) for each in blocks if each["kind"] == "annex")


def plain(pieces: Iterable[Piece]) -> str:
    """The pieces as one text."""
    return "".join(str(each["text"]) for each in pieces)


@dataclass(frozen=True)
class Doubt:
    """A number typed by hand that no computed figure bears out; line counts from 1."""

    line: int
    number: str
    words: str


def doubts(text: str, figures: Iterable[Figure]) -> list[Doubt]:
    """Numbers before 件, 人次, 项 and % that are none of the computed ones; in titles and names nothing is checked."""
    counts, percents = _borne_out(figures)
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        typed = _NOT_TYPED.sub(lambda hit: "　" * len(hit[0]), line)
        for hit in _TYPED.finditer(typed):
            known = percents if hit[2] in "%％" else counts[Unit(hit[2])]
            if _plain_number(hit[1]) not in known:
                words = line[max(hit.start() - 12, 0) : hit.end() + 6]
                found.append(Doubt(number, hit[1] + hit[2], words))
    return found


def _borne_out(figures: Iterable[Figure]) -> tuple[dict[Unit, set[str]], set[str]]:
    """Counts by unit, and percentages with one decimal and rounded to whole ones."""
    counts: dict[Unit, set[str]] = {unit: set() for unit in Unit}
    percents: set[str] = set()
    for figure in figures:
        counts[figure.unit] |= {str(len(figure.counted)), str(figure.n)}
        if figure.of:
            share = tenths(len(figure.counted), len(figure.of))
            whole = (share + 5) // 10
            percents |= {percent_text(share).removesuffix("%")} | (
                {str(whole)} if share % 10 and whole < 100 else set()
            )
    return counts, percents


def _plain_number(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text.lstrip("0") or "0"


def unknown_names(text: str, figures: Iterable[Figure], tables: Iterable[str]) -> list[str]:
    """Names in 【】 that stand for nothing."""
    known = {figure.label for figure in figures} | {TABLE + name for name in tables}
    return [name for name in dict.fromkeys(_NAME.findall(text)) if name not in known]


def faults(text: str, figures: Iterable[Figure], tables: Iterable[str]) -> list[str]:
    """What keeps a text from being issued, each a sentence."""
    found = [f"【{name}】不是统计项目的名称，请对照右侧名称表改正。" for name in unknown_names(text, figures, tables)]
    for hit in placeholders(_NAME.sub("", text)):
        found.append(f"第{hit.line}行有没填的内容：“{hit.snippet}”，请补全。")
    return found if text.strip() else ["正文还是空的，请填写。"]
