"""What is typed on the way to the public page."""

from __future__ import annotations

from django import forms

from huiyin.web.forms import RequestKeyForm, VersionForm


class ProposeForm(RequestKeyForm):
    """The text as everyone will read it."""

    title = forms.CharField(label="公开标题", max_length=200)
    text = forms.CharField(
        label="公开文本", max_length=60_000, widget=forms.Textarea(attrs={"rows": 18}),
        help_text="一行一段。称谓、联系人、抄送已经去掉；涉及个人的姓名、电话、住址请删去或者改为“某”。",
    )  # fmt: skip
    reason = forms.CharField(
        label="保留提示内容的理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="文本里还有人名、电话的，写明为什么可以公开；没有就不填。",
    )  # fmt: skip
    consent_note = forms.CharField(
        label="代表同意公开的情况", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="征询意见表上没有表示的，写明怎样、何时征得同意。",
    )  # fmt: skip


class OpinionForm(VersionForm):
    """A word of whoever checks or decides."""

    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回的，写明理由。",
    )  # fmt: skip


class TakeBackForm(VersionForm):
    """Why an answer is taken off."""

    reason = forms.CharField(label="撤下理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
