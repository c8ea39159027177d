"""Mandates of a person: adding, correcting, ending, entrusting to an officer."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.desk.people import forms
from huiyin.desk.people.acts import form_page, mandate_or_404, person_or_404
from huiyin.people import operations
from huiyin.people.models import Mandate
from huiyin.people.rules import standing
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page


@desk_page("people.add_mandate", methods=["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """One more mandate for a person."""
    person = person_or_404(request, pk)
    form = forms.AddMandateForm(request.POST or None, person=person, on=today())
    return form_page(
        request, form,
        lambda said: operations.add_mandate(
            person=person, facts=form.mandate(), version=said["version"], actor=request.actor, at=now()
        ),
        person=person, verb="people.mandate_added", done="身份已增加。", title=f"为{person.name}增加身份",
        button="增加",
    )  # fmt: skip


@desk_page("people.change_mandate", methods=["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """What is said of a mandate."""
    held = mandate_or_404(request, pk)
    form = forms.ChangeMandateForm(request.POST or None, mandate=held, on=today())
    return form_page(
        request, form,
        lambda said: operations.change_mandate(
            mandate=held, facts=form.mandate(), version=said["version"], actor=request.actor, at=now()
        ),
        person=held.person, verb="people.mandate_changed", done="身份已更正。", title=f"更正身份：{_named(held)}",
        button="保存",
    )  # fmt: skip


@desk_page("people.end_mandate", methods=["GET", "POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """The end of a mandate."""
    held = mandate_or_404(request, pk)
    return form_page(
        request, forms.EndMandateForm(request.POST or None, mandate=held, on=today()),
        lambda said: operations.end_mandate(mandate=held, actor=request.actor, at=now(), **said),
        person=held.person, verb="people.mandate_ended", done="终止日已登记。", title=f"终止身份：{_named(held)}",
        button="登记终止",
    )  # fmt: skip


@desk_page("people.assign_officer", methods=["GET", "POST"])
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    """Who looks after this deputy."""
    held = mandate_or_404(request, pk)
    return form_page(
        request, forms.OfficerForm(request.POST or None, mandate=held, on=today()),
        lambda said: operations.assign_officer(mandate=held, actor=request.actor, at=now(), **said),
        person=held.person, verb="people.officer_assigned", done="联络员已指定。", title=f"指定联络员：{_named(held)}",
        button="指定",
    )  # fmt: skip


def _named(held: Mandate) -> str:
    return f"{held.person.name}（{standing(held.kind, held.level, held.term)}）"
