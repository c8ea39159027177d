"""What is typed about an undertaking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from huiyin.matters.operations.reassigning import ReassignFacts
from huiyin.organisations.models import Department, Post
from huiyin.web.forms import RequestKeyForm, VersionForm, pressed


class HandlerForm(VersionForm):
    """Who handles it."""

    handler = forms.ChoiceField(label="承办人", error_messages={"required": "请选择承办人。"})

    def __init__(self, data: Any = None, *, handlers: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(data, auto_id="handler_%s", **kwargs)
        self.posts = {str(post.pk): post for post in handlers}
        field = self.fields["handler"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（请选择）"), *((key, post.label) for key, post in self.posts.items())]

    @property
    def post(self) -> Post:
        """The handler chosen."""
        return self.posts[self.cleaned_data["handler"]]


class _WithDepartments(forms.Form):
    """A form that may name another department of the office."""

    blank = "（不指定）"
    ids = ""  # several forms stand on one page

    def __init__(self, data: Any = None, *, departments: Iterable[Department], **kwargs: Any) -> None:
        super().__init__(data, auto_id=self.ids, **kwargs)
        self.departments = {str(each.pk): each for each in departments}
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", self.blank), *((key, each.name) for key, each in self.departments.items())]

    @property
    def chosen(self) -> Department | None:
        """The department chosen, if any."""
        return self.departments.get(self.cleaned_data.get("department", ""))


class AskForm(_WithDepartments, VersionForm):
    """Why it should go elsewhere, and where to."""

    ids = "ask_%s"

    reason = forms.CharField(
        label="申请调整的理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，院领导据此决定。"},
    )
    department = forms.ChoiceField(label="建议改由哪个部门承办", required=False)


class NoteForm(forms.Form):
    """The liaison office's view."""

    opinion = forms.CharField(
        label="联络办公室意见",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明意见。"},
    )


class DecideForm(_WithDepartments, VersionForm):
    """The leader's decision."""

    ids = "decide_%s"
    blank = "按申请中建议的部门"

    verdict = forms.ChoiceField(
        label="决定",
        choices=[("keep", "维持原交办"), ("move", "改派")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择维持还是改派。"},
    )
    department = forms.ChoiceField(label="改派到", required=False)
    due_on = forms.DateField(
        label="办理期限",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="改派时填；留空沿用原来的部门期限。",
    )
    instruction = forms.CharField(
        label="批示", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReassignForm(_WithDepartments, RequestKeyForm):
    """Who takes over what was signed for, why, and whether the day stays."""

    ids = "reassign_%s"
    blank = "（请选择）"

    department = forms.ChoiceField(label="改派到", error_messages={"required": "请选择改派到哪个部门。"})
    reason = forms.CharField(
        label="改派理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明改派的理由，原承办部门会看到。"},
    )  # fmt: skip
    due_on = forms.DateField(
        label="新的部门办理期限", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="留空就沿用原来的部门期限，答复期限不变。",
    )  # fmt: skip
    due_reason = forms.CharField(label="调整期限的理由", max_length=300, required=False)

    def facts(self) -> ReassignFacts:
        """What was typed."""
        assert self.chosen is not None
        said = self.cleaned_data
        return ReassignFacts(
            department=self.chosen, reason=said["reason"], due_on=said["due_on"], due_reason=said["due_reason"]
        )


class DecideReassignmentForm(VersionForm):
    """The leader agrees, or not; the button says which."""

    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不同意改派的，请写明意见。",
    )  # fmt: skip

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="decide_reassignment_%s", **kwargs)

    def verdict(self, said: str | None) -> bool | None:
        """What the button pressed stands for."""
        return pressed(self, {"agree": True, "refuse": False}, said, sentence="请点“同意改派”或者“不改派”。")
