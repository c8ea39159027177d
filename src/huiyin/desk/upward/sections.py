"""报送上级院 in today's work and on the page of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import MatterFacts, add_section
from huiyin.matters.models import UpwardCopy
from huiyin.matters.rules.upward import levels_above
from huiyin.matters.upward import owed_upward
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("upward", waiting, 70)
    add_section("desk/upward/section.html", build_upward, 38, column="side")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Copies owed to the office above."""
    if may(request.actor, "matters.send_upward"):
        yield Waiting("待报送上级院", owed_upward(request.post).order_by().count(), reverse("desk:upward:list"))


def build_upward(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """That the office above is owed a copy, or when it got it; nothing where no higher deputy signed."""
    above = levels_above(facts.matter.procuratorate.level)
    names = [each.name for each in facts.participants if each.mandate is not None and each.mandate.level in above]
    out = [letter for letter in facts.letters if letter.kind == "reply" and letter.issued_on]
    if not names or not out:
        return None
    copy = UpwardCopy.objects.filter(reply=out[0]).first()
    return {"names": names, "reply": out[0], "copy": copy, "may_send": may(request.actor, "matters.send_upward")}
