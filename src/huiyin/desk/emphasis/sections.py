"""重点 and 加急 on the page of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.desk.emphasis.views import LOWER, RAISE, URGENCY
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/emphasis/section.html", build, 32, column="side")
    add_acts("emphasis", buttons)


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """What was decided of its weight, and by whom."""
    if not getattr(facts.matter, "was_weighed", True):
        return None
    rows = list(facts.matter.emphases.select_related("leader__staff", "decided_by__staff").order_by("-id"))
    return {"rows": rows} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Raise or lower it while it is open."""
    matter = facts.matter
    if not matter.is_open:
        return
    if not matter.is_key and may(request.actor, RAISE):
        yield Act("列为重点", reverse("desk:emphasis:raise_to_key", args=[matter.pk]), "flag")
    if matter.is_key and may(request.actor, LOWER):
        yield Act("不再列为重点", reverse("desk:emphasis:lower_from_key", args=[matter.pk]), "flag")
    if may(request.actor, URGENCY):
        label = "不再加急" if matter.is_urgent else "加急"
        yield Act(label, reverse("desk:emphasis:set_urgency", args=[matter.pk]), "clock")
