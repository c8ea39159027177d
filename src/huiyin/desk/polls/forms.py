"""What is typed when rating is opened to all deputies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.desk.matters.forms import Uploads
from huiyin.desk.replies.forms import day_input
from huiyin.files.models import StoredFile
from huiyin.matters.models import PollTally, PollVoter
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.polls import PollFacts
from huiyin.organisations.models import CongressBody
from huiyin.web.forms import RequestKeyForm, TickedRows


class OpenForm(RequestKeyForm):
    """The congress office's letter, that the lead deputy knows, from when until when."""

    organ = forms.CharField(label="来文机关", max_length=120)
    document_number = forms.CharField(label="来文号", max_length=60)
    dated_on = forms.DateField(label="来文日期", widget=day_input())
    scan = forms.FileField(label="来文扫描件", required=False, help_text="PDF 或者图片。没有人大来文不能开放。")
    lead_told_on = forms.DateField(label="告知领衔代表的日期", widget=day_input())
    lead_told_how = forms.CharField(
        label="怎样告知领衔代表的", max_length=200, help_text="领衔代表要先知道，再请其他代表评议。"
    )
    from_on = forms.DateField(label="评议开始", widget=day_input())
    until_on = forms.DateField(label="评议截止（含当日）", widget=day_input())

    def order(self, body: CongressBody | None, scan: StoredFile | None) -> Order:
        """The letter as typed. body: who assigned the matter."""
        said = self.cleaned_data
        same = body if body is not None and body.name == said["organ"].strip() else None
        number, dated = said["document_number"], said["dated_on"]
        return Order(organ=said["organ"], document_number=number, dated_on=dated, scan=scan, body=same)

    def facts(self) -> PollFacts:
        """The days as typed."""
        said = self.cleaned_data
        return PollFacts(
            lead_told_on=said["lead_told_on"], lead_told_how=said["lead_told_how"], from_on=said["from_on"],
            until_on=said["until_on"],
        )  # fmt: skip


class BallotsForm(RequestKeyForm):
    """A bundle of paper ballots: who handed one in, how many each grade has."""

    received_on = forms.DateField(label="收齐日", widget=day_input())
    voters = TickedRows(
        PollVoter.objects.none(), label="交来纸质票的代表", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选交来纸质票的代表。"},
    )  # fmt: skip
    scan = Uploads(label="纸质票扫描件", required=False, help_text="一个 PDF，装下这一次的全部票。票上不写姓名。")

    def __init__(
        self, data: Any = None, *, waiting: Sequence[PollVoter], tallies: Sequence[PollTally], **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="ballots_%s", **kwargs)
        chosen = self.fields["voters"]
        chosen.queryset = PollVoter.objects.filter(pk__in=[each.pk for each in waiting])  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        self.grades = [each.grade for each in tallies]
        for each in tallies:
            self.fields[f"grade_{each.grade}"] = forms.IntegerField(
                label=f"{each.label}（票数）", min_value=0, max_value=10_000, initial=0
            )
        self.order_fields(["received_on", "voters", *(f"grade_{grade}" for grade in self.grades), "scan"])

    def counts(self) -> dict[str, int]:
        """Grade → ballots."""
        return {grade: self.cleaned_data[f"grade_{grade}"] for grade in self.grades}
