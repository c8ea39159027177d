"""The copy of a handling that the office above receives."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.replies import Reply
from huiyin.organisations.models import Post

UPWARD_MODE_LABELS = {"exchange": "机要交换", "network": "检察工作网", "post": "邮寄", "hand": "当面报送"}


class UpwardCopy(models.Model):
    """报送上级院: that the handling of a higher deputy's suggestion was reported, when and how (S0-85)."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="upward_copy")
    organ = models.CharField("报送单位", max_length=60)
    mode = models.CharField("报送方式", max_length=8, choices=list(UPWARD_MODE_LABELS.items()))
    sent_on = models.DateField("报送日期")
    receipt = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, default="")
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
