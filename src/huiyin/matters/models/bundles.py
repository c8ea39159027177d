"""The file of a matter bound into one PDF."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter
from huiyin.organisations.models import Post

BUNDLE_STATUS_LABELS = {"waiting": "等待装订", "binding": "正在装订", "done": "已装订", "failed": "没有装成"}


class FileBundle(models.Model):
    """One binding a matter, made again when the papers change; the row says how far it is (practice 27)."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="bundle")
    status = models.CharField(max_length=8, choices=list(BUNDLE_STATUS_LABELS.items()), default="waiting")
    done_count = models.PositiveIntegerField(default=0)  # papers laid so far
    total_count = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)  # whoever binds has it until then
    note = models.CharField(max_length=300, default="")  # why it was not bound
    digest = models.CharField(max_length=64, default="")  # of what the kept file was made from
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    entries = models.JSONField(default=list)  # the catalogue, line by line
    pages = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "leased_until", "id"], name="matters_bundle_open")]
