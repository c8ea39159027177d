"""Undertakings as lists: what my department must sign for, what waits to be co-ordinated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.due import Chip, chip
from huiyin.desk.undertakings.page import undertaking_or_404, undertaking_page
from huiyin.matters.models import Deadline, Undertaking
from huiyin.matters.permissions import DEPARTMENT
from huiyin.matters.queries import named_text, undertakings_open_to, with_list_facts
from huiyin.matters.rules import UNDERTAKING_STATUS_LABELS, UndertakingStatus
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar
from huiyin.regulations.rules import Calendar
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset

TABS: Final = (
    UndertakingStatus.ASSIGNED,
    UndertakingStatus.ADJUSTING,
    UndertakingStatus.IN_HAND,
    UndertakingStatus.GIVEN,
    UndertakingStatus.MOVED,
)
OWN_TAB: Final = {Role.HANDLER: UndertakingStatus.IN_HAND, Role.DEPARTMENT_HEAD: UndertakingStatus.ASSIGNED}
CAP: Final = 999
REASSIGNING: Final = "reassigning"
"""A tab of its own: in hand with one department, proposed for another."""


@dataclass(frozen=True)
class Shown:
    """One undertaking of the list with its nearest open day."""

    undertaking: Undertaking
    proposer: str
    deadline: Deadline | None
    chip: Chip | None


@desk_page("matters.list_undertakings")
def undertakings(request: StaffRequest) -> HttpResponse:
    """Undertakings this post may read, one status at a time; each role begins where its work lies."""
    on, working_days = today(), calendar()
    readable = undertakings_open_to(request.post, on=on).filter(department__isnull=False)  # organs sign for nothing
    counts = dict(readable.order_by().values_list("status").annotate(count=Count("pk")))
    status = request.GET.get("status", "")
    if status not in (*TABS, REASSIGNING):
        status = _begin_at(request.post, counts)
    chosen = readable.filter(reassignments__verdict="") if status == REASSIGNING else readable.filter(status=status)
    paged = keyset(request, with_list_facts(chosen), size=40, unit="项")
    context: dict[str, Any] = {
        "title": "交办签收",
        "rows": [_shown(each, on, working_days) for each in sorted(paged.rows, key=_by_urgency)],
        "pager": paged.pager,
        "status": status,
        "tabs": [*(_tab(each, counts.get(each, 0)) for each in TABS), {"value": REASSIGNING, "label": "待决定改派"}],
        "is_department": request.post.role_enum in DEPARTMENT,
    }
    return render(request, "desk/undertakings/list.html", context)


@desk_page("matters.view_undertaking")
def undertaking(request: StaffRequest, pk: int) -> HttpResponse:
    """One undertaking and what may be done with it."""
    return undertaking_page(request, undertaking_or_404(request, pk))


def _by_urgency(undertaking: Undertaking) -> bool:
    """False, and so first, for what must be answered at once (应急事急办)."""
    return not undertaking.matter.is_urgent


def _begin_at(post: Post, counts: dict[str, int]) -> str:
    """The role's own tab where it holds something, otherwise the first that does."""
    own = OWN_TAB.get(post.role_enum, UndertakingStatus.ADJUSTING)
    return next((status for status in (own, *TABS) if counts.get(status)), own)


def _tab(status: UndertakingStatus, count: int) -> dict[str, str]:
    shown = f"{count}" if count <= CAP else f"{CAP}+"
    return {"value": status, "label": f"{UNDERTAKING_STATUS_LABELS[status]} {shown}"}


def _shown(undertaking: Undertaking, on: date, working_days: Calendar) -> Shown:
    days: list[Deadline] = undertaking.open_days  # type: ignore[attr-defined]
    first, count = undertaking.lead_name or "", undertaking.signer_count or 0  # type: ignore[attr-defined]
    return Shown(
        undertaking=undertaking,
        proposer=named_text(first, count),
        deadline=days[0] if days else None,
        chip=chip(days[0], on, working_days) if days else None,
    )
