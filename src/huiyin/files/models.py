"""Stored files and uploads waiting for their form."""

from __future__ import annotations

from django.db import models

from huiyin.organisations.models import Procuratorate

SCAN_LABELS = {"clean": "已查毒", "unscanned": "未配置查毒", "infected": "有病毒", "failed": "查毒失败"}


class StoredFile(models.Model):
    """One file: content under a random name, never changed once stored."""

    public_id = models.CharField(max_length=32, unique=True)
    procuratorate = models.ForeignKey(Procuratorate, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)  # as the sender named it, cleaned
    path = models.CharField(max_length=120, unique=True)  # below the storage root
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField("类型", max_length=100)  # by content
    scan_state = models.CharField(max_length=10, choices=list(SCAN_LABELS.items()))
    rendered = models.BooleanField(default=False)  # made by the house itself, so a PDF may be shown inline
    stored_by = models.CharField(max_length=80)  # actor key
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A file uploaded before its form was accepted, kept by the form's request key so that nothing typed is lost."""

    request_key = models.UUIDField(db_index=True)
    actor_key = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request_key", "field", "file"], name="files_draft_once")]
