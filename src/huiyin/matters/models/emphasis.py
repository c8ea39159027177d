"""列为重点, 加急: when a matter was given more weight, why and by whom, and when that ended."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from huiyin.matters.models.matter import Matter
from huiyin.organisations.models import Post


class EmphasisKind(StrEnum):
    KEY = "key"
    URGENT = "urgent"


EMPHASIS_LABELS: Final = {
    (EmphasisKind.KEY, True): "列为重点",
    (EmphasisKind.KEY, False): "不再列为重点",
    (EmphasisKind.URGENT, True): "加急",
    (EmphasisKind.URGENT, False): "不再加急",
}


class Emphasis(models.Model):
    """One decision: raised or lowered. criteria: titles of the book's criteria; leader: who takes the lead (S0-70)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="emphases")
    kind = models.CharField(max_length=8, choices=[(EmphasisKind.KEY, "重点"), (EmphasisKind.URGENT, "紧急")])
    raised = models.BooleanField()
    criteria = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    leader = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["matter_id", "id"]

    @property
    def words(self) -> str:
        """What was decided, by which criteria and why."""
        label = EMPHASIS_LABELS[EmphasisKind(self.kind), self.raised]
        why = "；".join([*self.criteria, *([self.reason] if self.reason else [])])
        led = f"，由{self.leader.label}领衔" if self.leader else ""
        return f"{label}{led}：{why}"
