"""One uploaded list and its rows, between upload and register."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.imports.rules import BATCH_STATUS_LABELS, VERDICT_LABELS, BatchStatus
from huiyin.kernel.fields import EncryptedTextField
from huiyin.organisations.models import Post, Procuratorate


class Batch(models.Model):
    """One list on its way in."""

    kind = models.CharField(max_length=30)  # "suggestions.list"
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    header = models.JSONField(default=dict)  # facts said once per list: 来文号, 交办日, 收到日, body, term, session
    # what was read where: sheet, first_line and last_line of the header, labels by letter, letters by field; what was
    # not read: how many hidden lines, and other_sheets that look like lists (name, rows)
    columns = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=list(BATCH_STATUS_LABELS.items()), default=BatchStatus.STAGING)
    row_count = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)  # the last line flipped
    applied_count = models.PositiveIntegerField(default=0)
    flipped_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    set_bad_aside = models.BooleanField(default=False)
    created_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    flipped_at = models.DateTimeField(null=True)  # when the flip began; all its records carry this moment
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["created_by", "request_key"], name="imports_batch_request_once")]
        indexes = [models.Index(fields=["procuratorate", "kind", "-id"], name="imports_batch_office")]

    @property
    def letters(self) -> dict[str, str]:
        """Field → column letter."""
        return dict(self.columns.get("letters", {}))

    @property
    def labels(self) -> dict[str, str]:
        """Column letter → heading, as the sender wrote it."""
        return dict(self.columns.get("labels", {}))


class BatchRow(models.Model):
    """One row of a list: what stood there, what it means, what will become of it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()  # as the sender's spreadsheet counts
    raw = models.JSONField()  # column letter → text
    parsed = models.JSONField(default=dict)
    secrets = EncryptedTextField(null=True)  # cells and values of the kind's secret fields, as JSON
    row_key = models.CharField(max_length=160, default="")
    verdict = models.CharField(max_length=8, choices=list(VERDICT_LABELS.items()))
    problems = models.JSONField(default=list)  # [{field, column, sentence}], the sentence with row and column
    notes = models.JSONField(default=list)  # as problems; the row goes in all the same
    changes = models.JSONField(default=list)  # [{field, label, old, new}]
    chosen = models.BooleanField(default=True)
    target_key = models.CharField(max_length=40, default="")  # the record it changed or made
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # matched Word file

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="imports_row_once")]
        indexes = [models.Index(fields=["batch", "verdict", "line"], name="imports_row_verdict")]

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the row, each with row and column."""
        return [problem["sentence"] for problem in self.problems]

    @property
    def remarks(self) -> list[str]:
        """What was read otherwise than it stands there, each with row and column."""
        return [note["sentence"] for note in self.notes]

    @property
    def cells(self) -> dict[str, str]:
        """Column letter → text, secret columns included."""
        return {**self.raw, **self._secrets("cells")}

    @property
    def values(self) -> dict[str, Any]:
        """Field → value, secret fields included."""
        return {**self.parsed, **self._secrets("values")}

    def keep_secret(self, fields: Collection[str], letters: dict[str, str]) -> None:
        """Move what these fields say out of the readable columns; a mark stays where something stood."""
        values = {name: self.parsed.pop(name) for name in fields if name in self.parsed}
        columns = [letters[name] for name in fields if letters.get(name) in self.raw]
        cells = {letter: self.raw[letter] for letter in columns}
        self.raw = {**self.raw, **dict.fromkeys(columns, "（已填）")}
        self.secrets = json.dumps({"cells": cells, "values": values}, ensure_ascii=False)

    def _secrets(self, part: str) -> dict[str, Any]:
        return dict(json.loads(self.secrets)[part]) if self.secrets else {}


class ListFile(models.Model):
    """A Word original uploaded with a list, matched to a row by the number in its name."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(BatchRow, null=True, on_delete=models.SET_NULL, related_name="+")
