"""The invented office of the demonstration, as tests see it: named people, fixed moments."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.demo.offices import DEMO_PASSWORD, Offices, build_offices

__all__ = ["DEMO_PASSWORD", "World", "build_world", "moment"]

World = Offices
build_world = build_offices
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """An aware moment in Asia/Shanghai from "2026-03-05 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
