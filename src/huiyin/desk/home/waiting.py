"""What waits for a post, one line a kind of work; each subject of the desk adds its own.

A subject writes `add_waiting("approvals", build, 10)`, and `desk/apps.py` imports its module. The builder gives the
lines of one post on one day; a line without a count is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.regulations.books import Stack
from huiyin.regulations.queries import stack_for
from huiyin.web.pages import StaffRequest


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits. urgent: it holds others up."""

    label: str
    count: int
    url: str
    unit: str = "件"
    urgent: bool = False


Builder = Callable[[StaffRequest, date], Iterable[Waiting]]
_builders: Final[dict[str, tuple[int, Builder]]] = {}


def add_waiting(subject: str, build: Builder, position: int) -> None:
    """Add a subject's lines; smaller positions stand higher, the same subject again replaces its own."""
    _builders[subject] = (position, build)


def waiting_for(request: StaffRequest, on: date) -> list[Waiting]:
    """Every line with something in it, top to bottom."""
    builders = [build for _, build in sorted(_builders.values(), key=lambda each: each[0])]
    return [line for build in builders for line in build(request, on) if line.count]


def stack_of(request: StaffRequest, on: date) -> Stack:
    """The office's books on that day, read once however many lines ask."""
    known: tuple[date, Stack] | None = getattr(request, "_stack", None)
    if known is None or known[0] != on:
        known = (on, stack_for(request.post.procuratorate, on=on))
        request._stack = known  # type: ignore[attr-defined]
    return known[1]
