"""What is typed about an improvement measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.matters.operations.measures import MeasureFacts
from huiyin.organisations.models import Post
from huiyin.web.forms import RequestKeyForm, VersionForm


def plan_item_field() -> forms.CharField:
    """The item of the year's work plan."""
    return forms.CharField(
        label="纳入的重点项目任务", max_length=200, required=False,
        help_text="纳入年度检察工作重点项目任务的，写项目名称；没有纳入的不填。",
    )  # fmt: skip


class MeasureForm(RequestKeyForm):
    """What is to change, whence it comes, by whom, by when."""

    source = forms.CharField(
        label="来源", max_length=200, required=False, help_text="例如哪次会议的审议意见；从事项页提出的可以不填。"
    )
    text = forms.CharField(label="改进措施", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    plan_item = plan_item_field()
    owner = forms.ChoiceField(label="责任部门和责任人")
    due_on = forms.DateField(label="完成期限", required=False, widget=day_input(), help_text="不填的按制度，到年底。")

    def __init__(self, data: Any = None, *, owners: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owners = {str(post.pk): post for post in owners}
        choices = [(key, f"{post.department}：{post.label}") for key, post in self.owners.items()]
        self.fields["owner"].choices = [("", "（请选择）"), *choices]  # type: ignore[attr-defined]

    def facts(self) -> MeasureFacts:
        """The measure as the operation takes it."""
        said = self.cleaned_data
        owner = self.owners[said["owner"]]
        assert owner.department is not None
        return MeasureFacts(
            text=said["text"],
            department=owner.department,
            owner=owner,
            source=said.get("source", ""),
            plan_item=said.get("plan_item", ""),
            due_on=said["due_on"],
        )


class NoteForm(RequestKeyForm):
    """How far it has come."""

    text = forms.CharField(label="进展", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    plan_item = plan_item_field()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="note_%s", **kwargs)


class EndForm(VersionForm):
    """What came of it."""

    outcome = forms.CharField(
        label="落实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="没有落实的写明原因，年度报告要说明。",
    )  # fmt: skip
    ended_on = forms.DateField(label="日期", widget=day_input())

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="end_%s", **kwargs)
