"""Whose answers the office above receives a copy of: deputies of a higher congress who live here (S0-84). No Django."""

from __future__ import annotations

from typing import Final

_ORDER: Final = ("national", "province", "city", "county", "township")


def levels_above(office: str) -> tuple[str, ...]:
    """Levels of congress above an office's own, the highest first; () for one that is not of the ladder."""
    return _ORDER[: _ORDER.index(office)] if office in _ORDER else ()
