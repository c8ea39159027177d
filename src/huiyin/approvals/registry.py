"""What kinds of papers go for signature; the room that owns a paper tells how it is called and where it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class SubjectKind:
    """One kind of paper. url: where the paper of that id is read and decided, "" where nowhere yet."""

    code: str  # "matters.reply"
    label: str  # 答复函
    url: Callable[[int], str]


_kinds: Final[dict[str, SubjectKind]] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind known, from an AppConfig.ready(); the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"subject kind {kind.code} registered twice")
    _kinds[kind.code] = kind


def kind_of(code: str) -> SubjectKind:
    """The kind of that code; KeyError when nobody registered it."""
    return _kinds[code]


def kinds() -> list[SubjectKind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
