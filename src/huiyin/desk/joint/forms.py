"""What is typed about organs outside."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.desk.uploads import Kept
from huiyin.matters.operations.joint import Signed
from huiyin.matters.operations.outside import OutsideReplyFacts
from huiyin.web.forms import RequestKeyForm, VersionForm


class ScanForm(RequestKeyForm):
    """A form with a scan that must be there; what was uploaded before stays."""

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


class OutsideReplyForm(ScanForm):
    """The other unit's reply."""

    organ = forms.CharField(label="答复单位", max_length=120)
    document_number = forms.CharField(label="文号", max_length=60)
    dated_on = forms.DateField(label="成文日期", widget=day_input())
    received_on = forms.DateField(label="收到日", widget=day_input())
    note = forms.CharField(label="说明", max_length=300, required=False)
    field_order = ["organ", "document_number", "dated_on", "received_on", "scan", "note"]

    def facts(self) -> OutsideReplyFacts:
        """As the operation takes it."""
        said = self.cleaned_data
        return OutsideReplyFacts(
            organ=said["organ"], document_number=said["document_number"], dated_on=said["dated_on"],
            received_on=said["received_on"], note=said["note"],
        )  # fmt: skip


class AskOpinionForm(RequestKeyForm):
    """What the letter asks, by when."""

    words = forms.CharField(
        label="征求意见的内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一段，例如“一、对……有何意见”。函的开头、结尾和期限会自动写好。",
    )  # fmt: skip
    answer_by_on = forms.DateField(label="请于何日前反馈", widget=day_input())


class CountersignForm(ScanForm, VersionForm):
    """Who signed for the other organ."""

    signer = forms.CharField(label="对方签署人", max_length=60, help_text="会签单位负责人的姓名，会印在签发人一栏。")
    signer_title = forms.CharField(label="职务", max_length=60, required=False)
    signed_on = forms.DateField(label="会签日期", widget=day_input())
    field_order = ["signer", "signer_title", "signed_on", "scan"]

    def signed(self) -> Signed:
        """As the operation takes it."""
        said = self.cleaned_data
        return Signed(signer=said["signer"], signer_title=said["signer_title"], signed_on=said["signed_on"])
