"""回访 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.due import chip
from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.revisits.views import PLAN, VIEW
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Revisit
from huiyin.matters.queries import may_open
from huiyin.matters.rules.following import RevisitState
from huiyin.matters.second_letters import ANSWERED
from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/revisits/section.html", build, 82)
    add_acts("revisits", buttons)
    add_waiting("revisits", waiting, 64)
    add_navigation(entries, 14)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever revisits."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:revisits:list")
    return [{"label": "回访", "url": url, "icon": "phone", "active": request.path.startswith(url)}]


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Each revisit: owed with its day, or what the deputy said."""
    if facts.matter.status not in ANSWERED:
        return None
    rows = [_row(each, facts) for each in facts.matter.revisits.select_related("post__staff", "participant")]
    return {"rows": rows} if rows else None


def _row(revisit: Revisit, facts: MatterFacts) -> dict[str, Any]:
    own = (each for each in facts.deadlines if each.revisit_id == revisit.pk)
    day = next((each for each in own if each.met_at is None and each.dropped_at is None), None)
    return {"revisit": revisit, "day": day, "chip": chip(day, facts.on, facts.working_days) if day else None}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """One more, where none is owed."""
    running = any(each.revisit_id and each.met_at is None and each.dropped_at is None for each in facts.deadlines)
    ours = facts.matter.status in ANSWERED and facts.matter.handler_role != "assist"
    if ours and kind_of(facts.matter).is_rated and not running and may(request.actor, PLAN):
        yield Act("安排回访", reverse("desk:revisits:plan", args=[facts.matter.pk]), "phone")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Those whose reminders have begun, for whoever makes them; the office sees all that are late."""
    if not may(request.actor, VIEW):
        return
    owed = Revisit.objects.filter(state=RevisitState.OWED)
    running = Deadline.objects.filter(revisit=OuterRef("pk"), met_at=None, dropped_at=None)
    passed = Exists(running.filter(due_on__lt=on))
    front = address("desk:revisits:list")
    if may(request.actor, "matters.record_revisit"):
        near = owed.filter(passed | Exists(running.exclude(rung="")), post=request.post)
        yield Waiting("待回访的代表", near.count(), front, "次")
    if may(request.actor, "matters.close"):
        late = owed.filter(passed, may_open(request.post, "matter"))
        yield Waiting("逾期没有回访", late.count(), front, "次", urgent=True)
