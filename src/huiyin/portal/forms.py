"""What a deputy fills in: a phone, a code, a rating."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.exchange.shapes import MAX_WORDS, PollCard, RatingForm, RatingSlip
from huiyin.web.forms import RequestKeyForm


class PhoneForm(forms.Form):
    """The way in, first step."""

    phone = forms.CharField(
        label="手机号",
        max_length=20,
        help_text="您在检察院登记的手机号。",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "请填写手机号。"},
    )


class CodeForm(forms.Form):
    """The way in, second step."""

    code = forms.CharField(
        label="验证码",
        max_length=12,
        help_text="短信里的六位数字，五分钟内有效。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "请填写短信里的验证码。"},
    )


_YES_NO = [("yes", "同意"), ("no", "不同意")]


class VoteForm(RequestKeyForm):
    """One grade of the card's."""

    grade = forms.ChoiceField(
        label="对这份答复", widget=forms.RadioSelect, error_messages={"required": "请选择您的评价。"}
    )

    def __init__(self, poll: PollCard, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(grade.code, grade.label) for grade in poll.grades]


class RateForm(RequestKeyForm):
    """Attitude and result apart; the grades are the card's."""

    attitude = forms.ChoiceField(
        label="对办理态度", widget=forms.RadioSelect, error_messages={"required": "请选择对办理态度的评价。"}
    )
    result = forms.ChoiceField(
        label="对办理结果", widget=forms.RadioSelect, error_messages={"required": "请选择对办理结果的评价。"}
    )
    words = forms.CharField(
        label="您的意见",
        required=False,
        max_length=MAX_WORDS,
        help_text="不满意的，请写明原因，便于我们了解和改进。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    publish = forms.ChoiceField(
        label="是否同意公开评价", required=False, choices=_YES_NO, widget=forms.RadioSelect, help_text="可以不选。"
    )

    def __init__(self, asked: RatingForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = asked
        grades = [(grade.code, grade.label) for grade in asked.grades]
        for name in ("attitude", "result"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = grades
        if not asked.asks_to_publish:
            del self.fields["publish"]

    def payload(self) -> dict[str, Any]:
        """The slip's payload, once the form is valid."""
        said = self.cleaned_data
        agrees = {"yes": True, "no": False}.get(said.get("publish", ""))
        return RatingSlip(
            reply=self._asked.reply,
            attitude=said["attitude"],
            result=said["result"],
            words=said["words"],
            agrees_to_publish=agrees,
        ).to_json()
