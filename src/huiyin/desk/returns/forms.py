"""What is typed on the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.uploads import Kept
from huiyin.organisations.models import Post
from huiyin.web.forms import RequestKeyForm, VersionForm


class ProposeForm(RequestKeyForm):
    """Why it is not ours, whose it may be, who decides."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明依据哪条职责规定。这段话会写进退回函。",
    )  # fmt: skip
    proper_unit = forms.CharField(label="建议承办单位", max_length=120, required=False)
    leader = forms.ChoiceField(label="请哪位院领导决定")

    def __init__(self, data: Any = None, *, leaders: Sequence[Post]) -> None:
        super().__init__(data)
        self.leaders = {str(post.pk): post for post in leaders}
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（请选择）"), *((key, post.label) for key, post in self.leaders.items())]


class DecideForm(VersionForm):
    """The leader's words."""

    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不同意退回的，写明意见。",
    )  # fmt: skip


class AnswerForm(VersionForm, RequestKeyForm):
    """What whoever assigned it answered."""

    agreed = forms.ChoiceField(
        label="答复", choices=[("yes", "同意退回"), ("no", "不同意，由本院继续办理")], widget=forms.RadioSelect
    )
    document_number = forms.CharField(label="来文号", max_length=60)
    dated_on = forms.DateField(label="来文日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    scan = forms.FileField(label="来文扫描件", required=False, help_text="PDF 或者图片。")
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, data: Any = None, *, kept: Kept | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="answer_%s", **kwargs)
        self.kept = kept or Kept()
        if self.kept.last is not None:
            self.fields["scan"].help_text = f"已上传“{self.kept.last.name}”，不用再选；另选文件则替换。"

    def clean(self) -> dict[str, Any]:
        """A scan there must be."""
        said = super().clean() or self.cleaned_data
        for sentence in self.kept.refusals:
            self.add_error("scan", sentence)
        if self.kept.last is None and not self.kept.refusals:
            self.add_error("scan", "请上传来文的扫描件。")
        return said


class WithdrawForm(VersionForm):
    """Why it is given up."""

    reason = forms.CharField(label="撤回原因", max_length=200)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="withdraw_%s", **kwargs)
