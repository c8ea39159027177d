"""Open dates that would move, as the pages show them: a part at a time."""

from __future__ import annotations

from typing import Any

from huiyin.regulations.queries import Ahead
from huiyin.web.pages import StaffRequest

CURSOR = "cursor"


def asked_cursor(request: StaffRequest) -> str:
    """Which part is asked for."""
    return request.GET.get(CURSOR, "")


def ahead_of(request: StaffRequest, ahead: Ahead) -> dict[str, Any]:
    """The part and the ways to the next one and back to the first."""
    return {
        "ahead": ahead,
        "pager": {
            "first_url": _address(request, "") if ahead.before else "",
            "next_url": _address(request, ahead.following) if ahead.following else "",
        },
    }


def _address(request: StaffRequest, cursor: str) -> str:
    asked = request.GET.copy()
    asked.pop(CURSOR, None)
    if cursor:
        asked[CURSOR] = cursor
    return f"?{asked.urlencode()}#ahead"
