"""What the database says about copies: that one was made, that one came back, and which files it misses."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.config.backups import digest_of
from huiyin.exchange.models import CardFile
from huiyin.files.models import StoredFile


@operation
def note_backup(*, folder: str, at: datetime) -> None:
    """Record that everything was copied out of the house."""
    record("config.backed_up", actor=SYSTEM, target=Target(kind="config.backup", key=folder, label="备份"), at=at)


@operation
def note_restored(*, made_at: str, at: datetime) -> None:
    """Record that from here on history continues a backup."""
    target = Target(kind="config.backup", key=made_at, label="备份")
    record("config.restored", actor=SYSTEM, target=target, at=at)


def missing_files() -> list[str]:
    """Paths the database knows whose content is not there, or not what it was."""
    missing = []
    for folder, model in (("files", StoredFile), ("cards", CardFile)):
        for path, digest in model._default_manager.values_list("path", "sha256").iterator():
            full = settings.HUIYIN_HOME / folder / path
            if not full.is_file() or digest_of(full) != digest:
                missing.append(f"{folder}/{path}")
    return missing
