"""What others decide about a matter of ours, on paper: the congress office, the assigning organ, the proposer."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.linkage import CONSENT_KIND_LABELS
from huiyin.matters.models.matter import Matter
from huiyin.organisations.models import CongressBody, Post


class ExternalConsent(models.Model):
    """A consent asked for and given, or an order received, by an organ outside (practice 10).

    Asked for: requested_on and, where we wrote one, request_number. Until it answers, answer is "" and the old
    deadline runs. An order to handle anew was not asked for: answer "ordered" from the first."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="consents")
    round = models.PositiveSmallIntegerField(default=1)  # of the matter when it was asked for, or ordered
    kind = models.CharField(max_length=12, choices=[(kind.value, label) for kind, label in CONSENT_KIND_LABELS.items()])
    body = models.ForeignKey(CongressBody, null=True, on_delete=models.PROTECT, related_name="+")
    organ = models.CharField("来文机关", max_length=120)  # its name as it stood then
    request_number = models.CharField("本院去函文号", max_length=60, default="")
    requested_on = models.DateField("去函日", null=True)
    answer = models.CharField(
        max_length=8, choices=[("agreed", "同意"), ("refused", "不同意"), ("ordered", "要求办理")], default=""
    )
    document_number = models.CharField("来文号", max_length=60, default="")
    dated_on = models.DateField("来文日期", null=True)
    received_on = models.DateField("收到日", null=True)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=300, default="")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["matter_id", "id"]
