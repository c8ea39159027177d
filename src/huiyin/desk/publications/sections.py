"""答复公开 in today's work, in the navigation and among a letter's neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.disclosure.queries import waiting_counts
from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("publications", waiting, 45)


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Proposals this post is to check or to approve."""
    checks, approves = may(request.actor, "disclosure.check"), may(request.actor, "disclosure.approve")
    if not (checks or approves):
        return
    counts, there = waiting_counts(request.post), address("desk:publications:list")
    if checks:
        yield Waiting("待作公开前审查", counts["check"], f"{there}?status=proposed", urgent=True)
    if approves:
        yield Waiting("待批准公开的答复", counts["approve"], f"{there}?status=checked", urgent=True)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever proposes, checks or approves."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, "disclosure.list"):
        return []
    here = request.resolver_match.namespace if request.resolver_match else ""
    url = address("desk:publications:list")
    return [{"label": "答复公开", "url": url, "icon": "eye", "active": here == "desk:publications"}]
