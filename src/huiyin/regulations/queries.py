"""What the other rooms ask: which rules hold for an office on a day, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from huiyin.organisations.models import Post, Procuratorate
from huiyin.regulations.books import Book, Stack, load, stack
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.calendars import CalendarRow, DayKind, TableCalendar
from huiyin.regulations.models import CalendarDay, CalendarYear, RuleBook, RuleBookVersion, StackEntry
from huiyin.regulations.registry import Moves, Scope, Stacks, keepers
from huiyin.regulations.standing import Standing

Text = tuple[str, str]
"""Book code and sha256 of one of its texts."""
Approved = tuple[date, str, str]
"""First day, book code and sha256 of a text that was put in force."""


def stack_for(procuratorate: Procuratorate, on: date) -> Stack:
    """The books of an office as they stand on a day: approved versions begun by then. Usually one query."""
    return _begun(approved_texts(procuratorate), on)


def remembered_stacks() -> Stacks:
    """stack_for with a memory, for one pass over many dates: a query an office, however many days are asked for."""
    seen: dict[int, list[Approved]] = {}

    def stacks(procuratorate: Procuratorate, on: date) -> Stack:
        if procuratorate.pk not in seen:
            seen[procuratorate.pk] = approved_texts(procuratorate)
        return _begun(seen[procuratorate.pk], on)

    return stacks


def approved_texts(procuratorate: Procuratorate) -> list[Approved]:
    """The texts an office stands on, of all times, widest book first."""
    own = _approved(StackEntry.objects.filter(procuratorate=procuratorate))
    if own or procuratorate.parent_id is None:
        return own
    deciding = Standing.now().deciding(procuratorate.pk)
    if deciding == procuratorate.pk:
        return []
    theirs_alone = Q(book__level=Level.LOCAL, book__procuratorate__isnull=False)
    return _approved(StackEntry.objects.filter(procuratorate=deciding).exclude(theirs_alone))


def _approved(entries: QuerySet[StackEntry]) -> list[Approved]:
    found = entries.filter(book__versions__status="in_force")
    found = found.order_by("position", "book__versions__from_on", "book__versions__pk")
    return list(found.values_list("book__versions__from_on", "book__code", "book__versions__sha256"))


def _begun(texts: Iterable[Approved], on: date) -> Stack:
    return _stack_of(tuple((code, sha) for from_on, code, sha in texts if from_on <= on))


@lru_cache(maxsize=256)
def _stack_of(texts: tuple[Text, ...]) -> Stack:
    return stack(books_by_sha(sha for _, sha in texts), order=dict.fromkeys(code for code, _ in texts))


def stacks_with(version: RuleBookVersion) -> Stacks:
    """The stacks as they would be once `version` is in force: in the place of its book, otherwise after its level."""
    new, stacks = book_of(version), remembered_stacks()
    seen: dict[tuple[int, date], Stack] = {}

    def would_be(procuratorate: Procuratorate, on: date) -> Stack:
        key = procuratorate.pk, on
        if key not in seen:
            seen[key] = with_book(stacks(procuratorate, on), new)
        return seen[key]

    return would_be


def with_book(now: Stack, new: Book) -> Stack:
    """A stack with one more version; of the same book and first day, it replaces the former."""
    kept = [book for book in now.books if (book.code, book.from_on) != (new.code, new.from_on)]
    if new.code in now.order:
        return stack([*kept, new], order=now.order)
    levels = {book.code: book.level for book in now.books}
    place = place_for(new.level, [levels[code] for code in now.order])
    return stack([*kept, new], order=[*now.order[:place], new.code, *now.order[place:]])


def place_for(level: Level | str, levels: Sequence[Level | str]) -> int:
    """Where a book joins an order of books of these levels: after the last one no more specific than itself."""
    rank = list(Level)
    wider = [place for place, each in enumerate(levels) if rank.index(Level(each)) <= rank.index(Level(level))]
    return max(wider) + 1 if wider else 0


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


def version_in_force(book: RuleBook, on: date) -> RuleBookVersion | None:
    """The version of a book that holds on a day, whether or not it has ended since; None before the first."""
    begun = book.versions.filter(status="in_force", from_on__lte=on).order_by("-from_on", "-pk").first()
    return begun if begun is not None and (begun.until_on is None or on < begun.until_on) else None


def versions_for(procuratorate: Procuratorate) -> QuerySet[RuleBookVersion]:
    """The versions an office may read: all but those of books another office keeps for itself."""
    others_alone = Q(book__level=Level.LOCAL, book__procuratorate__isnull=False) & ~Q(book__procuratorate=procuratorate)
    return RuleBookVersion.objects.exclude(others_alone).select_related("book", "book__procuratorate")


def compared_with(new: Book, on: date) -> Book | None:
    """What a new text is compared with: the version of its book that holds on its first day, otherwise on `on`."""
    row = RuleBook.objects.filter(code=new.code).first()
    if row is None:
        return None
    former = version_in_force(row, new.from_on) or version_in_force(row, on)
    return book_of(former) if former is not None else None


def preview(version: RuleBookVersion, *, post: Post, at: datetime) -> Moves:
    """Which open dates, of those the post may see, would move if this version were put in force."""
    offices = Standing.now().would_be_on(version.book, by=post.procuratorate)
    scope, stacks, working_days = Scope(offices=offices, since=version.from_on), stacks_with(version), calendar()
    found = Moves()
    for keeper in keepers():
        if keeper.preview is not None:
            found += keeper.preview(scope=scope, stacks=stacks, calendar=working_days, post=post, at=at)
    return found


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
