"""Events put in order: where the clock starts, when it stood, whether it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from huiyin.regulations.rules.arithmetic import ONE_DAY, require_reachable
from huiyin.regulations.rules.events import (
    ClockEvent,
    Extension,
    MaterialsCompleted,
    ProposerTold,
    Recalled,
    Suspension,
    Withdrawn,
)


@dataclass(frozen=True)
class Clock:
    """The events of one limit, sorted; the order in which they were recorded plays no part."""

    start_on: date
    restarted: bool
    extensions: tuple[Extension, ...]
    suspensions: tuple[Suspension, ...]
    end: Withdrawn | Recalled | None
    told: tuple[date, ...] = ()

    def stops(self) -> frozenset[date]:
        """Days after the start on which the clock stood; a suspension still open has no days yet."""
        return frozenset(day for suspension in self.suspensions for day in self._days_of(suspension))

    def _days_of(self, suspension: Suspension) -> Iterator[date]:
        day = max(suspension.from_on, self.start_on + ONE_DAY)
        while suspension.until_on is not None and day < suspension.until_on:
            yield day
            day += ONE_DAY

    def stopped_since(self) -> date | None:
        """The first day of a suspension that has not ended."""
        return min((each.from_on for each in self.suspensions if each.until_on is None), default=None)


def read(start: date, events: Iterable[ClockEvent]) -> Clock:
    """Sort the events of a clock that starts on `start`. Raises DayOutOfReach."""
    events = tuple(events)
    if not events:  # nearly every limit
        require_reachable(start)
        return Clock(start, restarted=False, extensions=(), suspensions=(), end=None)
    for day in _dates(start, events):
        require_reachable(day)
    completed = [event.on for event in events if isinstance(event, MaterialsCompleted)]
    restart = max(completed, default=start)
    ends = [event for event in events if isinstance(event, Withdrawn | Recalled)]
    extensions = (event for event in events if isinstance(event, Extension))
    suspensions = (event for event in events if isinstance(event, Suspension))
    return Clock(
        start_on=max(start, restart),
        restarted=restart > start,
        extensions=tuple(sorted(extensions, key=lambda each: (each.granted_on, each.to_on or date.max, each.count))),
        suspensions=tuple(sorted(suspensions, key=lambda each: (each.from_on, each.until_on or date.max))),
        end=min(ends, key=lambda each: (each.on, type(each).__name__), default=None),
        told=tuple(sorted({event.on for event in events if isinstance(event, ProposerTold)})),
    )


def _dates(start: date, events: Iterable[ClockEvent]) -> Iterator[date]:
    yield start
    for event in events:
        if isinstance(event, Extension):
            yield from (day for day in (event.granted_on, event.to_on) if day)
        elif isinstance(event, Suspension):
            yield from (day for day in (event.from_on, event.until_on) if day)
        else:
            yield event.on
