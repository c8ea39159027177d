"""Why a recorded signature is not what was signed; who reads a paper, and what he remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from huiyin.organisations.models import Post
from huiyin.web.forms import TickedRows


class ObjectForm(forms.Form):
    """An objection to a 代录."""

    reason = forms.CharField(
        label="异议", max_length=200, error_messages={"required": "请写明代录的内容哪里与您签的不一致。"}
    )


class ReadForm(forms.Form):
    """A leader has read a paper."""

    remark = forms.CharField(label="批注（可以不写）", max_length=300, required=False)


class ReadersForm(forms.Form):
    """To whom a paper is given to read."""

    post = TickedRows(
        Post.objects.none(),
        label="送哪几位院领导圈阅",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选要送圈阅的院领导。"},
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(Post.objects.filter(pk__in=[post.pk for post in posts]))

    def offer(self, posts: QuerySet[Post]) -> None:
        """Show these; whom a colleague has added meanwhile is refused by the operation, in a sentence."""
        cast("TickedRows", self.fields["post"]).queryset = posts.select_related("staff")
