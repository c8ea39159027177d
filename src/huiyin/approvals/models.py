"""Approvals, their steps and the decisions on them, and who is given a paper to read."""

from __future__ import annotations

from django.db import models

from huiyin.approvals.rules import (
    APPROVAL_STATUS_LABELS,
    STEP_STATUS_LABELS,
    VERDICT_LABELS,
    ApprovalStatus,
    StepStatus,
)
from huiyin.files.models import StoredFile
from huiyin.organisations.models import Post, Procuratorate


class Approval(models.Model):
    """One paper on its road; the chain is copied from the book, so that a new book changes no running paper."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)  # "matters.reply", "suggestions.proposal"
    subject_id = models.BigIntegerField()
    subject_hash = models.CharField(max_length=64)  # over what a signature covers (practice 6), as last signed
    subject_label = models.CharField(max_length=300)
    chain_code = models.CharField(max_length=40)
    chain_source = models.JSONField(default=dict)  # book, version, article
    status = models.CharField(
        max_length=10, choices=list(APPROVAL_STATUS_LABELS.items()), default=ApprovalStatus.RUNNING
    )
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="approvals_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(status="running"),
                name="approvals_one_running",
            )
        ]


class ApprovalStep(models.Model):
    """One signature the paper needs, addressed to a post."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)  # "department_head", "secrecy_review"
    label = models.CharField(max_length=40)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="approval_steps")
    group = models.PositiveSmallIntegerField(default=1)  # of one group one signs, of every group at a position somebody
    own_draft = models.BooleanField(default=False)  # the book lets the drafter himself decide here
    status = models.CharField(max_length=10, choices=list(STEP_STATUS_LABELS.items()), default=StepStatus.WAITING)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["approval_id", "position"]
        constraints = [models.UniqueConstraint(fields=["approval", "position", "post"], name="approvals_step_once")]
        indexes = [models.Index(fields=["post", "status"], name="approvals_step_inbox")]


class Decision(models.Model):
    """What was decided at a step: over which text, by whom, in whose stead, recorded from paper or not."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="decisions")
    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=list(VERDICT_LABELS.items()))
    opinion = models.TextField(default="")
    subject_hash = models.CharField(max_length=64)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")  # who signed
    in_place_of = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # 代
    recorded_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # 代录 from paper
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.JSONField(default=dict)  # decided by a meeting: date, minutes number (practice 11)
    signed_on = models.DateField()  # the day on the paper; of what is signed here the day of signing
    objected_at = models.DateTimeField(null=True)  # the leader objects to a 代录 (practice 8)
    objection = models.CharField(max_length=200, default="")
    decided_at = models.DateTimeField()


class Circulation(models.Model):
    """A leader given a paper to read (圈阅); no step waits for him."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="circulations")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="circulations")
    added_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    remark = models.CharField("批注", max_length=300, default="")
    subject_hash = models.CharField(max_length=64, default="")  # of the text he read

    class Meta:
        ordering = ["approval_id", "id"]
        constraints = [models.UniqueConstraint(fields=["approval", "post"], name="approvals_reader_once")]
        indexes = [models.Index(fields=["post", "read_at"], name="approvals_to_read")]
