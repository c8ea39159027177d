"""What organs outside write about a matter of ours, and what we write to them: the lead's reply, our letter asking for
an opinion, another organ's signature under a joint reply."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter
from huiyin.matters.models.replies import Reply
from huiyin.matters.models.undertakings import Undertaking
from huiyin.numbering.models import Number
from huiyin.organisations.models import Post


class OutsideReply(models.Model):
    """The reply of the unit that leads (or, of a matter handled apart, of another unit), for our file; not ours."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="outside_replies")
    organ = models.CharField("答复单位", max_length=120)  # its name as it stood then
    document_number = models.CharField("文号", max_length=60)
    dated_on = models.DateField("成文日期")
    received_on = models.DateField("收到日")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=300, default="")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["matter_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "request_key"], name="matters_outside_reply_asked_once"),
            models.UniqueConstraint(fields=["matter", "document_number"], name="matters_outside_reply_once"),
        ]


class OpinionRequest(models.Model):
    """协办征求意见函: our letter that asks an outside assistant for its opinion, by when."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="requests")
    words = models.TextField("征求意见的内容")
    answer_by_on = models.DateField("请于何日前反馈")
    basis = models.CharField("期限依据", max_length=200, default="")
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    request_key = models.UUIDField()
    signed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("发函日", null=True)
    number = models.OneToOneField(Number, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField("不发了", null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["undertaking_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["drafted_by", "request_key"], name="matters_opinion_request_asked_once"),
            models.UniqueConstraint(
                fields=["undertaking"], condition=models.Q(sent_on=None, dropped_at=None),
                name="matters_opinion_request_one_waiting",
            ),
        ]  # fmt: skip


class Countersignature(models.Model):
    """会签: another organ signs our joint reply; it covers the text with this digest and no other (practice 6, 24)."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="countersignatures")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="countersignatures")
    organ = models.CharField("会签单位", max_length=120)  # its name as it signed
    signer = models.CharField("签署人", max_length=60)
    signer_title = models.CharField("职务", max_length=60, default="")
    signed_on = models.DateField("会签日期")
    digest = models.CharField(max_length=64)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["reply_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "undertaking", "digest"], name="matters_countersigned_once")
        ]
