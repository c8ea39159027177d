"""What all acts of this subject have in common: the person seen, one form, one operation, one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.kernel.refusals import Refusal
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.operations.checks import target_of
from huiyin.people.queries import visible_to
from huiyin.web.pages import StaffRequest, go_to, refused


def person_or_404(request: StaffRequest, pk: int) -> Person:
    """A person this post may see."""
    return get_object_or_404(visible_to(request.post).select_related("procuratorate"), pk=pk)


def mandate_or_404(request: StaffRequest, pk: int) -> Mandate:
    """A mandate of a person this post may see."""
    held = Mandate.objects.select_related("liaison_officer__staff", "body").filter(pk=pk).first()
    if held is None:
        raise Http404
    held.person = person_or_404(request, held.person_id)
    return held


def point_or_404(request: StaffRequest, pk: int) -> ContactPoint:
    """A contact point of a person this post may see."""
    point = ContactPoint.objects.filter(pk=pk).first()
    if point is None:
        raise Http404
    point.person = person_or_404(request, point.person_id)
    return point


def form_page(
    request: StaffRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    person: Person,
    verb: str,
    done: str,
    **facts: Any,
) -> HttpResponse:
    """Show the form, or act on what was typed: back to the person's page, or the refusal beside what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal, target=target_of(person)))
        else:
            messages.success(request, done)
            return go_to(request, "desk:people:detail", person.pk)
    shown = {"form": form, "person": person} | facts
    return render(request, "desk/people/form.html", shown, status=422 if form.errors else 200)


def act_once(request: StaffRequest, act: Callable[[], object], *, person: Person, verb: str, done: str) -> HttpResponse:
    """A button without anything to type: act, say so, back to the person's page; a refusal is said there too."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refused(request, verb, refusal, target=target_of(person)))
    else:
        messages.success(request, done)
    return go_to(request, "desk:people:detail", person.pk)
