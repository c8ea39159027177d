"""并案办理: join a matter to the one that leads, take it out again."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.matters.relating import NumberForm, found_by_number
from huiyin.desk.merging.forms import MergeForm, UnmergeForm
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.together import group_of
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.operations.merging import TOGETHER, merge, unmerge
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, posted

MERGE, UNMERGE = "suggestions.merge", "suggestions.unmerge"
OFFERED_AT_MOST: Final = 12


def _offered(request: StaffRequest, matter: Matter, number: str) -> QuerySet[Matter]:
    """What was asked for by number; otherwise the open ones of the same category that may still be joined."""
    if number:
        return found_by_number(request.post, number).exclude(pk=matter.pk)
    seen = Matter.objects.open_to(request.post).in_hand().filter(kind__in=ACCOUNTED, status__in=TOGETHER)
    same = seen.filter(category=matter.category).exclude(pk=matter.pk) if matter.category else seen.none()
    keys = list(same.order_by("-id").values_list("pk", flat=True)[:OFFERED_AT_MOST])
    return Matter.objects.filter(pk__in=keys).order_by("-id")


@desk_page(MERGE, methods=["GET", "POST"])
def merge_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Look the leading one up, choose, join."""
    matter, data = matter_or_404(request, pk), posted(request)
    number = str((data or request.GET).get("number", ""))[:60]
    found = _offered(request, matter, number)
    only = found[0].pk if number and len(found) == 1 else None
    form = MergeForm(data, found=found, initial={"number": number, "version": matter.version, "lead": only})

    def act() -> None:
        said = form.cleaned_data
        merge(
            matter=matter, lead=said["lead"], reason=said["reason"], actor=request.actor, version=said["version"],
            at=now(),
        )  # fmt: skip

    if data is not None:
        done = "已并案办理，各件页面和登记簿上都已标明。"
        answer = carried_out(
            request, form, act, verb=MERGE, done=done, to=("desk:matters:detail", pk), target=target(matter)
        )
        if answer is not None:
            return answer
    context = {
        "title": "并案办理", "matter": matter, "number": matter.known_as, "asked": number, "found": found,
        "search": NumberForm({"number": number} if number else None, auto_id="find_%s"), "form": form,
        "sentences": sentences_of(form) if form.is_bound and not found else [],
    }  # fmt: skip
    return render(request, "desk/merging/merge.html", context, status=422 if form.errors else 200)


@desk_page(UNMERGE, methods=["GET", "POST"])
def unmerge_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it out again."""
    matter, data = matter_or_404(request, pk), posted(request)
    form = UnmergeForm(data, initial={"version": matter.version})

    def act() -> None:
        said = form.cleaned_data
        unmerge(matter=matter, reason=said["reason"], actor=request.actor, version=said["version"], at=now())

    if data is not None:
        done = "已分开办理，沟通记录和意见各件都保留。"
        answer = carried_out(
            request, form, act, verb=UNMERGE, done=done, to=("desk:matters:detail", pk), target=target(matter)
        )
        if answer is not None:
            return answer
    group = group_of(matter)
    context = {
        "title": "分开办理", "matter": matter, "number": matter.known_as, "form": form,
        "lead": group.lead if group and group.lead.pk != matter.pk else None,
    }  # fmt: skip
    return render(request, "desk/merging/unmerge.html", context, status=422 if form.errors else 200)
