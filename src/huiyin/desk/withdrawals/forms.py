"""What is typed when a suggestion is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.uploads import Kept
from huiyin.matters.models import Participant
from huiyin.suggestions.models import WithdrawalPaper
from huiyin.web.forms import RequestKeyForm, VersionForm


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ScanForm(RequestKeyForm):
    """A form that is not accepted without its scan."""

    scan = forms.FileField(label="扫描件", required=False, help_text="PDF 或者图片。")

    def __init__(self, data: Any = None, *, kept: Kept | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kept = kept or Kept()
        if self.kept.last is not None:
            self.fields["scan"].help_text = f"已上传“{self.kept.last.name}”，不用再选；另选文件则替换。"

    def clean(self) -> dict[str, Any]:
        """A scan there must be."""
        said = super().clean() or self.cleaned_data
        for sentence in self.kept.refusals:
            self.add_error("scan", sentence)
        if self.kept.last is None and not self.kept.refusals:
            self.add_error("scan", "请上传扫描件。")
        return said


class PaperForm(ScanForm):
    """Who signed the paper, and when."""

    signers = forms.MultipleChoiceField(
        label="签名的提出人", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="几位在同一份撤回书上签名的，一起勾选。",
        error_messages={"invalid_choice": "所选的提出人已经登记过，或者不是这件建议的提出人，请刷新页面。"},
    )  # fmt: skip
    others = forms.CharField(
        label="没有列名的联名人", max_length=300, required=False, help_text="登记表上没有名字的，填姓名，用顿号分开。"
    )
    signed_on = _day("签署日期")
    field_order = ("signers", "others", "signed_on", "scan")

    def __init__(self, data: Any = None, *, left: Sequence[Participant], unlisted: int, **kwargs: Any) -> None:
        super().__init__(data, auto_id="paper_%s", **kwargs)
        self.left = {str(each.pk): each for each in left}
        field = self.fields["signers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, each.name) for key, each in self.left.items()]
        if not unlisted:
            del self.fields["others"]
        if not left:
            del self.fields["signers"]

    def chosen(self) -> list[Participant]:
        """The signers ticked."""
        return [self.left[key] for key in self.cleaned_data.get("signers", [])]

    def named(self) -> list[str]:
        """Signers on no list, as typed."""
        words: str = self.cleaned_data.get("others", "")
        for mark in "，,;；\n":
            words = words.replace(mark, "、")
        return [name.strip() for name in words.split("、") if name.strip()]


class AskForm(VersionForm):
    """The letter to whoever assigned it."""

    letter_number = forms.CharField(
        label="去函文号", max_length=60, required=False, help_text="在别处已经编号的填写文号；不填的，由本系统取号。"
    )
    sent_on = _day("发函日期")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="ask_%s", **kwargs)


class AnswerForm(ScanForm, VersionForm):
    """Their answer."""

    agreed = forms.ChoiceField(
        label="答复", choices=[("yes", "同意撤回"), ("no", "不同意，继续办理")], widget=forms.RadioSelect
    )
    document_number = forms.CharField(label="来文号", max_length=60)
    dated_on = _day("来文日期")
    received_on = _day("收到日")
    note = forms.CharField(label="说明", max_length=300, required=False)
    field_order = ("agreed", "document_number", "dated_on", "received_on", "scan", "note")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="answer_%s", **kwargs)


class ReasonForm(VersionForm):
    """Why it is undone."""

    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, data: Any = None, *, auto_id: str = "drop_%s", **kwargs: Any) -> None:
        super().__init__(data, auto_id=auto_id, **kwargs)


class RemoveForm(ReasonForm):
    """Whose paper is taken away again, and why."""

    paper = forms.ChoiceField(
        label="哪一份", error_messages={"invalid_choice": "这份书面撤回已经不在登记里，请刷新页面。"}
    )
    field_order = ("paper", "reason")

    def __init__(self, data: Any = None, *, papers: Sequence[WithdrawalPaper], **kwargs: Any) -> None:
        super().__init__(data, auto_id="remove_%s", **kwargs)
        self.papers = {str(each.pk): each for each in papers}
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{each.name}（{each.signed_on:%Y-%m-%d}）") for key, each in self.papers.items()]
