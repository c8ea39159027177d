"""A figure: how much, of how many, and which records. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What is counted (practice 42)."""

    MATTER = "件"
    RATING = "人次"
    PROMISE = "项"


NOTHING: Final = "—（n=0）"
_WHOLE: Final = 1000  # tenths of a per cent


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure with the records behind it. of: the records it is a share of; None: a plain count."""

    code: str
    label: str
    version: int
    unit: Unit
    counted: tuple[int, ...]
    of: tuple[int, ...] | None = None

    @property
    def is_share(self) -> bool:
        return self.of is not None

    @property
    def n(self) -> int:
        """Out of how many; of a count the count itself."""
        return len(self.counted) if self.of is None else len(self.of)

    @property
    def value(self) -> str:
        """3, 66.7%（2/3）, —（n=0）."""
        return str(len(self.counted)) if self.of is None else share_text(len(self.counted), len(self.of))

    @property
    def percent(self) -> str:
        """66.7%, without the numbers behind it; for those who can see them."""
        return self.value.partition("（")[0]


def share_text(part: int, whole: int) -> str:
    """66.7%（2/3）; nothing is divided by zero."""
    return f"{percent_text(tenths(part, whole))}（{part}/{whole}）" if whole else NOTHING


def tenths(part: int, whole: int) -> int:
    """Tenths of a per cent, rounded half up; only all is 100 % and only none is 0 %."""
    rounded = (2 * _WHOLE * part + whole) // (2 * whole)
    if 0 < part < whole:
        return min(max(rounded, 1), _WHOLE - 1)
    return rounded


def percent_text(value: int) -> str:
    """Tenths as people write them: 66.7%, 100%."""
    return f"{value // 10}%" if value % 10 == 0 else f"{value // 10}.{value % 10}%"


def shares(counts: Sequence[int]) -> list[int]:
    """Tenths of a per cent that sum to 100 %: what rounding leaves goes to the largest remainders, then in order."""
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    exact = [_WHOLE * count for count in counts]
    found = [value // whole for value in exact]
    by_rest = sorted(range(len(counts)), key=lambda at: (-(exact[at] % whole), at))
    for at in by_rest[: _WHOLE - sum(found)]:
        found[at] += 1
    return found
