"""What is typed on the road of a request for more time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huiyin.desk.uploads import Kept
from huiyin.matters.rules import MODE_LABELS
from huiyin.web.forms import RequestKeyForm, VersionForm


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day picked on a calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )  # fmt: skip


class AskForm(RequestKeyForm):
    """Until when, and why."""

    to_on = day_field("申请延至")
    reason = forms.CharField(
        label="延期理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么不能按期答复、还需要做什么。这段话会写进延期申请表和延期函，不要写具体案情。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, latest_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if latest_on is not None:
            self.fields["to_on"].help_text = f"最迟{latest_on:%Y-%m-%d}。"
            self.fields["to_on"].widget.attrs["max"] = latest_on.isoformat()


class SendForm(VersionForm):
    """The letter that went out."""

    letter_number = forms.CharField(
        label="去函文号", max_length=60, required=False, help_text="在别处已经编号的填写文号；不填的，由本系统取号。"
    )
    sent_on = day_field("发函日期")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="send_%s", **kwargs)


class AnswerForm(VersionForm, RequestKeyForm):
    """What whoever assigned the matter answered."""

    agreed = forms.ChoiceField(
        label="答复", choices=[("yes", "同意延期"), ("no", "不同意，按原期限办理")], widget=forms.RadioSelect
    )
    to_on = day_field("同意延至", required=False, help_text="来文另定日期的，改成来文的日期。")
    document_number = forms.CharField(label="来文号", max_length=60)
    dated_on = day_field("来文日期")
    received_on = day_field("收到日")
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


class TellForm(VersionForm):
    """When and how whoever brought it was told."""

    told_on = day_field("告知日期")
    mode = forms.ChoiceField(label="告知方式", choices=list(MODE_LABELS.items()), widget=forms.RadioSelect)
    note = forms.CharField(label="提出人的意见", max_length=200, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="tell_%s", **kwargs)


class WithdrawForm(VersionForm):
    """Why it is not needed any more."""

    reason = forms.CharField(label="撤回原因", max_length=200)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="withdraw_%s", **kwargs)


class SuspendForm(VersionForm):
    """From when the clock stands, and why."""

    from_on = day_field("中止之日")
    reason = forms.CharField(label="中止理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ResumeForm(VersionForm):
    """From when it goes on."""

    on = day_field("恢复计算之日")
