"""撤回: whoever brought a suggestion takes it back in writing, every signer for himself.

The record, its papers and its states; acts in operations/withdrawals.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models import ExternalConsent, Matter, Participant
from huiyin.organisations.models import Post


class WithdrawalState(StrEnum):
    OPEN = "open"
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


WITHDRAWAL_LABELS: Final = {
    WithdrawalState.OPEN: "正在收集书面撤回",
    WithdrawalState.ASKED: "已发函，待交办机关答复",
    WithdrawalState.DONE: "已撤回，终止办理",
    WithdrawalState.REFUSED: "交办机关不同意，继续办理",
    WithdrawalState.DROPPED: "不撤回了，继续办理",
}


class WithdrawalStep(StrEnum):
    ASK = "ask"
    FINISH = "finish"
    REFUSE = "refuse"
    DROP = "drop"


WITHDRAWAL_MOVES: Final = {
    (WithdrawalState.OPEN, WithdrawalStep.ASK): WithdrawalState.ASKED,
    (WithdrawalState.OPEN, WithdrawalStep.FINISH): WithdrawalState.DONE,  # the book asks nobody else
    (WithdrawalState.OPEN, WithdrawalStep.DROP): WithdrawalState.DROPPED,
    (WithdrawalState.ASKED, WithdrawalStep.FINISH): WithdrawalState.DONE,
    (WithdrawalState.ASKED, WithdrawalStep.REFUSE): WithdrawalState.REFUSED,
    (WithdrawalState.ASKED, WithdrawalStep.DROP): WithdrawalState.DROPPED,
}
UNDER_WAY: Final = (WithdrawalState.OPEN, WithdrawalState.ASKED)


class Withdrawal(models.Model):
    """One attempt to take a suggestion back; until it is complete handling and every day go on."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="withdrawals")
    state = models.CharField(max_length=8, choices=list(WITHDRAWAL_LABELS.items()), default=WithdrawalState.OPEN)
    needs_consent = models.BooleanField("须经交办机关同意")  # as the book said when it began
    basis = models.CharField("依据", max_length=160, default="")
    begun_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    consent = models.ForeignKey(ExternalConsent, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField("不撤回的原因", max_length=200, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["matter_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(state__in=[state.value for state in UNDER_WAY]),
                name="suggestions_withdrawal_one",
            ),
        ]  # fmt: skip

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class WithdrawalPaper(models.Model):
    """A signer's written withdrawal: his name, the day he signed, the scan; one scan may bear several names."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="papers")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=100)  # of who stands on no list, too
    signed_on = models.DateField("签署日期")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["withdrawal_id", "id"]
        constraints = [models.UniqueConstraint(fields=["withdrawal", "name"], name="suggestions_withdrawal_paper_once")]
