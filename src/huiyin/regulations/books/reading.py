"""From the text of a book to a Book: every fault is named, with file, table and key, before anything is refused."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any, Final

from huiyin.kernel.refusals import Refusal
from huiyin.regulations.books.checks import book_faults
from huiyin.regulations.books.entries import ENTRY_CLASSES, Book, Entry
from huiyin.regulations.books.fields import Faults, keys_of, read_fields
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.rules import Basis

SECTIONS: Final = {kind.section: kind for kind in ENTRY_CLASSES}
BOOK_KEYS: Final = {
    "code": str,
    "title": str,
    "issuer": str,
    "level": Level,
    "version": str,
    "from": date,
    "until": date | None,
    "unconfirmed": bool,
    "summary": str,
}
BOOK_DEFAULTS: Final[dict[str, Any]] = {"until": None, "unconfirmed": False, "summary": ""}
BASIS_KEYS: Final = {"article": str, "summary": str, "unconfirmed": bool}


class BookFaulty(Refusal):
    """The text is no rule book; `sentences` name every fault found."""

    code = "regulations.book_faulty"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


def load(text: str, file: str = "制度文件") -> Book:
    """The book in `text`. Raises BookFaulty with a sentence for each fault."""
    tables = _parsed(text.removeprefix("\ufeff"), file)
    faults = Faults(file)
    header = _header(tables, faults)
    if header is None:
        raise BookFaulty(faults.sentences)
    entries: list[Entry] = []
    for section, content in tables.items():
        if section == "book":
            continue
        kind = SECTIONS.get(section)
        if kind is None:
            faults.add(f"[{section}]", "没有这种表，请核对表名")
        else:
            entries += _section(kind, content, header, faults)
    book = Book(**header, entries=tuple(entries))
    faults.sentences += [f"{file}：{sentence}" for sentence in book_faults(book)]
    if faults.sentences:
        raise BookFaulty(faults.sentences)
    return book


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # besides syntax: absurd numbers, absurd nesting
        found = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第{found[1]}行第{found[2]}列" if found else "文件"
        raise BookFaulty([f"{file}：{where}不合 TOML 语法，请检查引号、等号和括号。"]) from error


def _header(tables: dict[str, Any], faults: Faults) -> dict[str, Any] | None:
    table = tables.get("book")
    if not isinstance(table, dict):
        faults.add("[book]", "缺少此表（制度的编码、名称、施行日期等）")
        return None
    before = len(faults.sentences)
    read = read_fields(BOOK_KEYS, BOOK_DEFAULTS, table, faults, "[book]")
    if len(faults.sentences) > before:
        return None
    return {{"from": "from_on", "until": "until_on"}.get(key, key): value for key, value in read.items()}


def _section(kind: type[Entry], content: Any, header: dict[str, Any], faults: Faults) -> list[Entry]:
    wanted = dict if kind.single else list
    shape = f"[{kind.section}]" if kind.single else f"[[{kind.section}]]"
    if not isinstance(content, wanted) or (isinstance(content, list) and not all(isinstance(t, dict) for t in content)):
        faults.add(shape, f"“{kind.label}”应写成 {shape} 表")
        return []
    tables = [content] if kind.single else content
    read = (_entry(kind, table, f"{shape} 第{place}项", header, faults) for place, table in enumerate(tables, 1))
    return [entry for entry in read if entry]


def _entry(
    kind: type[Entry], table: dict[str, Any], where: str, header: dict[str, Any], faults: Faults
) -> Entry | None:
    where = f"[{kind.section}]" if kind.single else f"{where}（{table['code']}）" if "code" in table else where
    if kind.single:
        table = {"code": kind.section} | table
    types, defaults, by_key = keys_of(kind)
    defaults = defaults | {"unconfirmed": header["unconfirmed"]}
    before = len(faults.sentences)
    read = read_fields(types | BASIS_KEYS, defaults, table, faults, where, bounds=by_key)
    if len(faults.sentences) > before:
        return None
    basis = Basis(
        instrument=header["title"],
        article=read.pop("article"),
        summary=read.pop("summary"),
        book_code=header["code"],
        book_version=header["version"],
        unconfirmed=read.pop("unconfirmed"),
    )
    return kind(basis=basis, **{by_key[key].name: value for key, value in read.items()})
