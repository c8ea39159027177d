"""办理进度表 in the navigation and in today's work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting, stack_of
from huiyin.matters.permissions import DEPARTMENT
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import ProgressTable, TableState
from huiyin.suggestions.progress_queries import next_set_date, unwritten
from huiyin.web.context import Entry, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("progress", waiting, 35)


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Lines to write for a department; for the office the table to lay out, to urge, to sign off."""
    if request.post.role_enum in DEPARTMENT:
        mine = list(unwritten(request.post).order_by("table_id").values_list("table_id", flat=True)[:100])
        if mine:
            url = reverse("desk:progress:detail", args=[mine[0]])
            yield Waiting("待填写的办理进度", len(mine), url, urgent=True)
    if may(request.actor, "suggestions.open_progress"):
        own = ProgressTable.objects.filter(procuratorate=request.post.procuratorate_id)
        known = list(own.filter(due_on__gte=on).values_list("due_on", flat=True)) if _asked(request, on) else [on]
        if not known:
            yield Waiting("本月应报的办理进度表还没有布置", 1, address("desk:progress:open"), "张")
        running = own.filter(state=TableState.WRITING).order_by("due_on", "id")
        keys = list(running.values_list("pk", flat=True)[:100])
        if keys:
            yield Waiting("待审定的办理进度表", len(keys), reverse("desk:progress:detail", args=[keys[0]]), "张")


def _asked(request: StaffRequest, on: date) -> bool:
    """Whether the book sets a date in this month."""
    ahead = next_set_date(stack_of(request, on), on)
    return ahead is not None and (ahead.on.year, ahead.on.month) == (on.year, on.month)


def entries(request: HttpRequest) -> list[Entry]:
    """办理进度表, for those who write or gather it."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, "suggestions.list_progress"):
        return []
    url = address("desk:progress:list")
    return [{"label": "办理进度表", "url": url, "icon": "list-check", "active": request.path.startswith(url)}]
