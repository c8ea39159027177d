"""One uploaded list and its rows, between upload and register."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.imports.rules import BATCH_STATUS_LABELS, VERDICT_LABELS, BatchStatus
from huiyin.organisations.models import Post, Procuratorate


class Batch(models.Model):
    """One list on its way in."""

    kind = models.CharField(max_length=30)  # "suggestions.list"
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    header = models.JSONField(default=dict)  # facts said once per list: 来文号, 交办日, 收到日, body, term, session
    columns = models.JSONField(default=dict)  # spreadsheet column → field, as confirmed
    status = models.CharField(max_length=10, choices=list(BATCH_STATUS_LABELS.items()), default=BatchStatus.STAGING)
    row_count = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)  # rows flipped so far
    set_bad_aside = models.BooleanField(default=False)
    created_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    flipped_at = models.DateTimeField(null=True)
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["created_by", "request_key"], name="imports_batch_request_once")]


class BatchRow(models.Model):
    """One row of a list: what stood there, what it means, what will become of it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()  # as the sender's spreadsheet counts
    raw = models.JSONField()
    parsed = models.JSONField(default=dict)
    row_key = models.CharField(max_length=160, default="")
    verdict = models.CharField(max_length=8, choices=list(VERDICT_LABELS.items()))
    problems = models.JSONField(default=list)  # [{column, sentence}]
    changes = models.JSONField(default=list)  # [{field, label, old, new}]
    chosen = models.BooleanField(default=True)
    target_key = models.CharField(max_length=40, default="")  # the record it changed or made
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # matched Word file

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="imports_row_once")]
        indexes = [models.Index(fields=["batch", "verdict", "line"], name="imports_row_verdict")]


class ListFile(models.Model):
    """A Word original uploaded with a list, matched to a row by the number in its name."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(BatchRow, null=True, on_delete=models.SET_NULL, related_name="+")
