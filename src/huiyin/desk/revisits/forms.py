"""What is typed after a revisit."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.desk.uploads import Kept
from huiyin.matters.models import Participant, Revisit
from huiyin.matters.operations.measures import MeasureFacts
from huiyin.matters.operations.revisits import RevisitFacts
from huiyin.matters.rules.following import (
    REVISIT_MODE_LABELS,
    REVISIT_RESULT_LABELS,
    RevisitMode,
    RevisitResult,
)
from huiyin.web.forms import RequestKeyForm, VersionForm


class RevisitForm(VersionForm, RequestKeyForm):
    """How, when, with whom, what the deputy said, and what follows from it."""

    mode = forms.ChoiceField(label="方式", choices=list(REVISIT_MODE_LABELS.items()), widget=forms.RadioSelect)
    held_on = forms.DateField(label="回访日期", widget=day_input())
    participant = forms.ModelChoiceField(Participant.objects.none(), label="回访对象", empty_label=None)
    deputy_words = forms.CharField(
        label="本人的话", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="照代表说的记。没有联系上的不用填。",
    )  # fmt: skip
    our_words = forms.CharField(
        label="我方说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    scan = forms.FileField(label="问卷或者记录扫描件", required=False, help_text="PDF 或者图片，可以不附。")
    result = forms.ChoiceField(label="结果", choices=list(REVISIT_RESULT_LABELS.items()), widget=forms.RadioSelect)
    measure = forms.CharField(
        label="改进措施", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="代表有新的意见的填：打算怎么改。由承办部门落实，跟踪到年底。",
    )  # fmt: skip
    measure_due_on = forms.DateField(
        label="措施完成期限", required=False, widget=day_input(), help_text="不填的按制度，到年底。"
    )

    def __init__(self, data: Any = None, *, revisit: Revisit, kept: Kept | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        people = revisit.matter.participants.exclude(role="inquirer").order_by("position")
        self.fields["participant"].queryset = people  # type: ignore[attr-defined]
        self.fields["participant"].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        self.kept = kept or Kept()
        if self.kept.last is not None:
            self.fields["scan"].help_text = f"已上传“{self.kept.last.name}”，不用再选；另选文件则替换。"

    def clean(self) -> dict[str, Any]:
        """A file refused is said beside its field."""
        said = super().clean() or self.cleaned_data
        for sentence in self.kept.refusals:
            self.add_error("scan", sentence)
        return said

    def facts(self, revisit: Revisit) -> RevisitFacts:
        """The revisit as the operation takes it; a measure of the department that answered."""
        said = self.cleaned_data
        measure = None
        if said["measure"].strip() and revisit.post is not None and revisit.post.department is not None:
            measure = MeasureFacts(
                text=said["measure"], department=revisit.post.department, owner=revisit.post,
                due_on=said["measure_due_on"],
            )  # fmt: skip
        return RevisitFacts(
            mode=RevisitMode(said["mode"]), held_on=said["held_on"], result=RevisitResult(said["result"]),
            participant=said["participant"], deputy_words=said["deputy_words"], our_words=said["our_words"],
            measure=measure,
        )  # fmt: skip


class DropForm(VersionForm):
    """Why there is none any more."""

    reason = forms.CharField(label="不再回访的原因", max_length=200)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="drop_%s", **kwargs)
