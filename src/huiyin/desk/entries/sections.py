"""外系统 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.entries.references import ADD
from huiyin.desk.entries.views import VIEW
from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.matters.entering import entries_owed
from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("entries", waiting, 72)
    add_section("desk/entries/section.html", build, 39, column="side")
    add_acts("entries", buttons)
    add_navigation(entry, 41)


def entry(request: HttpRequest) -> list[Entry]:
    """For whoever enters matters outside."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:entries:list")
    here = request.path.startswith((url, address("desk:systems:list")))
    return [{"label": "外系统录入", "url": url, "icon": "upload", "active": here}]


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Done here, not entered there."""
    if may(request.actor, VIEW):
        count = entries_owed(request.post).count()
        yield Waiting("本系统已办、外系统未录入", count, address("desk:entries:list"))


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Where else it stands, under which number, and whether it was entered."""
    rows = list(facts.matter.references.select_related("system").order_by("id"))
    return {"rows": rows, "may_add": may(request.actor, ADD)} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """One more system."""
    if may(request.actor, ADD):
        yield Act("登记外系统编号", reverse("desk:entries:add", args=[facts.matter.pk]), "upload")
