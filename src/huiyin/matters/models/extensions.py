"""A request for more time: asked by who handles the matter, allowed inside and outside, its proposer told .

The day itself moves only through a clock event of its deadline; the request says who allowed that and why."""

from __future__ import annotations

from typing import Final

from django.db import models

from huiyin.approvals.models import Approval
from huiyin.matters.models.consents import ExternalConsent
from huiyin.matters.models.deadlines import Deadline
from huiyin.matters.models.matter import Matter
from huiyin.matters.rules import MODE_LABELS
from huiyin.matters.rules.extensions import EXTENSION_LABELS, RUNNING, ExtensionState
from huiyin.organisations.models import Post

LEAVE_LABELS: Final = {
    "not_needed": "不须交办机关同意",
    "explained": "不须交办机关同意，须向提出人书面说明",
    "assigning_organ": "须经交办机关同意",
}


class Extension(models.Model):
    """One request to move one deadline; while it runs the date stands as it was."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="extensions")
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="extensions")
    state = models.CharField(max_length=12, choices=list(EXTENSION_LABELS.items()), default=ExtensionState.ASKED)
    reason = models.CharField("延期理由", max_length=300)
    from_on = models.DateField("原期限")  # the due day as it stood when it was asked
    to_on = models.DateField("申请延至")
    leave = models.CharField("还须谁同意", max_length=16, choices=list(LEAVE_LABELS.items()))  # as the book said then
    basis = models.CharField("依据", max_length=160, default="")
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    request_key = models.UUIDField()
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField("院领导同意日", null=True)
    letter_number = models.CharField("去函文号", max_length=60, default="")
    sent_on = models.DateField("去函日", null=True)
    consent = models.ForeignKey(ExternalConsent, null=True, on_delete=models.PROTECT, related_name="+")
    granted_by = models.CharField("同意延期的机关或领导", max_length=160, default="")
    granted_on = models.DateField("同意日", null=True)
    granted_to = models.DateField("延至", null=True)  # the due day it brought, rolled off rest days, within the cap
    told_on = models.DateField("告知提出人日", null=True)
    told_mode = models.CharField("告知方式", max_length=14, choices=list(MODE_LABELS.items()), default="")
    told_note = models.CharField("告知情况", max_length=200, default="")
    told_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["matter_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "request_key"], name="matters_extension_once"),
            models.UniqueConstraint(
                fields=["deadline"], condition=models.Q(state__in=[state.value for state in RUNNING]),
                name="matters_extension_one_running",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "id"], name="matters_extension_state")]

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_to_tell(self) -> bool:
        """Granted, and whoever brought the matter was not told yet."""
        return self.state == ExtensionState.GRANTED and self.told_on is None
