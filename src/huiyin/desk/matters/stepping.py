"""The seven steps by hand: each done, not applicable with reason, or still to come."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import matter_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.operations.stepping import StepSaid, set_steps
from huiyin.matters.operations.undertakings import target
from huiyin.matters.steps import StepState, steps_of
from huiyin.regulations.queries import stack_for
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

STATES: Final = [("", "还没有办"), ("done", "已完成"), ("not_applicable", "不适用")]
SHOWN_AS: Final = {"done": "done", "skipped": "not_applicable"}


class StepsForm(VersionForm):
    """One choice and one reason for every step of the book."""

    def __init__(self, *args: Any, steps: list[StepState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [step.code for step in steps]
        for step in steps:
            self.fields[f"state_{step.code}"] = forms.ChoiceField(
                label=step.label, choices=STATES, required=False, initial=SHOWN_AS.get(step.state, ""),
                help_text=step.summary,
            )  # fmt: skip
            self.fields[f"reason_{step.code}"] = forms.CharField(
                label=f"{step.label}：不适用的理由", required=False, max_length=200, initial=step.note
            )

    def said(self) -> dict[str, StepSaid]:
        """What was said of each step."""
        given = self.cleaned_data
        return {code: StepSaid(given[f"state_{code}"], given[f"reason_{code}"]) for code in self.codes}


@desk_page("matters.set_steps", methods=["GET", "POST"])
def steps(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark the steps."""
    matter, on = matter_or_404(request, pk), today()
    stands = steps_of(matter, stack_for(matter.procuratorate, on=on), on)
    data = request.POST if request.method == "POST" else None
    form = StepsForm(data, initial={"version": matter.version}, steps=stands)
    if data is not None and form.is_valid():
        version = form.cleaned_data["version"]
        changed = {step.code: said for step in stands if (said := form.said()[step.code]) != _stands(step)}
        try:
            set_steps(matter=matter, steps=changed, actor=request.actor, version=version, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.set_steps", refusal, target=target(matter)))
        else:
            messages.success(request, "办理步骤已保存。")
            return go_to(request, "desk:matters:detail", pk)
    number = matter.external_number or matter.number
    context = {"title": "标记办理步骤", "matter": matter, "number": number, "form": form}
    return render(request, "desk/matters/steps.html", context, status=422 if form.errors else 200)


def _stands(step: StepState) -> StepSaid:
    return StepSaid(SHOWN_AS.get(step.state, ""), step.note)
