"""A book as its page shows it: limits, chains drawn as steps, everything else as short tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from huiyin.desk.books.labels import KEYS, ROLLS, VALUES
from huiyin.desk.books.wording import said, step_note, title_of
from huiyin.regulations.books import Book, Chain, Entry, Limit, Stack, differences
from huiyin.regulations.books.entries import ENTRY_CLASSES
from huiyin.regulations.books.vocabulary import LEVEL_LABELS, Level
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.rules import START_LABELS, UNIT_LABELS, Counts

Row = dict[str, Any]


def period(from_on: date, until_on: date | None) -> str:
    """2022-01-01起, or 2015-08-29至2025-03-10: the last day a book holds, since `until` is exclusive."""
    if until_on is None:
        return f"{from_on}起"
    return f"{from_on}至{date.fromordinal(until_on.toordinal() - 1)}"


def book_row(version: RuleBookVersion, book: Book, place: int = 0, status: str = "") -> Row:
    """A line of the list; `status` where the office says more than the version's own."""
    return {
        "place": place,
        "pk": version.pk,
        "title": book.title,
        "issuer": book.issuer,
        "level": level_text(book.level),
        "version": book.version,
        "period": period(book.from_on, book.until_on),
        "entries": len(book.entries),
        "limits": len(book.of(Limit)),
        "unconfirmed": unconfirmed_in(book),
        "status": status or version.get_status_display(),
        "loaded": version.loaded_label,
        "loaded_at": version.loaded_at,
    }


def level_text(level: str) -> str:
    return LEVEL_LABELS[Level(level)]


def unconfirmed_in(book: Book) -> int:
    return sum(entry.basis.unconfirmed for entry in book.entries)


def limit_rows(book: Book, stack: Stack, on: date) -> list[Row]:
    """The limits of a book; `overruled` names the book that decides instead on that day."""
    rows = []
    for entry in book.of(Limit):
        holding = stack.find(Limit, entry.code, on)
        other = holding.basis.instrument if holding and holding.basis.book_code != book.code else ""
        rows.append(_basis(entry) | {"length": length(entry), "rules": _rules(entry), "overruled": other})
    return rows


def length(entry: Limit) -> str:
    """自收到之日起5个工作日; 答复期限届满之日前20个工作日."""
    start = START_LABELS[entry.starts_from]
    count = f"{entry.count}{UNIT_LABELS[entry.unit]}"
    return f"{start}前{count}" if entry.counts is Counts.BEFORE else f"自{start}起{count}"


def _rules(entry: Limit) -> str:
    parts = [ROLLS[entry.roll]]
    if entry.cap:
        parts.append(f"最长不超过 {entry.cap}")
    parts += ["可以延期"] if entry.extension_allowed else []
    parts += ["可以中止"] if entry.suspension_allowed else []
    return "；".join(parts)


def chain_rows(book: Book) -> list[Row]:
    """Each chain with its steps, as web/ui/steps.html shows steps nobody has taken yet."""
    return [
        _basis(chain)
        | {"steps": [{"label": step.label, "state": "todo", "note": step_note(step)} for step in chain.steps]}
        for chain in book.of(Chain)
    ]


def other_tables(book: Book) -> list[Row]:
    """Everything but limits and chains, a table a kind; single rules gathered into one."""
    tables = []
    for kind in ENTRY_CLASSES:
        entries = book.of(kind)
        if entries and kind not in {Limit, Chain} and not kind.single:
            tables.append({"title": kind.label, "rows": _rows(entries)})
    singles = [entry for entry in book.entries if entry.single]
    return [*tables, {"title": "其他规则", "rows": _rows(singles)}] if singles else tables


def _rows(entries: Iterable[Entry]) -> list[Row]:
    return [_basis(entry) | {"said": said(entry)} for entry in entries]


def _basis(entry: Entry) -> Row:
    basis = entry.basis
    title = entry.label if entry.single else title_of(entry)
    return {
        "code": "" if entry.single else entry.code,
        "title": title,
        "article": basis.article,
        "summary": basis.summary,
        "unconfirmed": basis.unconfirmed,
    }


def difference_rows(old: Book, new: Book) -> list[Row]:
    """Differences in words: of what, which fact, before and after."""
    titles = {f"{each.label}“{each.code}”": f"{each.label}“{title_of(each)}”" for each in (*old.entries, *new.entries)}
    titles["[book]"] = "基本信息"
    shown = []
    for row in differences(old, new):
        where = titles.get(row.where, row.where)
        if row.key:
            before, after = VALUES.get(row.old, row.old), VALUES.get(row.new, row.new)
            shown.append({"where": where, "key": KEYS.get(row.key, row.key), "old": before, "new": after})
        else:
            shown.append({"where": where, "key": "新增" if row.new else "删去", "old": row.old, "new": row.new})
    return shown
