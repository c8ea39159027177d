"""Today's work, the register and the case inquiries in the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address

_ENTRIES = (
    ("desk.home", "desk:home", "今日工作", "home"),
    ("matters.list", "desk:matters:list", "登记簿", "list-details"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """The first two entries, for posts only."""
    return _of(request, _ENTRIES) if getattr(request, "post", None) else []


def search(request: HttpRequest) -> str:
    """The search box leads into the register."""
    if getattr(request, "post", None) is None or not may(request.actor, "matters.list"):  # type: ignore[attr-defined]
        return ""
    return address("desk:matters:list")


def later_entries(request: HttpRequest) -> list[Entry]:
    """Further down: seen by few."""
    inquiries = (("inquiries.list", "desk:inquiries:list", "案件咨询", "help-circle"),)
    return _of(request, inquiries) if getattr(request, "post", None) else []


def _of(request: HttpRequest, wanted: tuple[tuple[str, str, str, str], ...]) -> list[Entry]:
    actor = request.actor  # type: ignore[attr-defined]
    found = []
    for verb, name, label, icon in wanted:
        url = address(name)
        active = request.path == url if name == "desk:home" else request.path.startswith(url)
        if may(actor, verb):
            found.append({"label": label, "url": url, "icon": icon, "active": active})
    return found
