"""Contacts and assisting opinions on the page of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.desk.matters.sections import Act as Button
from huiyin.desk.matters.sections import MatterFacts, add_acts, add_section
from huiyin.matters.parts import assisting
from huiyin.matters.rules import ActKind, Status, UndertakingStatus
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest

IN_CARE = frozenset(Status) - {Status.REGISTERED, Status.PROPOSING, Status.ARCHIVED}


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/acts/opinions.html", build_opinions, 50)
    add_section("desk/acts/section.html", build_acts, 60)
    add_acts("acts", buttons)


def build_acts(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What was said with those who brought the matter, and what was looked into."""
    rows = [
        {
            "act": act,
            "url": reverse("desk:acts:detail", args=[act.pk]),
            "words": act.deputy_words or act.our_words or act.agreed or act.reason_not_held,
        }
        for act in facts.acts
        if act.kind != ActKind.URGE
    ]
    return {"rows": rows} if rows or facts.matter.status in IN_CARE else None


def build_opinions(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Whose opinion is in, whose is not."""
    running = [part for part in facts.undertakings if part.status != UndertakingStatus.MOVED]
    rows = [{"part": part, "url": reverse("desk:acts:opinion", args=[part.pk])} for part in assisting(running)]
    return {"rows": rows, "may_open": may(request.actor, "matters.give_opinion")} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Button]:
    """Record a contact while the matter is cared for."""
    if facts.matter.status in IN_CARE and may(request.actor, "matters.record_act"):
        yield Button("记录沟通", reverse("desk:acts:record", args=[facts.matter.pk]), "message")
