"""What is typed on a 交办 or 督办 of an office above."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.matters.operations.superior import OrderFacts
from huiyin.matters.rules.superior import ORDER_KIND_LABELS, OrderKind
from huiyin.web.forms import RequestKeyForm, VersionForm


class GiveForm(RequestKeyForm):
    """交办 or 督办, what it rests on, why, when, by when."""

    kind = forms.ChoiceField(label="方式", choices=[(kind.value, label) for kind, label in ORDER_KIND_LABELS.items()])
    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="交办函、督办函的文号；没有发文的空着，写明依据。"
    )
    ground = forms.CharField(
        label="依据", max_length=200, required=False, help_text="如院领导批示、会议纪要。文号和依据至少写一项。"
    )
    reason = forms.CharField(label="缘由和要求", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    given_on = forms.DateField(label="交办督办日期", widget=day_input())
    answer_by_on = forms.DateField(
        label="反馈期限", required=False, widget=day_input(), help_text="不限定日期的空着；填写的，下级院按期收到提醒。"
    )

    def facts(self) -> OrderFacts:
        """The order as the operation takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return OrderFacts(**said | {"kind": OrderKind(said["kind"])})


class ReportForm(VersionForm):
    """How far it is."""

    text = forms.CharField(
        label="办理情况", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明办到哪一步、结果怎样；没有办完的写明原因和打算。",
    )  # fmt: skip

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="report_%s", **kwargs)


class EndForm(VersionForm):
    """Why it ends."""

    remark = forms.CharField(
        label="结束说明", max_length=300, required=False, help_text="下级院还没有反馈就结束的，写明原因。"
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="end_%s", **kwargs)
