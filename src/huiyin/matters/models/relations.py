"""前后衔接: what matters have to do with one another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiyin.matters.linkage import RELATION_LABELS
from huiyin.matters.models.matter import Matter
from huiyin.organisations.models import Post


class Relation(models.Model):
    """One matter's link to another, read from either side (S3-14); taken away by removing the row, with audit.

    `matter` is the later one: it repeats, was merged into, converted from or continues `other`."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(max_length=10, choices=[(kind.value, words[0]) for kind, words in RELATION_LABELS.items()])
    note = models.CharField("说明", max_length=200, default="")
    linked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "other", "kind"], name="matters_relation_once"),
            models.UniqueConstraint(fields=["matter"], condition=Q(kind="merged"), name="matters_relation_merged_once"),
            models.CheckConstraint(condition=~Q(matter=F("other")), name="matters_relation_of_two"),
        ]
