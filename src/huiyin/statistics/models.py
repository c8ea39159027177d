"""Reports on what became of the suggestions, and the figures frozen when they were issued."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from huiyin.organisations.models import Post, Procuratorate
from huiyin.statistics.rules.figures import Unit
from huiyin.statistics.rules.periods import Period, period_of
from huiyin.statistics.rules.reports import REPORT_KIND_LABELS, REPORT_STATUS_LABELS, ReportKind, ReportStatus


class Report(models.Model):
    """代表建议办理报告 of a year or a session: a text with names of figures until it is issued, then a frozen one."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        "报告种类", max_length=20, choices=list(REPORT_KIND_LABELS.items()), default=ReportKind.HANDLING
    )
    matter_kind = models.CharField("范围", max_length=30)  # suggestion, proposal
    period = models.CharField("期间", max_length=20)  # as rules/periods.py writes it
    as_of_on = models.DateField("数据截至")  # inclusive; nothing dated later is counted
    title = models.CharField("标题", max_length=120)
    salutation = models.CharField("主送", max_length=120)
    text = models.TextField("正文")  # names of figures in 【】
    closing = models.CharField("结束语", max_length=120, default="")
    status = models.CharField(max_length=8, choices=list(REPORT_STATUS_LABELS.items()), default=ReportStatus.DRAFT)
    number = models.CharField("文号", max_length=60, default="")
    signer = models.CharField("签发人", max_length=60, default="")
    issued_on = models.DateField("成文日期", null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    content: models.JSONField[Any, Any] = models.JSONField(default=list)  # the blocks as printed, once issued
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["drafted_by", "request_key"], name="statistics_report_once"),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_on__isnull=False, issued_at__isnull=False),
                name="statistics_report_issued_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["procuratorate", "-id"], name="statistics_report_office")]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """Of which time it speaks."""
        found = period_of(self.period)
        assert found is not None
        return found


class ReportSnapshot(models.Model):
    """One figure of an issued report, frozen: what it was, by which definition, over which records."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="snapshots")
    position = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=140)  # code of the figure: on_time, received@role=lead
    label = models.CharField(max_length=160)
    definition_version = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=4, choices=[(unit.value, unit.value) for unit in Unit])
    value = models.CharField(max_length=40)  # as printed
    n = models.PositiveIntegerField()
    ids = models.JSONField()  # records counted: matters, ratings or promises, as the unit says
    of_ids = models.JSONField(null=True)  # those it is a share of; null: a plain count

    class Meta:
        ordering = ["report_id", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="statistics_snapshot_once")]


class ReportedFigure(models.Model):
    """A figure that was reported elsewhere, put beside the computed one with the sentence why the two differ."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reported")
    indicator = models.CharField("统计项目", max_length=140)
    value = models.CharField("报出的数", max_length=40)
    source = models.CharField("出处", max_length=200)
    why = models.CharField("差异说明", max_length=300, default="")
    entered_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["report_id", "id"]
        constraints = [models.UniqueConstraint(fields=["entered_by", "request_key"], name="statistics_reported_once")]
