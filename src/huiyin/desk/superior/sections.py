"""上级院交办督办 in today's work: to be reported on below, to be ended above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.matters.rules.superior import OrderState
from huiyin.matters.superior import orders_open_to
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("superior", waiting, 26)


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Asked of us and not reported on; reported on to us and not ended."""
    may_report, may_end = may(request.actor, "matters.report_superior"), may(request.actor, "matters.end_superior")
    if not may_report and not may_end:
        return
    own, front = Q(procuratorate=request.post.procuratorate_id), reverse("desk:superior:list")
    counted = orders_open_to(request.post).aggregate(
        asked=Count("pk", filter=Q(state=OrderState.GIVEN) & ~own),
        reported=Count("pk", filter=Q(state=OrderState.REPORTED) & own),
    )
    if may_report:
        yield Waiting("待向上级院反馈的交办督办", counted["asked"], front, urgent=True)
    if may_end:
        yield Waiting("下级院已反馈的交办督办", counted["reported"], front)
