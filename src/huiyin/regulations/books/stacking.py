"""Books on top of each other: on a day, the most specific book in force that speaks of a thing decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.regulations.books.checks import cap_faults, place
from huiyin.regulations.books.entries import (
    AssistRule,
    Book,
    Cadence,
    Category,
    Chain,
    ContactKind,
    DepartmentDate,
    E,
    ExtensionRule,
    ExternalNumber,
    Filing,
    KeyCriterion,
    Ladder,
    Limit,
    MergingRule,
    Outcome,
    PollRule,
    ProblemClass,
    RatingRule,
    RatingScale,
    Reason,
    Redo,
    ReplyTo,
    RequiredContact,
    RequiredPaper,
    Revisit,
    Stage,
    SupervisionLevel,
    Target,
    WithdrawalRule,
    WorkStep,
)
from huiyin.regulations.books.vocabulary import Dimension, Level, OutcomeCode
from huiyin.regulations.rules import LimitRule

PRECEDENCE = {level: place for place, level in enumerate(Level)}


class RuleNotFound(Refusal):
    """No book in force on the day speaks of the thing asked for."""

    code = "regulations.rule_not_found"


@dataclass(frozen=True)
class Stack:
    """The books of one procuratorate, in all their versions. Every answer carries its basis: book, version, article."""

    books: tuple[Book, ...]
    order: tuple[str, ...] = ()

    def in_force(self, on: date) -> tuple[Book, ...]:
        """The books that hold on the day, the most specific first; of one book only the latest version that began."""
        latest: dict[str, Book] = {}
        for book in sorted(self.books, key=lambda each: (each.from_on, each.version)):
            if book.from_on <= on:
                latest[book.code] = book
        holding = (book for book in latest.values() if book.in_force(on))
        return tuple(sorted(holding, key=self._weight, reverse=True))

    def _weight(self, book: Book) -> tuple[int, int, date, str]:
        chosen = self.order.index(book.code) if book.code in self.order else -1
        return chosen, PRECEDENCE[book.level], book.from_on, book.code

    def all(self, kind: type[E], on: date) -> tuple[E, ...]:
        """The entries of a table: whole sections from one book, other tables code by code, widest book first."""
        spoken = [tuple(e for e in book.of(kind) if e.in_force(on)) for book in self.in_force(on)]
        if kind.whole:
            return next((entries for entries in spoken if entries), ())
        merged: dict[str, E] = {}
        for entries in reversed(spoken):
            merged |= {entry.code: entry for entry in entries}
        return tuple(merged.values())

    def find(self, kind: type[E], code: str, on: date) -> E | None:
        return next((entry for entry in self.all(kind, on) if entry.code == code), None)

    def get(self, kind: type[E], code: str, on: date) -> E:
        """Raises RuleNotFound."""
        found = self.find(kind, code, on)
        if found is None:
            name = kind.label if kind.single else f"{kind.label}“{code}”"
            raise RuleNotFound(f"{on.year}年{on.month}月{on.day}日施行的制度没有规定{name}，请装载相应制度。")
        return found

    def limit(self, code: str, on: date) -> LimitRule:
        """The limit with its cap, ready to compute. Raises RuleNotFound."""
        limit = self.get(Limit, code, on)
        return _rule(limit, cap=_rule(self.get(Limit, limit.cap, on)) if limit.cap else None)

    def limits(self, on: date) -> tuple[LimitRule, ...]:
        return tuple(self.limit(entry.code, on) for entry in self.all(Limit, on))

    def chain(self, code: str, on: date) -> Chain:
        """Raises RuleNotFound."""
        return self.get(Chain, code, on)

    def cadences(self, on: date) -> tuple[Cadence, ...]:
        return self.all(Cadence, on)

    def targets(self, on: date) -> tuple[Target, ...]:
        return self.all(Target, on)

    def steps(self, on: date) -> tuple[WorkStep, ...]:
        return self.all(WorkStep, on)

    def stages(self, on: date) -> tuple[Stage, ...]:
        return self.all(Stage, on)

    def problem_classes(self, on: date) -> tuple[ProblemClass, ...]:
        return self.all(ProblemClass, on)

    def key_criteria(self, on: date) -> tuple[KeyCriterion, ...]:
        return self.all(KeyCriterion, on)

    def contact_kinds(self, on: date) -> tuple[ContactKind, ...]:
        return self.all(ContactKind, on)

    def required_contacts(self, on: date) -> tuple[RequiredContact, ...]:
        """Without those a more specific book has switched off."""
        return tuple(entry for entry in self.all(RequiredContact, on) if entry.required)

    def required_papers(self, on: date) -> tuple[RequiredPaper, ...]:
        """In filing order, without those a more specific book has switched off."""
        return tuple(entry for entry in self.all(RequiredPaper, on) if entry.required)

    def outcomes(self, on: date) -> tuple[Outcome, ...]:
        return self.all(Outcome, on)

    def outcome(self, code: OutcomeCode | str, on: date) -> Outcome:
        """Raises RuleNotFound."""
        return self.get(Outcome, code, on)

    def categories(self, on: date) -> tuple[Category, ...]:
        return self.all(Category, on)

    def reasons(self, outcome: OutcomeCode | str, on: date) -> tuple[Reason, ...]:
        """The reasons that may explain an outcome."""
        return tuple(entry for entry in self.all(Reason, on) if outcome in entry.outcomes)

    def rating_scales(self, on: date) -> tuple[RatingScale, ...]:
        return self.all(RatingScale, on)

    def rating_scale(self, dimension: Dimension | str, on: date) -> RatingScale:
        """Raises RuleNotFound."""
        return self.get(RatingScale, dimension, on)

    def ladder(self, on: date) -> Ladder:
        """Raises RuleNotFound."""
        return self._single(Ladder, on)

    def extension(self, on: date) -> ExtensionRule:
        """Raises RuleNotFound."""
        return self._single(ExtensionRule, on)

    def external_number(self, on: date) -> ExternalNumber:
        """Raises RuleNotFound."""
        return self._single(ExternalNumber, on)

    def withdrawal(self, on: date) -> WithdrawalRule:
        """Raises RuleNotFound."""
        return self._single(WithdrawalRule, on)

    def merging(self, on: date) -> MergingRule:
        """Raises RuleNotFound."""
        return self._single(MergingRule, on)

    def redo(self, on: date) -> Redo:
        """Raises RuleNotFound."""
        return self._single(Redo, on)

    def rating(self, on: date) -> RatingRule:
        """Raises RuleNotFound."""
        return self._single(RatingRule, on)

    def poll(self, on: date) -> PollRule:
        """Raises RuleNotFound."""
        return self._single(PollRule, on)

    def department_date(self, on: date) -> LimitRule:
        """The limit, before the due day, that a department's default date is computed from. Raises RuleNotFound."""
        return self.limit(self._single(DepartmentDate, on).limit, on)

    def assist(self, on: date) -> AssistRule:
        """Raises RuleNotFound."""
        return self._single(AssistRule, on)

    def reply_to(self, on: date) -> ReplyTo:
        """Raises RuleNotFound."""
        return self._single(ReplyTo, on)

    def revisit(self, on: date) -> Revisit:
        """Raises RuleNotFound."""
        return self._single(Revisit, on)

    def supervision_levels(self, on: date) -> tuple[SupervisionLevel, ...]:
        """From the lowest to the highest."""
        return self.all(SupervisionLevel, on)

    def filing(self, on: date) -> Filing:
        """Raises RuleNotFound."""
        return self._single(Filing, on)

    def faults(self, on: date) -> tuple[str, ...]:
        """References that lead nowhere on that day; asked before a book is put in force."""
        return tuple(self._faults(on))

    def _faults(self, on: date) -> Iterator[str]:
        limits = {each.code: each for each in self.all(Limit, on)}
        for limit in limits.values():
            if limit.cap and limit.cap not in limits:
                yield f"{limit.basis} {place(limit)} 的 cap“{limit.cap}”在{on}施行的制度中没有。"
            elif limit.cap:
                yield from cap_faults(limit, limits[limit.cap])
        naming: tuple[Redo | RatingRule | DepartmentDate | Revisit | SupervisionLevel, ...] = (
            *self.all(Redo, on),
            *self.all(RatingRule, on),
            *self.all(DepartmentDate, on),
            *self.all(Revisit, on),
            *self.all(SupervisionLevel, on),
        )
        for entry in naming:
            if entry.limit and entry.limit not in limits:
                yield f"{entry.basis} {place(entry)} 的 limit“{entry.limit}”在{on}施行的制度中没有。"
        scales = {scale.code for scale in self.all(RatingScale, on)}
        for redo in self.all(Redo, on):
            if redo.dimension not in scales:
                yield f"{redo.basis} {place(redo)} 的 dimension“{redo.dimension}”没有评价等次。"
        kinds = {kind.code for kind in self.all(ContactKind, on)}
        for contact in self.all(RequiredContact, on):
            for missing in sorted(set(contact.kinds) - kinds):
                yield f"{contact.basis} {place(contact)} 的 kinds“{missing}”不是已定的联系方式。"

    def _single(self, kind: type[E], on: date) -> E:
        return self.get(kind, kind.section, on)


def stack(books: Iterable[Book], order: Iterable[str] = ()) -> Stack:
    """A stack over any number of books and versions.

    order: book codes from the widest to the most specific, where an office has chosen one; otherwise, and for books
    not named in it, the level decides, then the later start.
    """
    return Stack(tuple(books), tuple(order))


def _rule(limit: Limit, cap: LimitRule | None = None) -> LimitRule:
    return LimitRule(
        code=limit.code,
        title=limit.title,
        count=limit.count,
        unit=limit.unit,
        roll=limit.roll,
        starts_from=limit.starts_from,
        counts=limit.counts,
        basis=limit.basis,
        cap=cap,
        extension_allowed=limit.extension_allowed,
        suspension_allowed=limit.suspension_allowed,
    )
