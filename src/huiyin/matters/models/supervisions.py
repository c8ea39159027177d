"""督办单: what a department is pressed to do about one matter or several, and what it reports back."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter
from huiyin.matters.rules.supervision import (
    RUNNING_SUPERVISION,
    SUPERVISION_LABELS,
    SupervisionState,
)
from huiyin.numbering.models import Number
from huiyin.organisations.models import Department, Post, Procuratorate


class Supervision(models.Model):
    """One order to one department (S0-61); its day stands as a deadline on every matter it is about.

    level, level_title: as the book in force named it. orderer: whose signature it needs; follows: the lower level
    that it raises. answer_by_on: a day named by hand, otherwise the book's."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    matters = models.ManyToManyField(Matter, related_name="supervisions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("层级", max_length=30)
    level_title = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=list(SUPERVISION_LABELS.items()), default=SupervisionState.PROPOSED)
    reason = models.CharField("缘由", max_length=500)
    demand = models.CharField("要求", max_length=500)
    answer_by_on = models.DateField("反馈期限", null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="raised_by")
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    request_key = models.UUIDField()
    orderer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField("签发意见", max_length=300, default="")
    ordered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True)
    number = models.ForeignKey(Number, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["proposed_by", "request_key"], name="matters_supervision_once"),
        ]
        indexes = [
            models.Index(fields=["procuratorate", "state", "id"], name="matters_supervision_state"),
            models.Index(fields=["department", "state", "id"], name="matters_supervision_dept"),
        ]

    def __str__(self) -> str:
        return str(self.number) if self.number_id else f"{self.level_title}（{self.get_state_display()}）"

    @property
    def state_enum(self) -> SupervisionState:
        return SupervisionState(self.state)

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_SUPERVISION


class SupervisionReport(models.Model):
    """回报 (S0-67): what the department says, and the office's judgement of it; the next report is a new row."""

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField("办理结果")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=[("ended", "同意办结"), ("sent_back", "退回再办")], default="")
    remarks = models.CharField("审核意见", max_length=300, default="")
    judged_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["supervision_id", "id"]
