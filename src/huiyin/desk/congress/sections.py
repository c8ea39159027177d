"""What today's work says of reports to the standing committee."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import CongressDue, CongressState
from huiyin.suggestions.queries import congress_open_to
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("congress", waiting, 94)


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """To go on with for the office, to number for the registry; signatures stand in the inbox."""
    if may(request.actor, "suggestions.send_congress_report"):
        own = congress_open_to(request.post)
        dues = CongressDue.objects.filter(report__in=own, met_at=None, dropped_at=None)
        reached = dues.exclude(rung="").exclude(rung="half_way").values_list("report", flat=True)
        yield from _line("向常委会的报告临近期限", sorted(set(reached)))
        drafts = own.filter(state__in=[CongressState.DRAFT, CongressState.NUMBERED]).exclude(pk__in=set(reached))
        yield from _line("向常委会的报告待办", list(drafts.values_list("pk", flat=True)[:100]), urgent=False)
    if may(request.actor, "suggestions.number_congress_report"):
        signed = congress_open_to(request.post).filter(state=CongressState.SIGNED)
        yield from _line("向常委会的报告待取号", list(signed.values_list("pk", flat=True)[:100]))


def _line(label: str, keys: list[int], *, urgent: bool = True) -> Iterable[Waiting]:
    if keys:
        url = reverse("desk:congress:detail", args=[keys[0]]) if len(keys) == 1 else reverse("desk:congress:list")
        yield Waiting(label, len(keys), url, "份", urgent=urgent)
