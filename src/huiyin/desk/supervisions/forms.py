"""What is typed on a 督办单."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.desk.uploads import Kept
from huiyin.matters.models import Matter
from huiyin.matters.operations.supervisions import SupervisionFacts
from huiyin.organisations.models import Department, Post
from huiyin.regulations.books import SupervisionLevel
from huiyin.web.forms import RequestKeyForm, TickedRows, VersionForm


class SupervisionForm(RequestKeyForm):
    """Which matters of which department, at which level, by whose signature, why, and by when."""

    matters = TickedRows(
        Matter.objects.none(), label="督办事项", widget=forms.CheckboxSelectMultiple,
        help_text="同一部门的几件事项可以开在一张督办单上。",
    )  # fmt: skip
    signed_by = forms.ChoiceField(label="层级与签发人")
    reason = forms.CharField(label="缘由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    demand = forms.CharField(
        label="要求", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="写明要办成什么、回报什么。"
    )
    answer_by_on = forms.DateField(label="反馈期限", required=False, widget=day_input())

    def __init__(
        self,
        data: Any = None,
        *,
        matters: Any,
        department: Department,
        signers: Sequence[tuple[SupervisionLevel, Post]],
        lengths: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.department = department
        self.signers = {f"{level.code}:{post.pk}": (level, post) for level, post in signers}
        self.fields["matters"].queryset = matters  # type: ignore[attr-defined]
        self.fields["matters"].label_from_instance = lambda each: each.naming  # type: ignore[attr-defined]
        choices = [(key, f"{level.title}（{post.label}签发）") for key, (level, post) in self.signers.items()]
        self.fields["signed_by"].choices = [("", "（请选择）"), *choices]  # type: ignore[attr-defined]
        self.fields["answer_by_on"].help_text = f"不填的按制度推算：{lengths}。" if lengths else "请填写。"

    def facts(self, follows: Any) -> SupervisionFacts:
        """The order as the operation takes it."""
        said = self.cleaned_data
        level, orderer = self.signers[said["signed_by"]]
        matters = list(said["matters"].select_related("procuratorate").order_by("id"))
        return SupervisionFacts(
            matters=matters, department=self.department, level=level.code, orderer=orderer, reason=said["reason"],
            demand=said["demand"], answer_by_on=said["answer_by_on"], follows=follows,
        )  # fmt: skip


class OrderForm(VersionForm):
    """The words of whoever signs."""

    remark = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不同意签发的，写明意见。",
    )  # fmt: skip


class ReportForm(VersionForm, RequestKeyForm):
    """What came of it."""

    text = forms.CharField(
        label="办理结果", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="逐项说明办到哪一步、什么时候办完；没有办完的写明原因。",
    )  # fmt: skip
    file = forms.FileField(label="附件", required=False, help_text="PDF、Word 或者图片，可以不附。")

    def __init__(self, data: Any = None, *, kept: Kept | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="report_%s", **kwargs)
        self.kept = kept or Kept()
        if self.kept.last is not None:
            self.fields["file"].help_text = f"已上传“{self.kept.last.name}”，不用再选；另选文件则替换。"

    def clean(self) -> dict[str, Any]:
        """A file refused is said beside its field."""
        said = super().clean() or self.cleaned_data
        for sentence in self.kept.refusals:
            self.add_error("file", sentence)
        return said


class JudgeForm(VersionForm):
    """What the office says to the report."""

    remarks = forms.CharField(
        label="审核意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回再办的，写明还要办什么。",
    )  # fmt: skip
    answer_by_on = forms.DateField(
        label="再次反馈期限", required=False, widget=day_input(), help_text="退回再办时用；不填的按制度重新推算。"
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="judge_%s", **kwargs)


class WithdrawForm(VersionForm):
    """Why it is taken back."""

    reason = forms.CharField(label="撤销原因", max_length=300)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="withdraw_%s", **kwargs)
