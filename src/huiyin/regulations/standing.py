"""Which offices stand on which books.

An office that chose books stands on its choice; one that chose none stands on that of the nearest office above, except
for books which that office keeps for itself alone (level 本院)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from huiyin.organisations.models import Procuratorate
from huiyin.regulations.books.vocabulary import Level
from huiyin.regulations.models import RuleBook, StackEntry


@dataclass(frozen=True)
class Standing:
    """The tree of offices and their choices as they are now. Read with Standing.now(), in two queries."""

    parents: dict[int, int | None]
    chosen: dict[int, frozenset[int]]

    @classmethod
    def now(cls) -> Self:
        chosen: dict[int, set[int]] = {}
        for office, book in StackEntry.objects.values_list("procuratorate_id", "book_id"):
            chosen.setdefault(office, set()).add(book)
        parents: dict[int, int | None] = dict(Procuratorate.objects.values_list("pk", "parent_id"))
        return cls(parents, {office: frozenset(books) for office, books in chosen.items()})

    def line(self, office: int) -> list[int]:
        """An office and those above it, nearest first."""
        line: list[int] = []
        here: int | None = office
        while here is not None:
            line.append(here)
            here = self.parents[here]
        return line

    def deciding(self, office: int) -> int:
        """The nearest office upward that chose books; itself where none did."""
        return next((each for each in self.line(office) if each in self.chosen), office)

    def on(self, book: RuleBook) -> set[int]:
        """The offices whose stack holds the book."""
        if kept_alone(book):
            return {office for office, books in self.chosen.items() if book.pk in books}
        return {office for office in self.parents if book.pk in self.chosen.get(self.deciding(office), frozenset())}

    def below(self, top: Procuratorate) -> set[int]:
        """An office and all below it."""
        return {office for office in self.parents if top.pk in self.line(office)}

    def following(self, top: Procuratorate) -> set[int]:
        """The offices whose stack this office chooses, or would choose: itself and those below without a choice."""
        would = Standing(self.parents, {**self.chosen, top.pk: frozenset()})
        return {office for office in self.parents if would.deciding(office) == top.pk}

    def would_be_on(self, book: RuleBook, by: Procuratorate) -> set[int]:
        """The offices whose stack will hold the book once `by` puts it in force."""
        joining = {by.pk} if kept_alone(book) else self.following(by)
        return self.on(book) | joining


def kept_alone(book: RuleBook) -> bool:
    """Whether a book is one office's own and not inherited by the offices below."""
    return book.level == Level.LOCAL and book.procuratorate_id is not None
