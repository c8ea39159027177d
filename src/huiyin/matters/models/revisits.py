"""回访: asking the deputy, some time after the answer, what became of it (S3-20, S3-31, S3-113)."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.acts import Act
from huiyin.matters.models.matter import Matter, Participant
from huiyin.matters.models.replies import Reply
from huiyin.matters.rules.following import (
    REVISIT_MODE_LABELS,
    REVISIT_RESULT_LABELS,
    REVISIT_STATE_LABELS,
    RevisitState,
)
from huiyin.organisations.models import Post


class Revisit(models.Model):
    """One revisit owed after a letter; while a promise is open, or the deputy not content, the next is owed.

    post: who makes it, the head of the department that answered. act: the contact it became, of the fourth stage."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="revisits")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="revisits")
    round = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)  # the first, second, … after this letter
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=list(REVISIT_STATE_LABELS.items()), default=RevisitState.OWED)
    opened_at = models.DateTimeField()
    mode = models.CharField("方式", max_length=14, choices=list(REVISIT_MODE_LABELS.items()), default="")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField("回访日期", null=True)
    deputy_words = models.TextField("代表的话", default="")
    our_words = models.TextField("我方说明", default="")
    result = models.CharField("结果", max_length=10, choices=list(REVISIT_RESULT_LABELS.items()), default="")
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.OneToOneField(Act, null=True, on_delete=models.PROTECT, related_name="revisit")
    done_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(max_length=200, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["matter_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(state="owed"), name="matters_revisit_one_owed"
            )
        ]
        indexes = [models.Index(fields=["state", "post", "id"], name="matters_revisit_owed")]
