"""Systems outside in which a matter also stands, and what is known of it there (practice 28)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter
from huiyin.matters.rules.outside import SYSTEM_KIND_LABELS
from huiyin.organisations.models import Post, Procuratorate


class OutsideSystem(models.Model):
    """外系统: one that the office enters its matters in."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=list(SYSTEM_KIND_LABELS.items()))
    name = models.CharField("名称", max_length=60)
    from_on = models.DateField("核对起始日")  # matters received from that day on are held against it
    ended_on = models.DateField("停用日", null=True)
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procuratorate", "name"], name="matters_system_named_once"),
            models.UniqueConstraint(fields=["procuratorate", "request_key"], name="matters_system_request_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalReference(models.Model):
    """One matter in one system: its number there, what their file said, the day ours was entered there."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="references")
    system = models.ForeignKey(OutsideSystem, on_delete=models.PROTECT, related_name="references")
    number = models.CharField("编号", max_length=60, default="")
    received_on = models.DateField("对方收到日", null=True)
    closed_on = models.DateField("对方办结日", null=True)
    imported_on = models.DateField("导入日", null=True)
    reported_on = models.DateField("录入日", null=True)
    not_needed = models.CharField("无需录入的原因", max_length=200, default="")
    note = models.CharField("说明", max_length=200, default="")
    recorded_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "system"], name="matters_reference_once_a_system")]
        indexes = [
            models.Index(fields=["system", "number"], name="matters_reference_number"),
            models.Index(
                fields=["system", "matter"],
                condition=Q(reported_on=None, not_needed=""),
                name="matters_reference_not_entered",
            ),
        ]
