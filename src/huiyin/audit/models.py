"""Record and Seal: rows that are only ever inserted."""

from __future__ import annotations

from django.db import models


class Record(models.Model):
    """One act, refused or done."""

    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    result = models.CharField(max_length=10, choices=[("done", "完成"), ("refused", "拒绝")])
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    procuratorate = models.CharField(max_length=20, default="")
    target_kind = models.CharField(max_length=60, default="")
    target_key = models.CharField(max_length=80, default="")
    target_label = models.CharField(max_length=300, default="")
    remote = models.CharField(max_length=45, default="")
    facts = models.JSONField(default=dict)  # no clear text of encrypted or sealed fields: keyed digests only
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["procuratorate", "-id"], name="audit_record_office"),
            models.Index(fields=["target_kind", "target_key", "id"], name="audit_record_target"),
            models.Index(fields=["actor_key", "-id"], name="audit_record_actor"),
            models.Index(fields=["verb", "-id"], name="audit_record_verb"),
            models.Index(fields=["at", "id"], name="audit_record_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.actor_label}"


class Seal(models.Model):
    """A chained digest over the records of one batch."""

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    record_ids = models.JSONField()  # ascending
    record_digests = models.JSONField()  # in the same order
    previous = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"第{self.number}批"
