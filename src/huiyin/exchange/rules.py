"""Slip numbers, how often a code may be asked for, how long to wait with a slip that failed. No Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final


class SlipState(StrEnum):
    WAITING = "waiting"
    HANDLED = "handled"
    REFUSED = "refused"


SLIP_LABELS: Final = {SlipState.WAITING: "已收到，待处理", SlipState.HANDLED: "已处理", SlipState.REFUSED: "未能办理"}
_NUMBER: Final = re.compile(r"回([0-9]{4})-([0-9]{6,})-([0-9]{2})")


def slip_number(year: int, value: int) -> str:
    """The number a sender keeps: 回2026-000123-41; its two check digits find every single slip of the pen."""
    return f"回{year}-{value:06d}-{_check(year, value):02d}"


def is_slip_number(text: str) -> bool:
    """Whether a number read out on the phone can be one of ours."""
    found = _NUMBER.fullmatch(text.strip())
    return found is not None and int(found[3]) == _check(int(found[1]), int(found[2]))


def _check(year: int, value: int) -> int:
    """ISO 7064 MOD 97-10 over year and value."""
    return 98 - int(f"{year}{value:06d}00") % 97


@dataclass(frozen=True)
class Pace:
    """So many within so long."""

    within: timedelta
    most: int


@dataclass(frozen=True)
class AccessRules:
    """One-time codes as an installation wants them."""

    digits: int
    lives: timedelta
    tries: int
    per_phone: tuple[Pace, ...]
    per_address: tuple[Pace, ...]
    kept: timedelta  # how long a used or expired code's row stays for the counting

    @classmethod
    def read(cls, setting: Mapping[str, Any]) -> AccessRules:
        """From settings: minutes, tries, digits, and (seconds, most) pairs."""
        return cls(
            digits=setting["digits"],
            lives=timedelta(minutes=setting["minutes"]),
            tries=setting["tries"],
            per_phone=_paces(setting["per_phone"]),
            per_address=_paces(setting["per_address"]),
            kept=max(timedelta(seconds=seconds) for seconds, _ in [*setting["per_phone"], *setting["per_address"]]),
        )


def _paces(pairs: list[tuple[int, int]]) -> tuple[Pace, ...]:
    return tuple(Pace(timedelta(seconds=seconds), most) for seconds, most in pairs)


def pause_before(tries: int) -> timedelta:
    """How long a slip whose handler failed waits before the next try: longer each time, an hour at most."""
    return min(timedelta(seconds=15 << min(tries, 10)), timedelta(hours=1))
