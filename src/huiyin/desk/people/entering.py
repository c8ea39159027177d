"""Entering a person by hand, and changing what is said of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.audit.actors import Target
from huiyin.desk.people.acts import form_page, person_or_404
from huiyin.desk.people.forms import ChangeForm, EnterForm
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Person
from huiyin.people.operations import change_person, enter_person
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("people.enter", methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """A new person with a first mandate and, where known, the mobile."""
    office = request.post.procuratorate
    form = EnterForm(request.POST or None, initial={"sex": "0", "kind": "deputy", "level": office.level})
    form.offer(office, today())
    if request.method == "POST" and form.is_valid():
        person = _entered(request, form)
        if person is not None:
            messages.success(request, f"{person.name}已录入名册。")
            return go_to(request, "desk:people:detail", person.pk)
    facts = {"title": "录入代表委员", "form": form}
    return render(request, "desk/people/enter.html", facts, status=422 if form.errors else 200)


def _entered(request: StaffRequest, form: EnterForm) -> Person | None:
    said = form.cleaned_data
    try:
        return enter_person(
            facts=form.person(), mandate=form.mandate(), mobile=said["mobile"], evidence=said["evidence"],
            request_key=said["request_key"], actor=request.actor, at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        target = Target(kind="people.person", key="", label=said["name"])
        form.add_error(None, refused(request, "people.person_entered", refusal, target=target))
        return None


@desk_page("people.change", methods=["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """What is said of a person."""
    person = person_or_404(request, pk)
    form = ChangeForm(request.POST or None, person=person)
    return form_page(
        request, form,
        lambda said: change_person(
            person=person, facts=form.person(), version=said["version"], actor=request.actor, at=now()
        ),
        person=person, verb="people.person_changed", done="资料已修改。", title=f"修改{person.name}的资料",
        button="保存",
    )  # fmt: skip
