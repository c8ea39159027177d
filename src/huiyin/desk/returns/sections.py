"""What the page of a matter and today's work say of suggestions on their way back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from huiyin.approvals.queries import stands_in_for
from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.matters.kinds import kind_of
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import NotOurs, ReturnState
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/returns/section.html", build, 7, column="top")
    add_acts("returns", buttons)
    add_waiting("returns", waiting, 92)


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The latest attempt, while the matter is not routed yet or where it ended so."""
    return {"giving": facts.giving_back} if facts.giving_back is not None else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Offered before the matter is routed, and while no attempt runs."""
    if facts.matter.status != Status.REGISTERED or (facts.giving_back is not None and facts.giving_back.is_running):
        return
    if kind_of(facts.matter).is_rated and may(request.actor, "suggestions.propose_return"):
        yield Act("不属本院职责", reverse("desk:returns:propose", args=[facts.matter.pk]), "arrow-back-up")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """To decide for a leader, to send for the office."""
    own = NotOurs.objects.filter(matter__procuratorate=request.post.procuratorate_id).order_by("id")
    if may(request.actor, "suggestions.decide_return"):
        mine = own.filter(state=ReturnState.PROPOSED, leader__in=stands_in_for(request.post, on))
        yield from _line("待决定是否退回", list(mine.values_list("pk", flat=True)[:100]))
    if may(request.actor, "suggestions.send_return"):
        yield from _line("待发退回函", list(own.filter(state=ReturnState.AGREED).values_list("pk", flat=True)[:100]))


def _line(label: str, keys: list[int]) -> Iterable[Waiting]:
    if keys:
        yield Waiting(label, len(keys), reverse("desk:returns:detail", args=[keys[0]]), urgent=True)
