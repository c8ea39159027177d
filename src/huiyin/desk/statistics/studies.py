"""专题研究: the leadership's meetings on suggestions, year by year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.statistics.study_forms import CorrectStudyForm, StudyForm
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import LeadershipStudy
from huiyin.suggestions.operations.studies import correct_study, record_study, target_of
from huiyin.suggestions.queries import studies_open_to
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset


@desk_page("suggestions.list_studies")
def studies(request: StaffRequest) -> HttpResponse:
    """The meetings, the latest first; years without one are named."""
    found = studies_open_to(request.post).prefetch_related("matters")
    place = Concat(Cast("held_on", CharField()), LPad(Cast("id", CharField()), 19, Value("0")))
    paged = keyset(request, found.annotate(place=place), key="-place", size=25, unit="次")
    held = {each.held_on.year for each in paged.rows}
    context = {
        "title": "专题研究",
        "studies": paged.rows,
        "pager": paged.pager,
        "missing": today().year if today().year not in held and "after" not in request.GET else None,
        "may_record": may(request.actor, "suggestions.record_study"),
    }
    return render(request, "desk/statistics/studies.html", context)


@desk_page("suggestions.record_study", methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Note a meeting."""
    kept = keep_uploads(request, "minutes", verb="suggestions.record_study") if request.method == "POST" else None
    form = StudyForm(posted(request), post=request.post, kept=kept, initial={"held_on": today()})
    if form.is_bound and form.is_valid() and kept is not None:
        try:
            noted = record_study(
                facts=form.facts(), minutes=kept.last, request_key=form.key, actor=request.actor, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, "suggestions.record_study", refusal))
        else:
            messages.success(request, "已登记。")
            return go_to(request, "desk:statistics:study", noted.pk)
    context = {"title": "登记专题研究", "form": form}
    return render(request, "desk/statistics/study_form.html", context, status=422 if form.errors else 200)


def _study_or_404(request: StaffRequest, pk: int) -> LeadershipStudy:
    seen = studies_open_to(request.post).select_related("procuratorate", "minutes", "recorded_by__staff")
    return get_object_or_404(seen, pk=pk)


@desk_page("suggestions.list_studies")
def study(request: StaffRequest, pk: int) -> HttpResponse:
    """One meeting."""
    found = _study_or_404(request, pk)
    context = {
        "title": found.title,
        "study": found,
        "matters": _matters(request, found),
        "may_correct": may(request.actor, "suggestions.correct_study", found),
    }
    return render(request, "desk/statistics/study.html", context)


def _matters(request: StaffRequest, study: LeadershipStudy) -> list[dict[str, Any]]:
    open_ones = set(Matter.objects.open_to(request.post).filter(studies=study).values_list("pk", flat=True))
    return [{"matter": each, "is_open": each.pk in open_ones} for each in study.matters.order_by("external_number")]


@desk_page("suggestions.correct_study", methods=["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Put right what was noted."""
    found = _study_or_404(request, pk)
    kept = keep_uploads(request, "minutes", verb="suggestions.correct_study") if request.method == "POST" else None
    form = CorrectStudyForm(posted(request), post=request.post, kept=kept, initial=CorrectStudyForm.now(found))
    if form.is_bound and form.is_valid() and kept is not None:
        key: UUID = form.key
        try:
            correct_study(
                study=found, facts=form.facts(), minutes=kept.last, request_key=key, actor=request.actor,
                version=form.cleaned_data["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, "suggestions.correct_study", refusal, target=target_of(found)))
        else:
            messages.success(request, "已更正。")
            return go_to(request, "desk:statistics:study", pk)
    context = {"title": "更正专题研究", "form": form, "study": found}
    return render(request, "desk/statistics/study_form.html", context, status=422 if form.errors else 200)
