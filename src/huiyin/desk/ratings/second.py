"""再行答复 begun from the page of a matter: which promises it reports on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from huiyin.desk.matters.page import matter_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Commitment
from huiyin.matters.operations.commitments import begin_second_letter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.second_letters import awaiting_letter, ripe, running_second
from huiyin.web.clock import now, today
from huiyin.web.forms import TickedRows, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

VERB = "matters.draft_letter"


class PromisesForm(forms.Form):
    """The promises a second letter reports on."""

    commitments = TickedRows(
        Commitment.objects.none(), label="再行答复哪些承诺", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择要再行答复的承诺事项。"},
    )  # fmt: skip

    def __init__(self, *args: Any, promises: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["commitments"]
        chosen.queryset = promises  # type: ignore[attr-defined]
        chosen.label_from_instance = _label  # type: ignore[attr-defined]
        chosen.initial = [each.pk for each in promises]


def _label(promise: Commitment) -> str:
    day = date_format(promise.promised_on, "Y年n月j日")
    state = f"{date_format(promise.done_on, 'Y年n月j日')}完成" if promise.done_on else "已到期，还没有登记完成"
    return f"{promise.text}（承诺{day}前，{state}）"


@desk_page(VERB, methods=["GET", "POST"])
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin the second letter; begun already: go on with it."""
    matter = matter_or_404(request, pk)
    running = running_second(matter)
    if request.method != "POST" and running is not None:
        return go_to(request, "desk:replies:detail", running.pk)
    owed = awaiting_letter().filter(matter=matter).order_by("promised_on", "id")
    form = PromisesForm(posted(request), promises=ripe(owed, today()))
    if request.method == "POST" and (running is not None or form.is_valid()):
        chosen = form.cleaned_data["commitments"] if form.is_valid() else []
        try:
            letter = begin_second_letter(matter=matter, commitments=list(chosen), actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(matter)))
        else:
            messages.success(request, "已起草再行答复，请补充办理情况后送审。")
            return go_to(request, "desk:replies:edit", letter.pk)
    context = {"title": "起草再行答复", "matter": matter, "form": form, "owed": list(owed), "on": today()}
    context["sentences"] = sentences_of(form) if form.is_bound else []
    return render(request, "desk/ratings/second.html", context, status=422 if form.errors else 200)
