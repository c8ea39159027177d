"""A file on its way into a batch: examined a moment ago, or kept as a draft of the form already."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from huiyin.files.models import StoredFile
from huiyin.files.operations import Examined, read, store
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate

Upload: TypeAlias = Examined | StoredFile


def content_of(upload: Upload) -> bytes:
    """The bytes. Raises FileDamaged."""
    return read(upload) if isinstance(upload, StoredFile) else upload.content


def kept_file(upload: Upload, office: Procuratorate, actor: PostActor, at: datetime) -> StoredFile:
    """The stored file, stored now if it was not before. Stands inside an operation."""
    if isinstance(upload, StoredFile):
        return upload
    return store(
        content=upload.content, name=upload.name, procuratorate=office, actor_key=actor.key, at=at, examined=upload
    )
