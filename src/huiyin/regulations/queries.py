"""What the other rooms ask: which rules hold for an office on a day, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.organisations.models import Post, Procuratorate
from huiyin.regulations.books import Book, Stack, load, stack
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.calendars import CalendarRow, DayKind, TableCalendar
from huiyin.regulations.models import CalendarDay, CalendarYear, Recomputation, RuleBook, RuleBookVersion, StackEntry
from huiyin.regulations.registry import MatterDates, Scope, Stacks, keepers
from huiyin.regulations.standing import Standing, kept_alone

Text = tuple[str, str]
"""Book code and sha256 of one of its texts."""
Approved = tuple[date, str, str]
"""First day, book code and sha256 of a text that was put in force."""
TEXT = ("book__versions__from_on", "book__code", "book__versions__sha256")


def stack_for(procuratorate: Procuratorate, on: date) -> Stack:
    """The books of an office as they stand on a day: approved versions begun by then. Usually one query."""
    return _begun(approved_texts(procuratorate), on)


def remembered_stacks() -> Stacks:
    """stack_for with a memory, for one pass over many dates: a handful of queries, however many offices and days."""
    standing: list[Standing] = []
    seen: dict[int, list[Approved]] = {}
    passed = cache(_passed_down)

    def stacks(procuratorate: Procuratorate, on: date) -> Stack:
        if procuratorate.pk not in seen:
            if not standing:
                standing.append(Standing.now())
                seen.update(_own_texts())
            if procuratorate.pk not in seen:
                seen[procuratorate.pk] = passed(_above(procuratorate, standing[0]))
        return _begun(seen[procuratorate.pk], on)

    return stacks


def _own_texts() -> dict[int, list[Approved]]:
    """By office, for those that have books in force of their own."""
    found: dict[int, list[Approved]] = {}
    for office, *text in _in_order(StackEntry.objects.all()).values_list("procuratorate_id", *TEXT):
        found.setdefault(office, []).append(tuple(text))
    return found


def approved_texts(procuratorate: Procuratorate) -> list[Approved]:
    """The texts an office stands on, of all times, widest book first."""
    own = _approved(StackEntry.objects.filter(procuratorate=procuratorate))
    if own or procuratorate.parent_id is None:
        return own
    return _passed_down(_above(procuratorate, Standing.now()))


def _above(procuratorate: Procuratorate, standing: Standing) -> int | None:
    """The office above that decides for one without books of its own."""
    if procuratorate.parent_id is None:
        return None
    deciding = standing.deciding(procuratorate.pk)
    return None if deciding == procuratorate.pk else deciding


def _passed_down(deciding: int | None) -> list[Approved]:
    if deciding is None:
        return []
    theirs_alone = Q(book__level=Level.LOCAL, book__procuratorate__isnull=False)
    return _approved(StackEntry.objects.filter(procuratorate=deciding).exclude(theirs_alone))


def _approved(entries: QuerySet[StackEntry]) -> list[Approved]:
    return list(_in_order(entries).values_list(*TEXT))


def _in_order(entries: QuerySet[StackEntry]) -> QuerySet[StackEntry]:
    found = entries.filter(book__versions__status="in_force")
    return found.order_by("position", "book__versions__from_on", "book__versions__pk")


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


def stacks_chosen(office: Procuratorate, books: Sequence[RuleBook]) -> Stacks:
    """The stacks as they would be once an office has chosen these books, widest first; for the offices that follow it
    without those it keeps for itself."""
    own = _texts_of(books)
    shared = {book.code for book in books if not kept_alone(book)}
    others = [text for text in own if text[1] in shared]

    def would_be(procuratorate: Procuratorate, on: date) -> Stack:
        return _begun(own if procuratorate.pk == office.pk else others, on)

    return would_be


def _texts_of(books: Sequence[RuleBook]) -> list[Approved]:
    found: dict[int, list[Approved]] = {book.pk: [] for book in books}
    versions = RuleBookVersion.objects.filter(book__in=books, status="in_force").order_by("from_on", "pk")
    for book, from_on, code, sha in versions.values_list("book_id", "from_on", "book__code", "sha256"):
        found[book].append((from_on, code, sha))
    return [text for book in books for text in found[book.pk]]


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


@dataclass(frozen=True)
class Ahead:
    """One part of what would move. `before`: dates looked at in earlier parts; `following`: the cursor of the next
    part, "" after the last."""

    rows: tuple[MatterDates, ...]
    examined: int
    before: int
    total: int
    following: str

    @property
    def reached(self) -> int:
        """How many have been looked at by the end of this part."""
        return self.before + self.examined


def preview(version: RuleBookVersion, *, post: Post, at: datetime, cursor: str = "") -> Ahead:
    """Which open dates, of those the post may see, would move if this version were put in force."""
    offices = Standing.now().would_be_on(version.book, by=post.procuratorate)
    return _part(Scope(offices=offices, since=version.from_on), stacks_with(version), post, at, cursor)


def preview_stack(books: Sequence[RuleBook], *, post: Post, at: datetime, cursor: str = "") -> Ahead:
    """The same for the books that the post's office would stand on, widest first."""
    offices = Standing.now().following(post.procuratorate)
    return _part(Scope(offices=offices), stacks_chosen(post.procuratorate, books), post, at, cursor)


