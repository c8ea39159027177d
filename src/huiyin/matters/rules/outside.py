"""Systems outside in which a matter also stands (practice 28). No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class SystemKind(StrEnum):
    CONGRESS = "congress"
    PROPOSALS = "proposals"
    CASES = "cases"
    HOTLINE = "hotline"
    OFFICE = "office"


SYSTEM_KIND_LABELS: Final = {
    SystemKind.CONGRESS: "人大代表建议系统",
    SystemKind.PROPOSALS: "政协提案系统",
    SystemKind.CASES: "统一业务应用系统",
    SystemKind.HOTLINE: "12309平台",
    SystemKind.OFFICE: "办公系统",
}
STANDS_IN: Final = {"congress": SystemKind.CONGRESS, "cppcc": SystemKind.PROPOSALS}
"""Who assigned a matter decides in which system it stands without anybody saying so."""
TAKES_LETTERS: Final = frozenset(STANDS_IN.values())
"""Entering a matter there enters its letter: the day is also the letter's (录入人大系统)."""
