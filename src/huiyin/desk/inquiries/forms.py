"""What is typed about a case inquiry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from huiyin.organisations.models import Post
from huiyin.web.forms import RequestKeyForm, VersionForm

WAYS: Final = [(way, way) for way in ("电话", "当面", "来信", "会议期间", "其他")]


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class EnterForm(RequestKeyForm):
    """Who asked what, when and how."""

    inquirer = forms.CharField(label="咨询人", max_length=100)
    delegation = forms.CharField(label="代表团或界别", max_length=60, required=False)
    asked_on = forms.DateField(label="咨询日", widget=DayInput)
    mode = forms.ChoiceField(label="咨询方式", choices=WAYS)
    title = forms.CharField(label="案件", max_length=200, help_text="案由和案件简称，不写当事人隐私。")
    question = forms.CharField(label="咨询内容", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class SendForm(VersionForm):
    """The drafted answer, and who decides it."""

    draft = forms.CharField(label="拟答复意见", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    leader = forms.ChoiceField(label="分管副检察长", help_text="分管该案业务的院领导。")

    def __init__(self, *args: Any, leaders: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)
        self.posts = {str(post.pk): post for post in leaders}
        field.choices = [("", "请选择"), *((key, post.label) for key, post in self.posts.items())]

    def clean_leader(self) -> Post:
        """The post chosen."""
        return self.posts[self.cleaned_data["leader"]]


class DecideForm(VersionForm):
    """The deputy chief's words: the answer as it shall be given, and his opinion."""

    subject_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    edited = forms.CharField(
        label="答复意见",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="可以直接修改，改后的文字即为审定意见。",
    )
    opinion = forms.CharField(label="意见", max_length=500, required=False)


class AnswerForm(VersionForm):
    """How the office answered."""

    answered_on = forms.DateField(label="答复日", widget=DayInput)
    mode = forms.ChoiceField(label="答复方式", choices=WAYS)
    note = forms.CharField(
        label="答复记录",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="说了什么，对方怎么说。",
    )


class InterferenceForm(VersionForm):
    """Whether the inquiry is entered as interference."""

    verdict = forms.ChoiceField(
        label="是否作干预记录", choices=[("not", "不作记录"), ("recorded", "作记录")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="理由", max_length=300)
