"""并案办理 on the page of a matter: who leads, who joined, how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.merging.views import MERGE, UNMERGE
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter
from huiyin.matters.together import Group, group_of
from huiyin.organisations.permissions import may
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.operations.merging import TOGETHER
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/merging/section.html", build, 8)
    add_acts("merging", buttons)


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The matters handled together with this one; of those the reader may not open no more than the number."""
    group = _group(facts)
    if group is None:
        return None
    seen = set(
        Matter.objects.open_to(request.post).filter(pk__in=[each.pk for each in group.all]).values_list("pk", flat=True)
    )
    rows = [{"matter": each, "is_lead": each is group.lead, "is_seen": each.pk in seen} for each in group.all]
    may_part = facts.matter.is_open and may(request.actor, UNMERGE)
    return {"rows": rows, "is_lead": group.lead.pk == facts.matter.pk, "may_part": may_part, "here": facts.matter.pk}


def _group(facts: MatterFacts) -> Group | None:
    merged = any(link.kind == RelationKind.MERGED for link in facts.links)
    return group_of(facts.matter) if merged else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Join it to another, as long as its letter is not on its way and it is not joined yet."""
    matter = facts.matter
    is_free = not any(link.kind == RelationKind.MERGED for link in facts.links)
    if is_free and matter.kind in ACCOUNTED and matter.status in TOGETHER and may(request.actor, MERGE):
        yield Act("并案", reverse("desk:merging:merge", args=[matter.pk]), "link")
