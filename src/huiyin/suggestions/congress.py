"""向人大常委会的专项报告: the record, its countdown and what was sent to whom; acts in operations/congress.py."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from huiyin.approvals.models import Approval
from huiyin.numbering.models import Number
from huiyin.organisations.models import Post, Procuratorate
from huiyin.regulations.models import AbstractDeadline
from huiyin.suggestions.congress_rules import CONGRESS_LABELS, COUNTDOWN, OPEN_STATES, SENDING_LABELS, CongressState


class CongressReport(models.Model):
    """One report to the standing committee, from the meeting's day to the day it was heard (S0-08, S0-51, S0-52)."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("题目", max_length=120)
    salutation = models.CharField("主送", max_length=120)
    meeting = models.CharField("会议", max_length=80)  # 常委会第三十次会议
    meeting_on = models.DateField("会议日期")
    recipients: models.JSONField[Any, Any] = models.JSONField("报送对象", default=list)  # names, the first is 主送
    sections: models.JSONField[Any, Any] = models.JSONField(default=dict)  # text by code of SECTIONS
    state = models.CharField(max_length=8, choices=list(CONGRESS_LABELS.items()), default=CongressState.DRAFT)
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField("成文日期", null=True)
    signer = models.CharField("签发人", max_length=60, default="")
    number = models.ForeignKey(Number, null=True, on_delete=models.PROTECT, related_name="+")
    heard_on = models.DateField("听取日期", null=True)
    outcome = models.CharField("审议情况", max_length=500, default="")
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-meeting_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["drafted_by", "request_key"], name="suggestions_congress_once")]
        indexes = [models.Index(fields=["procuratorate", "meeting_on"], name="suggestions_congress_meeting")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class CongressDue(AbstractDeadline):
    """A day before the meeting by which the report must be somewhere."""

    report = models.ForeignKey(CongressReport, on_delete=models.CASCADE, related_name="dues")
    rung = models.CharField(max_length=10, default="")  # the rung stood on at the last sweep
    rung_on = models.DateField(null=True)  # when the next rung is reached

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "limit_code"], name="suggestions_congress_due_once")]
        indexes = [
            models.Index(
                fields=["rung_on", "id"], condition=Q(met_at=None, dropped_at=None), name="suggestions_congress_rung"
            )
        ]

    @property
    def label(self) -> str:
        """送人大征求意见, 送人大常委会, 发给组成人员."""
        return COUNTDOWN[self.limit_code]


class CongressSending(models.Model):
    """What went out or came back: the draft, the words on it, the report itself to each recipient."""

    report = models.ForeignKey(CongressReport, on_delete=models.PROTECT, related_name="sendings")
    kind = models.CharField(max_length=12, choices=list(SENDING_LABELS.items()))
    whom = models.CharField("对方", max_length=100)
    happened_on = models.DateField("日期")
    words = models.TextField("内容", default="")  # of comments what they say; otherwise how it was handed over
    noted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["report_id", "happened_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["noted_by", "request_key"], name="suggestions_congress_sent_once")
        ]
