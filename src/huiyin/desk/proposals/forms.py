"""What is typed about a whole sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from huiyin.approvals.operations import MeetingDecision, PaperSignature
from huiyin.desk.proposals.rows import Choosable, Use, row_forms
from huiyin.desk.uploads import Kept
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post
from huiyin.regulations.rules import Due
from huiyin.suggestions.models import Proposal, ProposalRow
from huiyin.suggestions.sheets import RowPlan
from huiyin.web.forms import RequestKeyForm, TickedRows, VersionForm

PAPER: Final = "paper"
MEETING: Final = "meeting"
Data = dict[str, Any] | QueryDict


class DraftForm(RequestKeyForm):
    """Which matters go onto a new sheet, as ticked in the register."""

    matter = TickedRows(
        Matter.objects.none(),
        label="拟办事项",
        error_messages={
            "required": "请先勾选要拟办的事项。",
            "invalid_choice": "所选的事项有的已经不在您的登记簿里，请重新勾选。",
            "invalid_pk_value": "所选的事项有的无法识别，请重新勾选。",
        },
    )

    def __init__(self, *args: Any, matters: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]


class SheetForm(VersionForm):
    """The opinion over all rows."""

    opinion = forms.CharField(
        label="总的拟办意见",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写在整张单子上；单件的意见写在各行。",
    )


class RecallForm(VersionForm):
    """Why a sheet is taken back."""

    reason = forms.CharField(label="撤回原因", max_length=200)

    def __init__(self, data: Data | None = None, *, initial: Data | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="recall_%s")  # beside the decision on one page


class Editor:
    """The sheet form and one form a row, checked together."""

    def __init__(
        self,
        proposal: Proposal,
        rows: Sequence[ProposalRow],
        choosable: Choosable,
        defaults: Mapping[int, Due],
        data: Data | None = None,
    ) -> None:
        self.sheet = SheetForm(data, initial={"opinion": proposal.opinion, "version": proposal.version})
        self.rows = row_forms(rows, choosable, defaults, data, use=Use.DRAFT)

    def forget_faults(self) -> None:
        """Nothing was submitted yet, so nothing is wrong yet."""
        for form in (self.sheet, *self.rows):
            form.errors.clear()

    def is_valid(self) -> bool:
        """Whether every field is; all are checked, so that all faults are shown at once."""
        return all([self.sheet.is_valid(), *[row.is_valid() for row in self.rows]])

    def plans(self) -> list[RowPlan]:
        """The rows that stay."""
        return [row.to_plan() for row in self.rows if not row.is_gone]


class DecideForm(RequestKeyForm):
    """A signature on the sheet: one's own, one read from paper, or a meeting's."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    subject_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = forms.CharField(label="意见", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    way = forms.ChoiceField(
        label="依据",
        choices=[(PAPER, "纸质签批"), (MEETING, "会议决定")],
        widget=forms.RadioSelect,
        initial=PAPER,
    )
    signed_on = forms.DateField(
        label="签批日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="纸上写的日期。",
    )
    scan = forms.FileField(label="签批件扫描", required=False, help_text="PDF 或者图片。")
    signed_by = forms.ChoiceField(label="代签人", required=False, help_text="由代签人签的，选他；本人签的不选。")
    held_on = forms.DateField(
        label="会议日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    minutes = forms.CharField(label="会议纪要文号", max_length=60, required=False)

    def __init__(
        self,
        data: Data | None = None,
        *,
        is_clerk: bool,
        substitutes: Sequence[Post] = (),
        kept: Kept | None = None,
        initial: Data | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.is_clerk, self.kept = is_clerk, kept or Kept()
        self.substitutes = {str(post.pk): post for post in substitutes}
        signed_by = self.fields["signed_by"]
        assert isinstance(signed_by, forms.ChoiceField)
        signed_by.choices = [("", "本人签批"), *((key, post.label) for key, post in self.substitutes.items())]
        if not is_clerk:
            for name in ("way", "signed_on", "scan", "signed_by"):
                del self.fields[name]
        elif not self.substitutes:
            del self.fields["signed_by"]
        if is_clerk and self.kept.last is not None:
            self.fields["scan"].help_text = f"已上传“{self.kept.last.name}”，不用再选；另选文件则替换。"

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs."""
        said = super().clean() or self.cleaned_data
        for sentence in self.kept.refusals:
            self.add_error("scan" if self.is_clerk else None, sentence)
        if self.is_clerk and said.get("way") == PAPER:
            self._need("signed_on", "请填写纸上的签批日期。")
            if self.kept.last is None and not self.kept.refusals:
                self.add_error("scan", "请上传签批件的扫描件。")
        elif self.is_clerk or said.get("held_on") or said.get("minutes"):
            self._need("held_on", "请填写会议日期。")
            self._need("minutes", "请填写会议纪要文号。")
        return said

    def _need(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def paper(self) -> PaperSignature | None:
        """The paper it was signed on, where it was."""
        said, scan = self.cleaned_data, self.kept.last
        if not self.is_clerk or said["way"] != PAPER or scan is None:
            return None
        signed_by = self.substitutes.get(said.get("signed_by", ""))
        return PaperSignature(signed_on=said["signed_on"], scan=scan, signed_by=signed_by)

    def meeting(self) -> MeetingDecision | None:
        """The meeting that decided, where one did."""
        said = self.cleaned_data
        if said.get("way") == PAPER or not said["held_on"]:
            return None
        return MeetingDecision(held_on=said["held_on"], minutes=said["minutes"])
