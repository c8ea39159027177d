"""A matter's number in a system outside, that it need not be entered there, and that it is owed again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.matters.page import matter_or_404
from huiyin.matters.entering import references_open_to, systems_of
from huiyin.matters.models import ExternalReference, OutsideSystem
from huiyin.matters.operations.references import add_reference, reopen_entry, set_not_needed
from huiyin.matters.operations.undertakings import target
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, posted

ADD, REOPEN = "matters.add_reference", "matters.reopen_entry"


class AddForm(forms.Form):
    """In which system, under which number."""

    system = forms.ModelChoiceField(OutsideSystem.objects.none(), label="外系统", empty_label=None)
    number = forms.CharField(label="在对方系统里的编号", max_length=60)

    def __init__(self, data: Any = None, *, systems: Any) -> None:
        super().__init__(data)
        self.fields["system"].queryset = systems  # type: ignore[attr-defined]


class NotNeededForm(VersionForm):
    """Why it need not be entered."""

    reason = forms.CharField(
        label="无需录入的原因", max_length=200, help_text="例如：由主办单位统一录入；对方系统还没有收这类事项。"
    )


class ReopenForm(VersionForm):
    """Why it is owed again."""

    reason = forms.CharField(
        label="撤销的原因", max_length=150,
        help_text="例如：勾选错了；对方系统退回。撤销后重新列为未录入，答复函上的录入日期一并取消。",
    )  # fmt: skip


@desk_page(ADD, methods=["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """One more system in which the matter stands."""
    matter = matter_or_404(request, pk)
    free = systems_of(matter.procuratorate).exclude(
        pk__in=ExternalReference.objects.filter(matter=matter).values("system")
    )
    form = AddForm(posted(request), systems=free)
    done = carried_out(
        request, form, lambda: add_reference(matter=matter, actor=request.actor, at=now(), **form.cleaned_data),
        verb=ADD, done="已登记编号。", to=("desk:matters:detail", pk), target=target(matter),
    ) if form.is_bound else None  # fmt: skip
    if done is not None:
        return done
    context = {"title": "登记外系统编号", "matter": matter, "form": form, "none_left": not free.exists()}
    return render(request, "desk/entries/add.html", context, status=422 if form.errors else 200)


@desk_page(ADD, methods=["GET", "POST"])
def not_needed(request: StaffRequest, pk: int) -> HttpResponse:
    """It need not be entered there, and why."""
    reference = _reference(request, pk)
    form = NotNeededForm(posted(request), initial={"version": reference.version, "reason": reference.not_needed})
    done = carried_out(
        request, form,
        lambda: set_not_needed(reference=reference, actor=request.actor, at=now(), **form.cleaned_data),
        verb=ADD, done="已登记，不再列为未录入。", to=("desk:entries:list",), target=target(reference.matter),
    ) if form.is_bound else None  # fmt: skip
    return done or _page(request, reference, "登记无需录入", "登记无需录入", form)


@desk_page(REOPEN, methods=["GET", "POST"])
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """It was not entered after all, or is to be, and why."""
    reference = _reference(request, pk)
    form = ReopenForm(posted(request), initial={"version": reference.version})
    done = carried_out(
        request, form,
        lambda: reopen_entry(reference=reference, actor=request.actor, at=now(), **form.cleaned_data),
        verb=REOPEN, done="已撤销，重新列为未录入。", to=("desk:entries:list",), target=target(reference.matter),
    ) if form.is_bound else None  # fmt: skip
    return done or _page(request, reference, "撤销录入登记", "撤销登记", form)


def _reference(request: StaffRequest, pk: int) -> ExternalReference:
    own = references_open_to(request.post).select_related("system", "matter__procuratorate")
    return get_object_or_404(own, pk=pk)


def _page(
    request: StaffRequest, reference: ExternalReference, title: str, button: str, form: VersionForm
) -> HttpResponse:
    context = {"title": title, "button": button, "reference": reference, "matter": reference.matter, "form": form}
    return render(request, "desk/entries/reason.html", context, status=422 if form.errors else 200)
