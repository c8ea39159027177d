"""What is typed about a report to the standing committee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.organisations.models import CongressBody, Post
from huiyin.organisations.rules import BodyKind
from huiyin.suggestions.models import SECTIONS, SENDING_LABELS, CongressReport, Sending
from huiyin.suggestions.operations.congress import CongressFacts, SendingFacts
from huiyin.web.forms import RequestKeyForm, VersionForm


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReportForm(forms.Form):
    """For which meeting, to whom, what it says."""

    title = forms.CharField(label="题目", max_length=120)
    meeting = forms.CharField(label="会议", max_length=80, help_text="例如：常委会第三十次会议。")
    meeting_on = forms.DateField(
        label="会议日期", widget=_day(), help_text="征求意见、报送、印发的日子从这一天倒推。会期改了，改这里。"
    )
    recipients = forms.CharField(
        label="报送对象", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个，第一行是主送机关，其余抄送。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in SECTIONS.items():
            self.fields[f"section_{code}"] = forms.CharField(
                label=name, max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )

    def facts(self) -> CongressFacts:
        """As the operations take them."""
        said = self.cleaned_data
        return CongressFacts(
            title=said["title"], meeting=said["meeting"], meeting_on=said["meeting_on"],
            recipients=said["recipients"].splitlines(),
            sections={code: said[f"section_{code}"] for code in SECTIONS},
        )  # fmt: skip

    @staticmethod
    def now(report: CongressReport) -> dict[str, Any]:
        """What stands there now."""
        parts = {f"section_{code}": report.sections.get(code, "") for code in SECTIONS}
        facts = {"title": report.title, "meeting": report.meeting, "meeting_on": report.meeting_on}
        return {**facts, **parts, "recipients": "\n".join(report.recipients), "version": report.version}


class BeginForm(ReportForm, RequestKeyForm):
    """A new one."""


class EditForm(ReportForm, VersionForm):
    """One that is drafted already."""


def usual_recipients(post: Post) -> str:
    """The congress and the CPPCC as the office knows them (S0-51)."""
    wanted = [BodyKind.CONGRESS, BodyKind.CPPCC]
    known = CongressBody.objects.filter(procuratorate=post.procuratorate_id, kind__in=wanted)
    return "\n".join(known.order_by("kind", "pk").values_list("name", flat=True))


class ResignForm(VersionForm):
    """Why the signatures are asked for again."""

    reason = forms.CharField(label="退回重签的原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SendForm(RequestKeyForm):
    """What was sent, or came back."""

    kind = forms.ChoiceField(label="事项", choices=[("", "（请选择）"), *SENDING_LABELS.items()])
    whom = forms.ChoiceField(label="对方")
    happened_on = forms.DateField(label="日期", widget=_day())
    words = forms.CharField(
        label="内容", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="修改意见照原话写；送达的，可以写怎么送、谁签收。",
    )  # fmt: skip

    def __init__(self, *args: Any, recipients: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="send-%s", **kwargs)
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in recipients]

    def facts(self) -> SendingFacts:
        """As the operation takes them."""
        said = self.cleaned_data
        return SendingFacts(
            kind=Sending(said["kind"]), whom=said["whom"], happened_on=said["happened_on"], words=said["words"]
        )


class ConcludeForm(VersionForm):
    """The meeting heard it."""

    heard_on = forms.DateField(label="听取日期", widget=_day())
    outcome = forms.CharField(
        label="审议情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
