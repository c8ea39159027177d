"""The texts that can be found. Their terms stand beside them, in a form each database searches best (see sql.py)."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One text that can be found, as the room above gave it; ids grow, so the newest entry has the greatest."""

    kind = models.CharField(max_length=30)  # "matter"
    key = models.BigIntegerField()  # the row of the room above
    text = models.TextField(default="")  # prepared for comparison
    tokens = models.JSONField(default=list)  # who may find it: "office:3", "department:7", "post:12"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]
