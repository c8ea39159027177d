"""不属本院职责: what is proposed, decided, answered before a suggestion goes back to whoever assigned it (practice 12).

The record and its states; acts in operations/returns.py, the paper in papers.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from huiyin.matters.models import ExternalConsent, Matter
from huiyin.numbering.models import Number
from huiyin.organisations.models import Post


class ReturnState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    KEPT = "kept"
    SENT = "sent"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


RETURN_LABELS: Final = {
    ReturnState.PROPOSED: "待院领导决定",
    ReturnState.AGREED: "院领导同意，待发退回函",
    ReturnState.KEPT: "院领导不同意退回",
    ReturnState.SENT: "已发函，待交办机关答复",
    ReturnState.TAKEN_BACK: "交办机关同意，已退回",
    ReturnState.REFUSED: "交办机关不同意，继续办理",
    ReturnState.WITHDRAWN: "已撤回",
}


class ReturnStep(StrEnum):
    AGREE = "agree"
    KEEP = "keep"
    SEND = "send"
    TAKE_BACK = "take_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


RETURN_MOVES: Final = {
    (ReturnState.PROPOSED, ReturnStep.AGREE): ReturnState.AGREED,
    (ReturnState.PROPOSED, ReturnStep.KEEP): ReturnState.KEPT,
    (ReturnState.PROPOSED, ReturnStep.WITHDRAW): ReturnState.WITHDRAWN,
    (ReturnState.AGREED, ReturnStep.SEND): ReturnState.SENT,
    (ReturnState.AGREED, ReturnStep.WITHDRAW): ReturnState.WITHDRAWN,
    (ReturnState.SENT, ReturnStep.TAKE_BACK): ReturnState.TAKEN_BACK,
    (ReturnState.SENT, ReturnStep.REFUSE): ReturnState.REFUSED,
    (ReturnState.SENT, ReturnStep.WITHDRAW): ReturnState.WITHDRAWN,
}
RUNNING: Final = (ReturnState.PROPOSED, ReturnState.AGREED, ReturnState.SENT)


class NotOurs(models.Model):
    """One attempt to give a suggestion back; while it runs the matter is not routed, and its days go on."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="returns")
    state = models.CharField(max_length=12, choices=list(RETURN_LABELS.items()), default=ReturnState.PROPOSED)
    reason = models.CharField("理由", max_length=500)
    proper_unit = models.CharField("建议承办单位", max_length=120, default="")
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    request_key = models.UUIDField()
    leader = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")  # who is asked to decide
    opinion = models.CharField("院领导意见", max_length=300, default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    number = models.ForeignKey(Number, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    consent = models.ForeignKey(ExternalConsent, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["matter_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposed_by", "request_key"], name="suggestions_return_once"),
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(state__in=[state.value for state in RUNNING]),
                name="suggestions_return_one_running",
            ),
        ]  # fmt: skip

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING
