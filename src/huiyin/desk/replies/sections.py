"""The letters of a matter on its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.desk.matters.sections import Act as Button
from huiyin.desk.matters.sections import MatterFacts, add_acts, add_section
from huiyin.matters.letter_permissions import DRAFTERS
from huiyin.matters.parts import leading
from huiyin.matters.permissions import OFFICE
from huiyin.matters.rules import Status, UndertakingStatus
from huiyin.organisations.rules import Role
from huiyin.web.pages import StaffRequest

HEADS = frozenset({Role.DEPARTMENT_HEAD, Role.OFFICE_HEAD})


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/replies/section.html", build_letters, 70)
    add_acts("replies", buttons)


def build_letters(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Each letter with its days; what they promised has a card of its own."""
    letters = facts.letters
    if not letters:
        return None
    return {"letters": letters}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Button]:
    """Draft while the matter is in hand."""
    if facts.matter.status == Status.IN_HAND and _may_draft(request, facts):
        own = (each for each in facts.letters if each.round == facts.matter.round and each.kind != "second")
        begun = next(own, None)
        if begun is not None:
            yield Button("继续起草", reverse("desk:replies:edit", args=[begun.pk]), "pencil", primary=True)
            return
        label = "起草会办意见" if facts.matter.handler_role == "assist" else "起草答复"
        yield Button(label, reverse("desk:replies:begin", args=[facts.matter.pk]), "pencil", primary=True)


def _may_draft(request: StaffRequest, facts: MatterFacts) -> bool:
    """As `matters.draft_letter` decides, out of what the page has read."""
    role = request.post.role_enum
    if role not in DRAFTERS:
        return False
    running = [part for part in facts.undertakings if part.status != UndertakingStatus.MOVED]
    own = [part for part in leading(running) if part.department_id == request.post.department_id]
    return role in OFFICE or any(role in HEADS or part.handler_id == request.post.pk for part in own)
