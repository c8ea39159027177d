"""The shipped rule books in force at 样本市人民检察院, and the published calendar."""

from __future__ import annotations

import hashlib

import pytest

from huiyin.regulations.books import Book, load, shipped_texts
from huiyin.regulations.calendars import seed_rows
from huiyin.regulations.models import CalendarDay, CalendarYear, RuleBook, RuleBookVersion, StackEntry
from tests.support.world import World, moment

LOADED_AT = moment("2026-01-01 09:00")
FIRST_YEAR = 2021


@pytest.fixture
def in_force(world: World) -> World:
    """Books and calendar in force for the city procuratorate and its neighbours; the world itself, for chaining."""
    seed_calendar()
    for position, book in enumerate(load_books()):
        for office in (world.city, world.county, world.other):
            StackEntry.objects.create(procuratorate=office, book=book, position=position)
    return world


def seed_calendar() -> None:
    """2021-2026 as published; 2027 stays unknown and therefore provisional."""
    rows = [row for row in seed_rows() if row.year >= FIRST_YEAR]
    CalendarDay.objects.bulk_create(
        CalendarDay(day=row.day, year=row.year, kind=row.kind.value, name=row.name) for row in rows
    )
    for year in sorted({row.year for row in rows}):
        days = "".join(f"{row.day}{row.kind}{row.name};" for row in rows if row.year == year)
        CalendarYear.objects.create(
            year=year, source="测试用放假安排", loaded_by="tests", loaded_at=LOADED_AT, sha256=_sha256(days)
        )


def load_books() -> list[RuleBook]:
    """Every shipped book with its versions, loaded by one and approved by another, widest first."""
    books: dict[str, RuleBook] = {}
    for name, text in sorted(shipped_texts(), key=lambda each: not each[0].startswith("national/")):
        read = load(text, name)
        book = books.setdefault(read.code, _book(read))
        RuleBookVersion.objects.create(
            book=book, version=read.version, file=name, text=text, sha256=_sha256(text),
            from_on=read.from_on, until_on=read.until_on, status="in_force",
            loaded_by="post:1", loaded_at=LOADED_AT, approved_by="post:2", approved_at=LOADED_AT,
        )  # fmt: skip
    return list(books.values())


def _book(read: Book) -> RuleBook:
    found, _ = RuleBook.objects.get_or_create(
        code=read.code, defaults={"title": read.title, "issuer": read.issuer, "level": read.level.value}
    )
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
