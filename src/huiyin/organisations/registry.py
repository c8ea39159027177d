"""What rooms above tell this one: which work a post still has in hand, and how it is handed over (practice 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huiyin.audit.actors import Actor
from huiyin.organisations.models import Post


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """One kind of open work. hand_over runs inside the closing of the post and gives how many it moved."""

    code: str  # "matters.undertakings"
    label: str  # 承办事项
    count: Callable[[Post], int]
    hand_over: Callable[[Post, Post, Actor, datetime], int]  # from, to, who closes, when


_kinds: Final[dict[str, OpenWork]] = {}


def register_open_work(kind: OpenWork) -> None:
    """Add a kind of open work in `AppConfig.ready()`; the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"open work {kind.code} registered twice")
    _kinds[kind.code] = kind


def open_work() -> list[OpenWork]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
