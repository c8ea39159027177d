"""共性问题 on the page of a matter, in today's work and in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from huiyin.desk.common_problems.views import ANALYSE, OPEN, VIEW
from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.organisations.permissions import may
from huiyin.suggestions.common_queries import problems_of, problems_open_to
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import CommonProblem, ProblemState
from huiyin.web.context import Entry, add_navigation, address
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/common_problems/section.html", build, 83)
    add_acts("common_problems", buttons)
    add_waiting("common_problems", waiting, 67)
    add_navigation(entries, 14)


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever works problems out or sees to it."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, VIEW):
        return []
    url = address("desk:common_problems:list")
    return [{"label": "共性问题", "url": url, "icon": "list-details", "active": request.path.startswith(url)}]


def build(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The problems it belongs to, and the rules they ended in."""
    if not getattr(facts.matter, "was_gathered", True):
        return None
    own = facts.matter.common_problems.select_related("department").prefetch_related("documents__file")
    rows = list(own.order_by("id"))
    keys = [each.pk for each in rows]
    open_ones = problems_open_to(request.post) if may(request.actor, VIEW) else CommonProblem.objects.none()
    seen = set(open_ones.filter(pk__in=keys).values_list("pk", flat=True))
    return {"rows": [{"problem": each, "is_seen": each.pk in seen} for each in rows]} if rows else None


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Open a problem from a suggestion that is classified as common."""
    ours = facts.matter.kind in ACCOUNTED and facts.matter.problem_class == "common"
    is_alone = ours and not getattr(facts.matter, "was_gathered", True)
    if is_alone and may(request.actor, OPEN):
        url = f"{reverse('desk:common_problems:open')}?matter={facts.matter.pk}"
        yield Act("共性问题", url, "list-details")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Own ones: to be analysed, to be ended in a rule."""
    if not may(request.actor, ANALYSE):
        return
    counted = problems_of(request.post).aggregate(fresh=Count("pk", filter=Q(analysis="")), all=Count("pk"))
    front = f"{reverse('desk:common_problems:list')}?state={ProblemState.OPEN}"
    yield Waiting("待分析的共性问题", counted["fresh"], front, "个")
    yield Waiting("待建章立制的共性问题", counted["all"] - counted["fresh"], front, "个")
