"""督办 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.due import chip
from huiyin.desk.home.waiting import Waiting, add_waiting, stack_of
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.supervisions.views import CHIPS, VIEW
from huiyin.matters.models import Supervision
from huiyin.matters.rules import Status
from huiyin.matters.rules.supervision import SupervisionState
from huiyin.matters.supervising import awaiting_order, supervisions_open_to, worth_supervising
from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest

PRESSED: Final = frozenset({Status.ASSIGNED, Status.IN_HAND, Status.SIGNING, Status.REPLIED, Status.CLOSED})


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/supervisions/section.html", build, 45)
    add_acts("supervisions", buttons)
    add_waiting("supervisions", waiting, 25)
    add_navigation(entries, 14)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever presses and whoever is pressed."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:supervisions:list")
    return [{"label": "督办", "url": url, "icon": "alert-triangle", "active": request.path.startswith(url)}]


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The orders about this matter that the reader may open, each with its day; those of offices above."""
    if not may(request.actor, VIEW):
        return None
    rows = []
    if facts.matter.status not in {Status.REGISTERED, Status.PROPOSING}:
        seen = supervisions_open_to(request.post, on=facts.on).filter(matters=facts.matter)
        rows = [_row(order, facts) for order in seen.select_related("number", "department").order_by("-id")]
    above = list(facts.matter.superior_orders.select_related("procuratorate"))
    return {"rows": rows, "above": above} if rows or above else None


def _row(order: Supervision, facts: MatterFacts) -> dict[str, Any]:
    own = (each for each in facts.deadlines if each.supervision_id == order.pk)
    day = next((each for each in own if each.met_at is None and each.dropped_at is None), None)
    shown = chip(day, facts.on, facts.working_days) if day else None
    return {"order": order, "css": CHIPS.get(order.state_enum, ""), "day": day, "chip": shown}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Press a department that has the matter."""
    if facts.matter.status not in PRESSED or not may(request.actor, "matters.propose_supervision"):
        return
    if any(part.department_id and part.status != "moved" for part in facts.undertakings):
        there = f"{reverse('desk:supervisions:propose')}?matter={facts.matter.pk}"
        yield Act("督办", there, "alert-triangle")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """To sign for a leader, to sign for and report for a department, to judge and to press for the office."""
    actor, post = request.actor, request.post
    if not may(actor, VIEW):
        return
    front = address("desk:supervisions:list")
    if may(actor, "matters.order_supervision"):
        yield Waiting("待签发的督办单", awaiting_order(post, on).count(), front, "张", urgent=True)
    if may(actor, "matters.report_supervision"):
        mine = supervisions_open_to(post, on=on).aggregate(
            issued=Count("pk", filter=Q(state=SupervisionState.ISSUED)),
            taken=Count("pk", filter=Q(state=SupervisionState.ACKNOWLEDGED)),
        )
        if may(actor, "matters.acknowledge_supervision"):
            yield Waiting("待签收的督办单", mine["issued"], front, "张", urgent=True)
        yield Waiting("待回报的督办单", mine["taken"], front, "张", urgent=True)
    if may(actor, "matters.judge_supervision"):
        own = Supervision.objects.filter(procuratorate=post.procuratorate_id, state=SupervisionState.REPORTED)
        yield Waiting("待审核的督办回报", own.count(), front, "张", urgent=True)
        worth = worth_supervising(post.procuratorate, on, stack_of(request, on))
        yield Waiting("建议发督办单的事项", len(worth), f"{front}?tab=worth", urgent=True)
