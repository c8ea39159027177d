"""What the deputy thought of it, and the file it ends in."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Item, Matter, Participant
from huiyin.matters.models.replies import Reply
from huiyin.matters.rules import GRADE_LABELS, RATING_SOURCE_LABELS
from huiyin.matters.rules.following import HORIZON_LABELS
from huiyin.organisations.models import Post


class Rating(models.Model):
    """One signer's rating of one letter; the first is never overwritten (practice 16)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="ratings")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="ratings")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=16, choices=list(RATING_SOURCE_LABELS.items()))
    attitude = models.CharField("办理态度", max_length=20, choices=list(GRADE_LABELS.items()))
    result = models.CharField("办理结果", max_length=20, choices=list(GRADE_LABELS.items()))
    overall = models.CharField(
        "总体评价", max_length=20, choices=list(GRADE_LABELS.items()), default=""
    )  # "": not said
    met_in_person = models.BooleanField("是否面商", null=True)
    words = models.TextField("具体意见", default="")
    agrees_to_publish = models.BooleanField("是否同意公开", null=True)
    rated_on = models.DateField("签名日期")
    is_of_record = models.BooleanField(default=False)  # signed form or congress system
    confirmed_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="confirms")
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    slip_number = models.CharField(max_length=24, default="")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "participant", "source"], name="matters_rating_once_a_source")
        ]


class Commitment(models.Model):
    """What a signed letter promises, by when; the letter states it, and it is kept until reported to the deputy."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="commitments")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="commitments")
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="commitments")
    text = models.CharField("承诺事项", max_length=500)
    promised_on = models.DateField("承诺完成日")
    done_on = models.DateField("完成日", null=True)
    note = models.CharField("完成情况", max_length=300, default="")
    horizon = models.CharField("时间安排", max_length=6, choices=list(HORIZON_LABELS.items()), default="")
    missed_on = models.DateField("登记未兑现日", null=True)  # said not to be kept by its day; may be kept later
    missed_reason = models.CharField("未兑现的原因", max_length=300, default="")
    is_owed_a_letter = models.BooleanField("须再行答复", default=False)  # as the book said on the day of issue
    second_reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="reports_on")

    class Meta:
        ordering = ["promised_on", "id"]
        indexes = [models.Index(fields=["is_owed_a_letter", "promised_on"], name="matters_commitment_owed")]


class Milestone(models.Model):
    """节点: one step on the way to what was promised, with its own day (S3-107)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("节点", max_length=200)
    due_on = models.DateField("时间")
    done_on = models.DateField("完成日", null=True)
    note = models.CharField("完成情况", max_length=200, default="")

    class Meta:
        ordering = ["commitment_id", "position"]
        constraints = [models.UniqueConstraint(fields=["commitment", "position"], name="matters_milestone_position")]


class RatingCall(models.Model):
    """A call the department head owes after a "not satisfied" from a phone (practice 16)."""

    rating = models.OneToOneField(Rating, on_delete=models.CASCADE, related_name="call")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    words = models.TextField(default="")


class Filing(models.Model):
    """The file a matter ends in (一事一档)."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="filing")
    item_number = models.CharField("件号", max_length=40)
    retention = models.CharField("保管期限", max_length=20)
    papers = models.JSONField()  # the book's list: what is there, what is missing and why
    missing_reason = models.CharField(max_length=300, default="")
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
