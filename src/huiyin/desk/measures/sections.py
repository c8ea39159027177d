"""改进措施 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.measures.views import OPEN, VIEW
from huiyin.matters.measuring import measures_open_to
from huiyin.matters.models import Measure
from huiyin.matters.rules.following import MeasureState
from huiyin.matters.second_letters import ANSWERED
from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/measures/section.html", build, 84)
    add_acts("measures", buttons)
    add_waiting("measures", waiting, 66)
    add_navigation(entries, 14)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever carries measures out or sees to it."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:measures:list")
    return [{"label": "改进措施", "url": url, "icon": "list-check", "active": request.path.startswith(url)}]


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What was resolved because of this matter."""
    if facts.matter.status not in ANSWERED or not may(request.actor, VIEW):
        return None
    seen = measures_open_to(request.post, on=facts.on).filter(matter=facts.matter)
    rows = list(seen.select_related("department", "owner__staff"))
    return {"rows": rows} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Resolve one once the matter is answered."""
    if facts.matter.status in ANSWERED and may(request.actor, OPEN):
        yield Act("改进措施", f"{reverse('desk:measures:enter')}?matter={facts.matter.pk}", "list-check")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Own ones whose reminders have begun; the office's late ones."""
    if not may(request.actor, VIEW):
        return
    front = f"{reverse('desk:measures:list')}?state={MeasureState.OPEN}"
    mine = Measure.objects.filter(owner=request.post, status=MeasureState.OPEN)
    near = mine.filter(Q(due_on__lt=on) | ~Q(rung=""))
    yield Waiting("要落实的改进措施", near.count(), front, "项")
    if may(request.actor, "matters.close"):
        late = measures_open_to(request.post, on=on).filter(status=MeasureState.OPEN, due_on__lt=on)
        yield Waiting("逾期没有落实的改进措施", late.count(), front, "项", urgent=True)
