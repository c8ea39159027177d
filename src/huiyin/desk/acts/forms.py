"""A record sheet, an opinion, a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.matters.models import Matter, Participant, Undertaking
from huiyin.matters.operations.acts import ActFacts
from huiyin.matters.rules import ACT_KIND_LABELS, MODE_LABELS, STAGE_LABELS, ActKind, Mode, Stage
from huiyin.web.forms import RequestKeyForm, TickedRows, VersionForm

CONTACTS = [(kind.value, label) for kind, label in ACT_KIND_LABELS.items() if kind is not ActKind.URGE]


class ActForm(RequestKeyForm):
    """办理沟通记录: what a face-to-face prints as 面商记录."""

    kind = forms.ChoiceField(label="事项", choices=CONTACTS, initial=ActKind.CONSULT)
    stage = forms.ChoiceField(label="阶段", choices=list(STAGE_LABELS.items()), initial=Stage.BEFORE)
    mode = forms.ChoiceField(label="方式", choices=list(MODE_LABELS.items()), initial=Mode.FACE_TO_FACE)
    happened_on = forms.DateField(label="日期", widget=day_input())
    participant = forms.ModelChoiceField(
        Participant.objects.none(), label="对方", required=False, empty_label="（不针对某一位）"
    )
    place = forms.CharField(label="地点", max_length=120, required=False)
    attendees = forms.CharField(label="参加人员", max_length=300, required=False)
    together = forms.ModelChoiceField(
        Undertaking.objects.none(), label="与哪个单位共同进行", required=False, empty_label="（本院自己进行）"
    )
    organ_attendees = forms.CharField(
        label="联合单位参加人员", max_length=300, required=False, help_text="与外单位联合面商、联合调研的填写。"
    )
    held = forms.ChoiceField(
        label="是否进行", choices=[("yes", "已进行"), ("no", "未能进行（对方婉拒或者外出）")], initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    deputy_words = forms.CharField(
        label="对方意见", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    our_words = forms.CharField(
        label="我方说明", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    agreed = forms.CharField(
        label="达成事项", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason_not_held = forms.CharField(
        label="未进行的原因", max_length=200, required=False, help_text="未能进行的填写；办公室负责人随后补充说明。"
    )
    signed_by_deputy = forms.BooleanField(label="对方已在记录上签名", required=False)
    scan = forms.FileField(label="记录扫描件", required=False, help_text="签过名的记录扫描件，可以以后再传。")

    also = TickedRows(
        Matter.objects.none(), label="同时记入并案的", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="这次沟通对哪几件也算数。各件都会有一份记录。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, participants: Any, organs: Any, together: Sequence[Matter] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        also = self.fields["also"]
        if together:
            also.queryset = Matter.objects.filter(pk__in=[each.pk for each in together])  # type: ignore[attr-defined]
            also.label_from_instance = lambda each: f"{each.known_as} {each.title}"  # type: ignore[attr-defined]
            also.initial = [each.pk for each in together]
        else:
            del self.fields["also"]
        if organs.exists():
            organ = self.fields["together"]
            organ.queryset = organs  # type: ignore[attr-defined]
            organ.label_from_instance = lambda each: each.who  # type: ignore[attr-defined]
        else:
            del self.fields["together"], self.fields["organ_attendees"]
        chosen = self.fields["participant"]
        chosen.queryset = participants  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: each.name  # type: ignore[attr-defined]

    def facts(self) -> ActFacts:
        """The record as the operation takes it."""
        said = self.cleaned_data
        return ActFacts(
            kind=ActKind(said["kind"]), mode=Mode(said["mode"]), stage=Stage(said["stage"]),
            happened_on=said["happened_on"], place=said["place"], attendees=said["attendees"],
            deputy_words=said["deputy_words"], our_words=said["our_words"], agreed=said["agreed"],
            held=said["held"] == "yes", reason_not_held=said["reason_not_held"],
            signed_by_deputy=said["signed_by_deputy"], organ_attendees=said.get("organ_attendees", ""),
        )  # fmt: skip


class NoteForm(forms.Form):
    """The office head's note in place of a talk."""

    note = forms.CharField(label="情况说明", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class UrgeForm(RequestKeyForm):
    """A reminder on record."""

    mode = forms.ChoiceField(
        label="催办方式", choices=[(Mode.PHONE, "电话"), (Mode.WRITTEN, "书面"), (Mode.FACE_TO_FACE, "当面")]
    )
    words = forms.CharField(label="催办内容", max_length=500, required=False, initial="请尽快反馈协办意见。")


class OpinionForm(VersionForm, RequestKeyForm):
    """An assisting opinion."""

    has_opinion = forms.ChoiceField(
        label="协办意见", choices=[("yes", "有意见"), ("no", "无意见")], initial="yes", widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="意见内容", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    received_on = forms.DateField(label="反馈日期", widget=day_input())
    file = forms.FileField(label="书面意见", required=False, help_text="来函或者盖章件的扫描件，可以没有。")


class LeaveOutForm(VersionForm):
    """The leader's leave to go on without an opinion."""

    note = forms.CharField(label="说明", max_length=200, required=False)
