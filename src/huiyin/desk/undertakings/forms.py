"""What is typed about an undertaking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from huiyin.organisations.models import Department, Post
from huiyin.web.forms import VersionForm


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


class _WithDepartments(VersionForm):
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


class AskForm(_WithDepartments):
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


class DecideForm(_WithDepartments):
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
