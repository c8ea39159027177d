"""What the other rooms ask: which rules hold for an office on a day, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from huiyin.organisations.models import Procuratorate
from huiyin.regulations.books import Book, Stack, load, stack
from huiyin.regulations.calendars import CalendarRow, DayKind, TableCalendar
from huiyin.regulations.models import CalendarDay, CalendarYear, RuleBookVersion, StackEntry

Ordered = tuple[tuple[str, str], ...]
"""Book code and sha256 of a text, widest book first."""


def stack_for(procuratorate: Procuratorate, on: date) -> Stack:
    """The books of an office as they stand on a day: approved versions begun by then. One query; an office without
    books of its own choice stands on those of the office above."""
    chosen = _texts_of(procuratorate, on)
    office: Procuratorate | None = procuratorate
    while not chosen and office is not None and office.parent_id is not None:
        office = office.parent
        chosen = _texts_of(office, on) if office is not None else ()
    return _stack_of(chosen)


def _texts_of(procuratorate: Procuratorate, on: date) -> Ordered:
    entries = StackEntry.objects.filter(procuratorate=procuratorate)
    versions = entries.filter(book__versions__status="in_force", book__versions__from_on__lte=on)
    found = versions.order_by("position", "book__versions__from_on", "book__versions__id")
    return tuple(found.values_list("book__code", "book__versions__sha256"))


@lru_cache(maxsize=64)
def _stack_of(chosen: Ordered) -> Stack:
    return stack(books_by_sha(sha for _, sha in chosen), order=dict.fromkeys(code for code, _ in chosen))


_books: dict[str, Book] = {}
"""Parsed texts by their digest: the same text is the same book for ever."""


def books_by_sha(digests: Iterable[str]) -> list[Book]:
    """The parsed books of these texts, in this order; each text is read and parsed once in a process."""
    wanted = list(digests)
    missing = [digest for digest in wanted if digest not in _books]
    if missing:
        texts = RuleBookVersion.objects.filter(sha256__in=missing).values_list("sha256", "text", "file")
        _books.update({digest: load(text, file) for digest, text, file in texts})
    return [_books[digest] for digest in wanted]


def book_of(version: RuleBookVersion) -> Book:
    """The parsed book of a version."""
    if version.sha256 not in _books:
        _books[version.sha256] = load(version.text, version.file)
    return _books[version.sha256]


def calendar() -> TableCalendar:
    """The working calendar of all published years. One small query: the years' digests say whether it changed."""
    return _calendar_of(tuple(CalendarYear.objects.order_by("year").values_list("year", "sha256")))


@lru_cache(maxsize=4)
def _calendar_of(years: tuple[tuple[int, str], ...]) -> TableCalendar:
    known = [year for year, _ in years]
    return TableCalendar(calendar_rows(known), known_years=known)


def calendar_rows(years: Iterable[int]) -> list[CalendarRow]:
    """The national days of these years' notices that differ from the week, in order."""
    days = CalendarDay.objects.filter(region="", year__in=list(years)).order_by("day")
    found = days.values_list("day", "kind", "name", "year")
    return [CalendarRow(day, DayKind(kind), name, year) for day, kind, name, year in found]