def _part(scope: Scope, stacks: Stacks, post: Post, at: datetime, cursor: str) -> Ahead:
    """The part a cursor names ("keeper:id:seen"; anything else: the first). It ends with the keeper that has more."""
    name, after, before = _read(cursor)
    working_days, examined, following = calendar(), 0, ""
    found: list[MatterDates] = []
    asked = [each for each in keepers() if each.preview is not None and each.count is not None]
    for keeper in asked:
        if keeper.name < name or keeper.preview is None:
            continue
        start = after if keeper.name == name else 0
        moves = keeper.preview(after=start, scope=scope, stacks=stacks, calendar=working_days, post=post, at=at)
        found += moves.rows
        examined += moves.examined
        if moves.last_id is not None:
            following = f"{keeper.name}:{moves.last_id}:{before + examined}"
            break
    total = sum(keeper.count(scope=scope, post=post) for keeper in asked if keeper.count is not None)
    return Ahead(tuple(found), examined, before, total, following)


def _read(cursor: str) -> tuple[str, int, int]:
    name, _, rest = cursor.partition(":")
    after, _, before = rest.partition(":")
    usable = all(each.isascii() and each.isdecimal() and len(each) <= 18 for each in (after, before))
    return (name, int(after), int(before)) if usable else ("", 0, 0)


LATEST: Final = 20
"""Pieces of recomputing a page shows."""


@dataclass(frozen=True)
class Progress:
    """One piece of recomputing; reached of total open dates looked at, both as they are now."""

    cause: str
    asked_at: datetime
    done_at: datetime | None
    moved: int
    reached: int
    total: int
    is_running: bool


def recomputations_for(office: Procuratorate) -> list[Progress]:
    """The latest pieces that concern an office; dates are counted for the one that is running, others wait for it."""
    rows = Recomputation.objects.order_by("-pk")[: LATEST * 5]
    own = [row for row in rows if not row.procuratorates or office.pk in row.procuratorates]
    running = Recomputation.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True).first()
    return [_progress(row, is_running=row.pk == running) for row in own[:LATEST]]


def _progress(row: Recomputation, *, is_running: bool) -> Progress:
    reached = total = 0
    if is_running:
        scope = Scope(offices=tuple(row.procuratorates), since=row.since)
        for keeper in keepers():
            if keeper.remaining is None:
                continue
            cursor, own = row.cursors.get(keeper.name, 0), keeper.remaining(after=0, scope=scope)
            total += own
            reached += own if cursor is None else own - keeper.remaining(after=cursor, scope=scope)
    return Progress(row.cause, row.asked_at, row.done_at, row.moved, reached, total, is_running)


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
