"""Who keeps computed dates above this room: `matters` registers its deadlines, `engagement` later its duties.

A keeper is asked two things, both over open dates only: "compute the next few anew" (inside an operation, one short
transaction a call) and "which would move under these rules" (reads nothing into the database)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Protocol

from huiyin.organisations.models import Post, Procuratorate
from huiyin.regulations.books import Stack
from huiyin.regulations.rules import Calendar

Stacks = Callable[[Procuratorate, date], Stack]
"""The stack of an office for limits that begin on a day."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which open dates are meant."""

    offices: Collection[int] = ()
    """Ids of procuratorates; empty: all."""
    since: date | None = None
    """Only limits that began on or after this day, since a rule is chosen by the day a limit begins; None: all."""


@dataclass(frozen=True, kw_only=True)
class MatterDates:
    """An open date that would move: of what, from which day to which, by which article."""

    number: str
    title: str
    link: str
    label: str
    starts_on: date
    old_on: date
    new_on: date
    old_basis: str
    new_basis: str


@dataclass(frozen=True)
class Step:
    """One step through the open dates, in the order of their ids."""

    last_id: int | None
    """The last id looked at, to go on from; None: none are left."""
    moved: int = 0


@dataclass(frozen=True)
class Moves:
    """What one look ahead found; `last_id`: where it stopped before the end, to go on from; None: it saw them all."""

    rows: tuple[MatterDates, ...] = ()
    examined: int = 0
    last_id: int | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left to look at."""
        return self.last_id is None


class Recompute(Protocol):
    """Compute the next open dates after the id anew, log old and new, tell the handlers.

    Called inside an operation: no decorator, no transaction, no root record of its own."""

    def __call__(
        self, *, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, cause: str, at: datetime
    ) -> Step: ...


class Preview(Protocol):
    """The open dates after an id, of those the post may see, that would move; a bounded number is looked at."""

    def __call__(
        self, *, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, post: Post, at: datetime
    ) -> Moves: ...


class Count(Protocol):
    """How many open dates there are, of those the post may see."""

    def __call__(self, *, scope: Scope, post: Post) -> int: ...


class Remaining(Protocol):
    """How many open dates stand after an id, whoever sees them."""

    def __call__(self, *, after: int, scope: Scope) -> int: ...


@dataclass(frozen=True)
class Keeper:
    name: str
    recompute: Recompute
    preview: Preview | None = None
    count: Count | None = None
    remaining: Remaining | None = None


_keepers: Final[dict[str, Keeper]] = {}


def register_recompute(name: str, recompute: Recompute) -> None:
    """Called once per kind of date, from AppConfig.ready(); `name` is the model's label ("matters.deadline")."""
    if name in _keepers:
        raise ValueError(f"{name} registered twice")
    _keepers[name] = Keeper(name, recompute)


def register_preview(name: str, preview: Preview, count: Count, remaining: Remaining) -> None:
    """Beside register_recompute, for the same name."""
    _keepers[name] = replace(_keepers[name], preview=preview, count=count, remaining=remaining)


def keepers() -> tuple[Keeper, ...]:
    """All registered, by name."""
    return tuple(_keepers[name] for name in sorted(_keepers))
