"""What the returned form says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.books.labels import DIMENSIONS
from huiyin.desk.replies.forms import day_input
from huiyin.files.models import StoredFile
from huiyin.matters.models import Participant
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.ratings import RatingFacts
from huiyin.matters.rules import RATING_SOURCE_LABELS, RatingSource
from huiyin.organisations.models import CongressBody
from huiyin.regulations.books import RatingOption, Redo
from huiyin.regulations.books.vocabulary import Dimension, RedoTrigger
from huiyin.web.forms import RequestKeyForm, VersionForm

ENTERED = [
    (source.value, RATING_SOURCE_LABELS[source])
    for source in (RatingSource.SIGNED_FORM, RatingSource.CONGRESS_SYSTEM, RatingSource.ORAL)
]
YES_NO = [("", "表上没填"), ("yes", "是"), ("no", "否")]


class RatingForm(RequestKeyForm):
    """征询意见表 as it came back: scan first, then what it says."""

    scan = forms.FileField(label="征询意见表扫描件", required=False, help_text="签过名的表，PDF 或者图片。")
    same_scan = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    source = forms.ChoiceField(
        label="来源", choices=ENTERED, initial=RatingSource.SIGNED_FORM, widget=forms.RadioSelect
    )
    participant = forms.ModelChoiceField(Participant.objects.none(), label="谁评价的", empty_label=None)
    attitude = forms.ChoiceField(label="办理态度", widget=forms.RadioSelect)
    result = forms.ChoiceField(label="办理结果", widget=forms.RadioSelect)
    overall = forms.ChoiceField(label="总体评价", required=False)
    met_in_person = forms.ChoiceField(label="是否面商", choices=YES_NO, required=False)
    agrees_to_publish = forms.ChoiceField(label="是否同意公开", choices=YES_NO, required=False)
    words = forms.CharField(
        label="具体意见和建议", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    rated_on = forms.DateField(label="签名日期", widget=day_input())

    def __init__(
        self, *args: Any, participants: Any, grades: Sequence[RatingOption], redo: Redo | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["participant"]
        chosen.queryset = participants  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        for name in ("attitude", "result"):
            self.fields[name].choices = [(grade.code, grade.label) for grade in grades]  # type: ignore[attr-defined]
        overall = [("", "表上没填"), *((grade.code, grade.label) for grade in grades)]
        self.fields["overall"].choices = overall  # type: ignore[attr-defined]
        self.fields["overall"].help_text = _weight_of_overall(redo)

    def facts(self) -> RatingFacts:
        """The rating as the operation takes it."""
        said = self.cleaned_data
        return RatingFacts(
            source=RatingSource(said["source"]), attitude=said["attitude"], result=said["result"],
            overall=said["overall"], rated_on=said["rated_on"], met_in_person=_yes_no(said["met_in_person"]),
            words=said["words"],
            agrees_to_publish=_yes_no(said["agrees_to_publish"]),
        )  # fmt: skip


def _weight_of_overall(redo: Redo | None) -> str:
    """Whether the overall grade brings a redo, by the book."""
    if redo is None:
        return "只作记录。"
    if redo.trigger is not RedoTrigger.RATING:
        return f"只作记录；按{redo.basis}，由交办机关要求重新办理。"
    if redo.dimension is Dimension.OVERALL:
        return f"按{redo.basis}，总体评价决定是否重新办理；表上没填的，看办理态度和办理结果。"
    return f"只作记录；按{redo.basis}，是否重新办理看{DIMENSIONS[redo.dimension]}。"


def _yes_no(typed: str) -> bool | None:
    return {"yes": True, "no": False}.get(typed)


class CallForm(forms.Form):
    """What was said on the phone."""

    words = forms.CharField(label="通话情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RedoForm(VersionForm, RequestKeyForm):
    """When and why a matter is handled anew; an order of the congress office with its paper."""

    asked_on = forms.DateField(
        label="要求重新办理的日期", widget=day_input(), help_text="代表评价日，或者收到交办机关来文之日。"
    )
    organ = forms.CharField(label="来文机关", max_length=120, required=False)
    order = forms.CharField(
        label="来文号",
        max_length=60,
        required=False,
        help_text="由评价启动的不用填；按交办机关要求重办的，填写来文号、来文日期并上传扫描件。",
    )
    dated_on = forms.DateField(label="来文日期", widget=day_input(), required=False)
    scan = forms.FileField(label="来文扫描件", required=False, help_text="PDF 或者图片。")

    def to_order(self, body: CongressBody | None, scan: StoredFile | None) -> Order | None:
        """The order as typed; None where a rating is the reason. body: who assigned the matter."""
        said = self.cleaned_data
        if not (said["order"] or said["dated_on"] or scan):
            return None
        same = body if body is not None and body.name == said["organ"].strip() else None
        return Order(
            organ=said["organ"], document_number=said["order"], dated_on=said["dated_on"], scan=scan, body=same
        )


class KeepForm(forms.Form):
    """When a promise was kept, and how."""

    done_on = forms.DateField(label="完成日期", widget=day_input())
    note = forms.CharField(label="完成情况", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
