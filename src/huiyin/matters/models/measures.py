"""改进措施: what an office resolves to change, by whom and by when, followed to the end of the year (S0-50)."""

from __future__ import annotations

from django.db import models

from huiyin.matters.models.matter import Matter
from huiyin.matters.models.revisits import Revisit
from huiyin.matters.rules.following import MEASURE_LABELS, MeasureState
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.regulations.models import AbstractDeadline


class Measure(AbstractDeadline):
    """One improvement measure, of a matter, of a revisit or on its own; its day and ladder are its own.

    source: what it goes back to, in words. AbstractDeadline's own `state` is its clock; `status` says how far it is."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="measures")
    revisit = models.ForeignKey(Revisit, null=True, on_delete=models.PROTECT, related_name="measures")
    source = models.CharField("来源", max_length=200)
    text = models.CharField("措施", max_length=500)
    plan_item = models.CharField("重点项目任务", max_length=200, default="")  # of the year's work plan (S3-39)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=list(MEASURE_LABELS.items()), default=MeasureState.OPEN)
    outcome = models.CharField("落实情况", max_length=500, default="")
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    request_key = models.UUIDField()
    rung = models.CharField(max_length=10, default="")
    rung_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["opened_by", "request_key"], name="matters_measure_once")]
        indexes = [
            models.Index(fields=["procuratorate", "status", "due_on", "id"], name="matters_measure_due"),
            models.Index(
                fields=["rung_on", "id"],
                condition=models.Q(met_at=None, dropped_at=None),
                name="matters_measure_rung",
            ),
        ]


class MeasureNote(models.Model):
    """How far a measure has come, in the words of who notes it."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=500)
    noted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["measure_id", "id"]
        constraints = [models.UniqueConstraint(fields=["noted_by", "request_key"], name="matters_measure_note_once")]
