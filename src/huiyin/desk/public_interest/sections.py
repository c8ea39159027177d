"""公益诉讼转化 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.public_interest.views import COPIED, DECIDE, OPEN, UNCOPIED, VIEW
from huiyin.matters.permissions import HEADS
from huiyin.organisations.permissions import may
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import PublicTransfer, TransferPaper, TransferState
from huiyin.suggestions.public_interest_queries import filings_of
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/public_interest/section.html", build, 84)
    add_acts("public_interest", buttons)
    add_waiting("public_interest", waiting, 68)
    add_navigation(entries, 14)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever converts or decides on it."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:public_interest:list")
    return [{"label": "公益诉讼转化", "url": url, "icon": "scale", "active": request.path.startswith(url)}]


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The cases that came of it, with their papers."""
    if facts.matter.kind not in ACCOUNTED or not may(request.actor, VIEW):
        return None
    rows = list(facts.matter.public_transfers.select_related("department").prefetch_related("papers").order_by("id"))
    return {"rows": rows} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Convert it, while it is handled."""
    matter = facts.matter
    if matter.is_open and matter.kind in ACCOUNTED and may(request.actor, OPEN):
        yield Act("转公益诉讼", f"{reverse('desk:public_interest:open')}?matter={matter.pk}", "scale")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """To decide for the leader asked, to copy for the office, to go on with for the department."""
    front = address("desk:public_interest:list")
    if may(request.actor, DECIDE):
        yield Waiting("待决定的公益诉讼立案", filings_of(request.post).count(), f"{front}?state=proposed", urgent=True)
    if may(request.actor, COPIED):
        own = TransferPaper.objects.filter(transfer__procuratorate=request.post.procuratorate_id, copied_on=None)
        yield Waiting("待抄送的公益诉讼文书", own.count(), f"{front}?state={UNCOPIED}", "份", urgent=True)
    if request.post.role_enum in HEADS and request.post.department_id is not None:
        mine = PublicTransfer.objects.filter(department=request.post.department_id, state=TransferState.RUNNING)
        yield Waiting("办理中的公益诉讼转化", mine.count(), f"{front}?state=running")
