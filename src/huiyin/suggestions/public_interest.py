"""公益诉讼转化: a suggestion that leads to a public-interest case, or a case that deputies take up as a suggestion.

The records and their states; acts in operations/public_interest.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models
from django.db.models import Q

from huiyin.files.models import StoredFile
from huiyin.matters.models import Matter
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.regulations.models import AbstractDeadline


class Direction(StrEnum):
    TO_CASE = "to_case"
    TO_SUGGESTION = "to_suggestion"


DIRECTION_LABELS: Final = {
    Direction.TO_CASE: "建议转公益诉讼",
    Direction.TO_SUGGESTION: "检察建议转代表建议",
}


class TransferState(StrEnum):
    PROPOSED = "proposed"
    REFUSED = "refused"
    RUNNING = "running"
    ENDED = "ended"


TRANSFER_LABELS: Final = {
    TransferState.PROPOSED: "待决定是否立案",
    TransferState.REFUSED: "不立案",
    TransferState.RUNNING: "办理中",
    TransferState.ENDED: "已办结",
}


class PaperKind(StrEnum):
    FILING = "filing"
    NO_FILING = "no_filing"
    PROPOSAL = "proposal"


PAPER_LABELS: Final = {
    PaperKind.FILING: "立案决定书",
    PaperKind.NO_FILING: "不立案决定书",
    PaperKind.PROPOSAL: "检察建议书",
}


FIELDS: Final = (
    "生态环境和资源保护", "食品药品安全", "国有财产保护", "国有土地使用权出让", "英雄烈士权益保护", "未成年人保护",
    "军人地位和权益保障", "安全生产", "个人信息保护", "反垄断", "反电信网络诈骗", "农产品质量安全", "妇女权益保障",
    "无障碍环境建设", "文物和文化遗产保护", "其他",
)  # fmt: skip
"""In which a public-interest case may be filed, as the laws that name procurators have it by now."""


class PublicTransfer(models.Model):
    """One conversion in either direction; the suggestion is handled and answered on its own road meanwhile.

    matter: the suggestion it came of, or the one it became, where it is in our register. source: who brought it or
    passed it on, with the number it has there. copied_to: who gets copies of the papers."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField("方向", max_length=14, choices=list(DIRECTION_LABELS.items()))
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="public_transfers")
    source = models.CharField("来源", max_length=200, default="")
    title = models.CharField("线索或者案件", max_length=200)
    field = models.CharField("领域", max_length=40)
    reason = models.CharField("理由", max_length=500)
    received_on = models.DateField("收到日")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    copied_to = models.CharField("抄送机关", max_length=120)
    leader = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # decides on filing
    state = models.CharField(max_length=8, choices=list(TRANSFER_LABELS.items()))
    opinion = models.CharField("院领导意见", max_length=300, default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField("结果", max_length=500, default="")
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["opened_by", "request_key"], name="suggestions_transfer_once")]
        indexes = [models.Index(fields=["procuratorate", "state", "id"], name="suggestions_transfer_state")]

    def __str__(self) -> str:
        return self.title


class TransferPaper(models.Model):
    """A decision or a 检察建议书 in a conversion, and when a copy of it went to whoever is to have one."""

    transfer = models.ForeignKey(PublicTransfer, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("文书", max_length=10, choices=list(PAPER_LABELS.items()))
    number = models.CharField("文号", max_length=60)
    dated_on = models.DateField("成文日期")
    addressee = models.CharField("受送达单位", max_length=120, default="")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()
    copied_on = models.DateField("抄送日", null=True)
    copied_how = models.CharField("抄送方式", max_length=100, default="")
    copied_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["transfer_id", "dated_on", "id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="suggestions_paper_once")]

    @property
    def naming(self) -> str:
        """立案决定书（…号）."""
        return f"{self.get_kind_display()}（{self.number}）"


class CopyDue(AbstractDeadline):
    """The day by which a copy of one paper is to be with whoever passed the suggestion on."""

    paper = models.OneToOneField(TransferPaper, on_delete=models.CASCADE, related_name="due")
    rung = models.CharField(max_length=10, default="")  # the rung stood on at the last sweep
    rung_on = models.DateField(null=True)  # when the next rung is reached

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["rung_on", "id"], condition=Q(met_at=None, dropped_at=None), name="suggestions_copy_rung"
            )
        ]
