"""What the page of a matter and today's work say of more time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.matters.models import Deadline, Extension, Matter
from huiyin.matters.parts import answers_with, leading
from huiyin.matters.rules import UndertakingStatus
from huiyin.matters.rules.extensions import ExtensionState
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.rules import LimitRule
from huiyin.web.pages import StaffRequest

OWNERS: Final = frozenset({Role.HANDLER, Role.DEPARTMENT_HEAD, Role.LIAISON_OFFICER})
"""Who tells whoever brought it: those who deal with him."""


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/extensions/section.html", build, 6, column="top")
    add_acts("extensions", buttons)
    add_waiting("extensions", waiting, 25)


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Every request for more time, the latest first."""
    return {"extensions": facts.extensions} if facts.extensions else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Offered to who handles it while the day runs and the book knows more; the clock's own only where it does."""
    found = _running(facts)
    if found is None:
        return
    deadline, rule = found
    matter, stopped = facts.matter, deadline.state == "stopped"
    has_room = deadline.cap_on is None or deadline.due_on < deadline.cap_on
    runs = any(each.is_running for each in facts.extensions)
    if rule.extension_allowed and has_room and not runs and facts.on <= deadline.due_on:
        standing = [part for part in facts.undertakings if part.status != UndertakingStatus.MOVED]
        if may(request.actor, "matters.ask_extension") and answers_with(request.post, leading(standing)):
            yield Act("申请延期", reverse("desk:extensions:ask", args=[matter.pk]), "calendar-plus")
    if rule.suspension_allowed and stopped and may(request.actor, "matters.resume_clock"):
        yield Act("恢复期限", reverse("desk:extensions:resume", args=[matter.pk]), "player-play")
    elif rule.suspension_allowed and not stopped and may(request.actor, "matters.suspend_clock"):
        yield Act("中止期限", reverse("desk:extensions:suspend", args=[matter.pk]), "player-pause")


def _running(facts: MatterFacts) -> tuple[Deadline, LimitRule] | None:
    """The matter's own running day of this round with its rule, from what the page has read."""
    for deadline in facts.deadlines:
        is_own = deadline.undertaking_id is None and deadline.commitment_id is None and deadline.letter_id is None
        if not is_own or deadline.met_at or deadline.dropped_at or deadline.round != facts.matter.round:
            continue
        try:
            rule = facts.stack.limit(deadline.limit_code, deadline.starts_on)
        except RuleNotFound:
            continue
        if rule.extension_allowed or rule.suspension_allowed:
            return deadline, rule
    return None


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Letters to send and answers to record for the office; the deputy to be told, for who deals with him."""
    own = Extension.objects.filter(matter__procuratorate=request.post.procuratorate_id).order_by("deadline__due_on")
    if may(request.actor, "matters.send_extension"):
        outside = own.filter(state__in=[ExtensionState.APPROVED, ExtensionState.SENT])
        found = list(outside.values_list("state", "pk")[:200])
        yield from _line("待发的延期函", [key for state, key in found if state == ExtensionState.APPROVED], urgent=True)
        yield from _line("待交办机关答复的延期", [key for state, key in found if state == ExtensionState.SENT])
    if request.post.role_enum in OWNERS:
        seen = Matter.objects.open_to(request.post).filter(is_open=True)
        untold = own.filter(state=ExtensionState.GRANTED, told_on=None, matter__in=seen)
        yield from _line("延期后待告知提出人", list(untold.values_list("pk", flat=True)[:100]), urgent=True)


def _line(label: str, keys: list[int], *, urgent: bool = False) -> Iterable[Waiting]:
    if keys:
        yield Waiting(label, len(keys), reverse("desk:extensions:detail", args=[keys[0]]), urgent=urgent)
