"""What the returned form says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.matters.models import Participant
from huiyin.matters.operations.ratings import RatingFacts
from huiyin.matters.rules import RATING_SOURCE_LABELS, RatingSource
from huiyin.regulations.books import RatingOption
from huiyin.web.forms import RequestKeyForm, VersionForm

ENTERED = [
    (source.value, RATING_SOURCE_LABELS[source])
    for source in (RatingSource.SIGNED_FORM, RatingSource.CONGRESS_SYSTEM, RatingSource.ORAL)
]
YES_NO = [("", "表上没填"), ("yes", "是"), ("no", "否")]


class RatingForm(RequestKeyForm):
    """征询意见表 as it came back: scan first, then what it says."""

    scan = forms.FileField(label="征询意见表扫描件", required=False, help_text="签过名的表，PDF 或者图片。")
    source = forms.ChoiceField(
        label="来源", choices=ENTERED, initial=RatingSource.SIGNED_FORM, widget=forms.RadioSelect
    )
    participant = forms.ModelChoiceField(Participant.objects.none(), label="谁评价的", empty_label=None)
    attitude = forms.ChoiceField(label="办理态度", widget=forms.RadioSelect)
    result = forms.ChoiceField(label="办理结果", widget=forms.RadioSelect)
    met_in_person = forms.ChoiceField(label="是否面商", choices=YES_NO, required=False)
    agrees_to_publish = forms.ChoiceField(label="是否同意公开", choices=YES_NO, required=False)
    words = forms.CharField(
        label="具体意见和建议", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    rated_on = forms.DateField(label="签名日期", widget=day_input())

    def __init__(self, *args: Any, participants: Any, grades: Sequence[RatingOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["participant"]
        chosen.queryset = participants  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        for name in ("attitude", "result"):
            self.fields[name].choices = [(grade.code, grade.label) for grade in grades]  # type: ignore[attr-defined]

    def facts(self) -> RatingFacts:
        """The rating as the operation takes it."""
        said = self.cleaned_data
        return RatingFacts(
            source=RatingSource(said["source"]), attitude=said["attitude"], result=said["result"],
            rated_on=said["rated_on"], met_in_person=_yes_no(said["met_in_person"]), words=said["words"],
            agrees_to_publish=_yes_no(said["agrees_to_publish"]),
        )  # fmt: skip


def _yes_no(typed: str) -> bool | None:
    return {"yes": True, "no": False}.get(typed)


class CallForm(forms.Form):
    """What was said on the phone."""

    words = forms.CharField(label="通话情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RedoForm(VersionForm):
    """When and why a matter is handled anew."""

    asked_on = forms.DateField(
        label="要求重新办理的日期", widget=day_input(), help_text="代表评价日，或者交办机关来文日。"
    )
    order = forms.CharField(
        label="交办机关来文号",
        max_length=60,
        required=False,
        help_text="由评价启动的不用填；按交办机关要求重办的填写。",
    )


class KeepForm(forms.Form):
    """When a promise was kept, and how."""

    done_on = forms.DateField(label="完成日期", widget=day_input())
    note = forms.CharField(label="完成情况", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
