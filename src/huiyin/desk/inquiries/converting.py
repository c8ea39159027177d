"""A suggestion that concerns a single case: proposed for the sealed road on the page of the matter, and decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.inquiries.forms import DayInput
from huiyin.desk.matters.page import rated_or_404
from huiyin.desk.matters.sections import Act, MatterFacts, add_acts, add_section
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import Conversion
from huiyin.suggestions.operations.conversions import (
    CONVERTIBLE,
    Consent,
    Split,
    decide_conversion,
    numbered,
    propose_conversion,
)
from huiyin.web.clock import now
from huiyin.web.forms import RequestKeyForm, VersionForm, pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

PROPOSE: Final = "inquiries.propose_conversion"
DECIDE: Final = "inquiries.decide_conversion"


class ProposeForm(RequestKeyForm):
    """What goes and what stays."""

    extent = forms.ChoiceField(
        label="转办范围", choices=[("part", "部分内容，其余仍按建议办理"), ("whole", "整件")], initial="part",
        widget=forms.RadioSelect,
    )  # fmt: skip
    case_title = forms.CharField(label="案件", max_length=200, help_text="案由和案件简称，不写当事人隐私。")
    question = forms.CharField(label="转办的内容", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    rest_title = forms.CharField(
        label="留作建议的标题", max_length=300, required=False, help_text="整件转办的不填。不要出现案件名称。"
    )
    rest_body = forms.CharField(
        label="留作建议的内容", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="整件转办的不填。删去涉及案件的部分。",
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=300)

    def split(self) -> Split:
        """As the operation takes it."""
        said = self.cleaned_data
        return Split(
            whole=said["extent"] == "whole", case_title=said["case_title"], question=said["question"],
            rest_title=said["rest_title"], rest_body=said["rest_body"],
        )  # fmt: skip


class DecideForm(VersionForm, RequestKeyForm):
    """The office head's words; for a whole suggestion the congress office's paper."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, help_text="不同意的，写明理由。")
    document_number = forms.CharField(label="交办机关复函文号", max_length=60, required=False)
    dated_on = forms.DateField(label="复函日期", widget=DayInput, required=False)
    scan = forms.FileField(label="复函扫描件", required=False)

    def __init__(self, *args: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not whole:
            for name in ("document_number", "dated_on", "scan"):
                del self.fields[name]


@desk_page(PROPOSE, methods=["GET", "POST"])
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose, with what shall stay a suggestion."""
    matter = rated_or_404(request, pk)
    form = ProposeForm(posted(request), initial={"rest_title": matter.title, "rest_body": matter.body})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            propose_conversion(
                matter=matter, split=form.split(), reason=said["reason"], request_key=said["request_key"],
                actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, PROPOSE, refusal, target=numbered(matter)))
        else:
            messages.success(request, "已提出，请办公室负责人决定。")
            return go_to(request, "desk:matters:detail", pk)
    context = {"title": "提出转案件咨询", "matter": matter, "form": form}
    return render(request, "desk/inquiries/propose.html", context, status=422 if form.errors else 200)


@desk_page(DECIDE, methods=["GET", "POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree or not."""
    seen = Conversion.objects.filter(matter__in=Matter.objects.open_to(request.post))
    conversion = get_object_or_404(seen.select_related("matter__procuratorate", "proposed_by__staff"), pk=pk)
    matter = conversion.matter
    kept = keep_uploads(request, "scan", verb=DECIDE) if request.method == "POST" else None
    form = DecideForm(posted(request), whole=conversion.whole, initial={"version": matter.version})
    for sentence in kept.refusals if kept else ():
        form.add_error("scan" if conversion.whole else None, sentence)
    agreed = None
    if kept is not None:
        said_by = request.POST.get("decision")
        agreed = pressed(form, {"agree": True, "refuse": False}, said_by, sentence="请选择同意转办或者不转办。")
    if kept is not None and agreed is not None and form.is_valid():
        said = form.cleaned_data
        consent = Consent(
            document_number=said.get("document_number") or "", dated_on=said.get("dated_on"), scan=kept.last
        )
        try:
            decide_conversion(
                conversion=conversion, agreed=agreed, opinion=said["opinion"],
                consent=consent if conversion.whole else None, actor=request.actor, version=said["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, DECIDE, refusal, target=numbered(matter)))
        else:
            messages.success(request, "已同意，转办的内容已密封。" if agreed else "已决定不转办。")
            return go_to(request, "desk:matters:detail", matter.pk)
    conversion.refresh_from_db()
    context = {
        "title": "决定是否转案件咨询", "conversion": conversion, "matter": matter,
        "form": None if conversion.verdict else form, "sentences": form.non_field_errors() if form.is_bound else [],
    }  # fmt: skip
    return render(request, "desk/inquiries/convert.html", context, status=422 if form.errors else 200)


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/inquiries/conversion.html", build_conversion, 6, column="top")
    add_acts("conversions", buttons)
    add_waiting("conversions", waiting, 91)


def build_conversion(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """A proposal that waits for the office head; once decided nothing more is said here."""
    if facts.matter.status not in CONVERTIBLE:
        return None
    asked = facts.matter.conversions.filter(verdict="").select_related("proposed_by__staff").first()
    if asked is None:
        return None
    url = reverse("desk:inquiries:decide_conversion", args=[asked.pk]) if may(request.actor, DECIDE) else ""
    return {"asked": asked, "url": url}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """Offered while the matter is in hand or before."""
    if kind_of(facts.matter).is_rated and facts.matter.status in CONVERTIBLE and may(request.actor, PROPOSE):
        yield Act("转案件咨询", reverse("desk:inquiries:propose_conversion", args=[facts.matter.pk]), "help-circle")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Proposals for the office head."""
    if not may(request.actor, DECIDE):
        return
    asked = Conversion.objects.filter(matter__in=Matter.objects.open_to(request.post), verdict="").order_by("id")
    keys = list(asked.values_list("pk", flat=True)[:100])
    if keys:
        yield Waiting(
            "待决定的转办", len(keys), reverse("desk:inquiries:decide_conversion", args=[keys[0]]), urgent=True
        )
