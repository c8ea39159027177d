"""Series and the numbers allotted from them."""

from __future__ import annotations

from django.db import models

from huiyin.organisations.models import Procuratorate


class Series(models.Model):
    """One running sequence, e.g. 样检函 of 2026 or the suggestions register of 2026."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)  # "letter:样检函", "register:suggestion"
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procuratorate", "code", "year"], name="numbering_series_once"),
        ]


class Number(models.Model):
    """One number of a series, allotted for good: used or voided, never reused."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="numbers")
    value = models.PositiveIntegerField()
    text = models.CharField(max_length=60)  # 样检函〔2026〕12号
    allotted_at = models.DateTimeField()
    allotted_by = models.CharField(max_length=80)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, default="")
    subject_kind = models.CharField(max_length=40, default="")  # what it was allotted to, as the register names it
    subject_key = models.CharField(max_length=40, default="")
    subject_label = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "value"], name="numbering_number_once")]

    def __str__(self) -> str:
        return self.text
