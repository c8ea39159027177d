"""Who does what part of a matter, by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter
from huiyin.matters.rules import (
    HANDLER_ROLE_LABELS,
    OPINION_STATE_LABELS,
    UNDERTAKING_STATUS_LABELS,
    OpinionState,
    UndertakingStatus,
)
from huiyin.organisations.models import CongressBody, Department, Post


class Undertaking(models.Model):
    """A department's or an outside organ's part of a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="undertakings")
    round = models.PositiveSmallIntegerField(default=1)
    role = models.CharField("角色", max_length=10, choices=list(HANDLER_ROLE_LABELS.items()))
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(CongressBody, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="undertakings")
    status = models.CharField(
        max_length=10, choices=list(UNDERTAKING_STATUS_LABELS.items()), default=UndertakingStatus.ASSIGNED
    )
    assigned_at = models.DateTimeField()
    signed_for_at = models.DateTimeField(null=True)
    signed_for_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    opinion_state = models.CharField(
        max_length=14, choices=list(OPINION_STATE_LABELS.items()), default=OpinionState.NONE
    )
    opinion = models.TextField("办理意见", default="")
    opinion_on = models.DateField(null=True)
    opinion_file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    opinion_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # gave or entered it
    leave_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # to go on without it
    leave_note = models.CharField("同意不再等候的说明", max_length=200, default="")
    is_joint = models.BooleanField("联合办理", default=False)  # an outside organ that signs the reply with us
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, organ__isnull=True)
                | Q(department__isnull=True, organ__isnull=False),
                name="matters_undertaking_inside_or_outside",
            )
        ]
        indexes = [
            models.Index(fields=["department", "status", "matter"], name="matters_undertaking_dept"),
            models.Index(fields=["handler", "status", "matter"], name="matters_undertaking_handler"),
        ]

    @property
    def who(self) -> str:
        return str(self.department or self.organ)


class Adjustment(models.Model):
    """申请调整: a department holds that a matter belongs elsewhere; the same leader decides again (practice 12)."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="adjustments")
    reason = models.CharField(max_length=500)
    proposed_department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    office_opinion = models.CharField(max_length=500, default="")
    verdict = models.CharField(max_length=8, choices=[("keep", "维持原交办"), ("move", "改派")], default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    instruction = models.CharField(max_length=500, default="")


class Reassignment(models.Model):
    """改派: a part that was signed for goes to another department; the leader who assigned it decides.

    due_on: another department date with due_reason; None: the day stays."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="reassignments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")  # who takes it over
    reason = models.CharField("改派理由", max_length=500)
    due_on = models.DateField("部门办理期限", null=True)
    due_reason = models.CharField("调整期限的理由", max_length=300, default="")
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    request_key = models.UUIDField()
    verdict = models.CharField(
        max_length=8, choices=[("", "待决定"), ("agreed", "同意改派"), ("refused", "不改派")], default=""
    )
    opinion = models.CharField("院领导意见", max_length=300, default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    successor = models.OneToOneField(Undertaking, null=True, on_delete=models.PROTECT, related_name="taken_over_by")

    class Meta:
        ordering = ["undertaking_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposed_by", "request_key"], name="matters_reassignment_once"),
            models.UniqueConstraint(
                fields=["undertaking"], condition=Q(verdict=""), name="matters_reassignment_one_open"
            ),
        ]
