"""Two versions of a book side by side, a row for each thing that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from huiyin.regulations.books.entries import Book, Entry


@dataclass(frozen=True)
class Difference:
    """`where` names the entry, `key` the field ("" where a whole entry came or went); old and new as a reader says."""

    where: str
    key: str
    old: str
    new: str

    def __str__(self) -> str:
        if not self.key:
            return f"{self.where}：{'新增' if self.new else '删去'} {self.new or self.old}"
        return f"{self.where} 的 {self.key}：由 {self.old} 改为 {self.new}"


def differences(old: Book, new: Book) -> list[Difference]:
    """Header first, then entries in the order of the old book, then what is new."""
    rows = [row for row in _changed("[book]", old, new) if row.key != "entries"]
    before, after = _by_place(old), _by_place(new)
    for where, entry in before.items():
        if where in after:
            rows += _entry_changes(where, entry, after[where])
        else:
            rows.append(Difference(where, "", entry.basis.summary, ""))
    added = (where for where in after if where not in before)
    return rows + [Difference(where, "", "", after[where].basis.summary) for where in added]


def _by_place(book: Book) -> dict[str, Entry]:
    return {entry.label if entry.single else f"{entry.label}“{entry.code}”": entry for entry in book.entries}


def _entry_changes(where: str, old: Entry, new: Entry) -> Iterator[Difference]:
    yield from (row for row in _changed(where, old, new) if row.key != "basis")
    own = {"article", "summary", "unconfirmed"}
    yield from (row for row in _changed(where, old.basis, new.basis) if row.key in own)


def _changed(where: str, old: Any, new: Any) -> Iterator[Difference]:
    for each in fields(old):
        was, now = getattr(old, each.name), getattr(new, each.name)
        if was != now:
            yield Difference(where, each.metadata.get("key", each.name), _said(was), _said(now))


def _said(value: Any) -> str:
    if value is None or value == "":
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(_said(each) for each in value)
    if is_dataclass(value):
        return " ".join(_said(part) for each in fields(value) if (part := getattr(value, each.name)))
    return str(value)
