"""Why a matter weighs more, and who leads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.organisations.models import Post
from huiyin.regulations.books import KeyCriterion
from huiyin.web.forms import VersionForm


class RaiseForm(VersionForm):
    """Criteria of the book, words of one's own, the leader."""

    criteria = forms.MultipleChoiceField(label="标准", required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="理由", max_length=120, required=False, help_text="没有勾选标准的，写明理由。")
    leader = forms.ChoiceField(label="领衔院领导", help_text="重点件由检察长或者副检察长领衔。")

    def __init__(
        self, data: Any = None, *, criteria: Sequence[KeyCriterion], leaders: Sequence[Post], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.leaders = {str(post.pk): post for post in leaders}
        self.fields["leader"].choices = [  # type: ignore[attr-defined]
            ("", "（请选择）"), *((key, post.label) for key, post in self.leaders.items())
        ]  # fmt: skip
        choices = [(each.title, f"{each.title}（{each.basis.article}）") for each in criteria]
        self.fields["criteria"].choices = choices  # type: ignore[attr-defined]
        if not criteria:
            del self.fields["criteria"]


class ReasonForm(VersionForm):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200)
