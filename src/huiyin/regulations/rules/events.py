"""What may happen to a running clock. Events are appended, never edited; compute() replays them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.regulations.rules.limits import Unit


@dataclass(frozen=True, kw_only=True)
class Extension:
    """The limit becomes `count` units in total from its start (`unit` None: the rule's own), or runs to `to_on`.

    It never shortens a limit and never passes the cap. by, why: who allowed it and for what reason, as the
    explanation says it.
    """

    granted_on: date
    count: int = 0
    unit: Unit | None = None
    to_on: date | None = None
    by: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if (self.count > 0) == (self.to_on is not None):
            raise ValueError("an extension has either a total count or a last day")


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Days from `from_on` inclusive until `until_on` exclusive are not counted; None: the clock still stands."""

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise ValueError("a suspension ends after it begins")


@dataclass(frozen=True, kw_only=True)
class MaterialsCompleted:
    """The missing materials came in: the clock starts anew on `on`."""

    on: date


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """The person who asked took it back; the clock ends."""

    on: date


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """The organ that assigned it took it back; the clock ends."""

    on: date


@dataclass(frozen=True, kw_only=True)
class ProposerTold:
    """Whoever brought the matter was told of an extension; it moves nothing and stands in the explanation."""

    on: date


ClockEvent = Extension | Suspension | MaterialsCompleted | Withdrawn | Recalled | ProposerTold
