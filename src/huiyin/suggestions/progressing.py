"""办理进度表: on set dates each department that answers writes one line for every open matter, the office signs the
table off and sends it to the congress office (practice 24). The records; acts in operations/progress.py, the paper in
progress_papers.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from huiyin.matters.models import Matter
from huiyin.organisations.models import Department, Post, Procuratorate


class TableState(StrEnum):
    WRITING = "writing"
    SIGNED_OFF = "signed_off"


TABLE_LABELS: Final = {TableState.WRITING: "各部门填写中", TableState.SIGNED_OFF: "已审定"}


class ProgressTable(models.Model):
    """One 办理进度表: which matters, by when, as of which day."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    list_number = models.CharField("来文号", max_length=60, default="")  # of one list; "" = every open matter
    due_on = models.DateField("填报截止日")
    basis = models.CharField("依据", max_length=200, default="")  # the book's article, where its date was taken
    state = models.CharField(max_length=10, choices=list(TABLE_LABELS.items()), default=TableState.WRITING)
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    rung = models.CharField(max_length=10, default="")  # of the ladder, as last reminded
    signed_off_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    missing_note = models.CharField("未填写的说明", max_length=200, default="")
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["opened_by", "request_key"], name="suggestions_progress_asked_once"),
            models.UniqueConstraint(
                fields=["procuratorate", "list_number", "due_on"], name="suggestions_progress_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgressLine(models.Model):
    """What one department says of one matter; facts: the other columns as they stood when it was signed off."""

    table = models.ForeignKey(ProgressTable, on_delete=models.CASCADE, related_name="lines")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="progress_lines")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("办理进展", max_length=500, default="")
    written_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["table_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["table", "matter", "department"], name="suggestions_progress_line_once")
        ]
