"""Files that come to a matter later: a missing original, a scan, a paper of the handling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import Examined, store
from huiyin.matters.models import Attachment, Matter
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require

AttachmentKind = Literal["original", "enclosure", "scan", "paper"]


@operation
def add_attachments(
    *,
    matter: Matter,
    kind: AttachmentKind,
    files: Sequence[Examined],
    note: str = "",
    actor: PostActor,
    at: datetime,
) -> list[Attachment]:
    """Store examined uploads and add them to the matter's file. Raises NotAllowed, FileRefused."""
    require(actor, "matters.attach", matter)
    stored = [
        store(
            content=file.content,
            name=file.name,
            procuratorate=matter.procuratorate,
            actor_key=actor.key,
            at=at,
            examined=file,
        )
        for file in files
    ]
    added = link(matter, kind, stored, actor.key, at, note=note)
    names = [file.name for file in stored]
    record("matters.attached", actor=actor, target=target(matter), at=at, kind=kind, files=names)
    return added


def link(
    matter: Matter, kind: AttachmentKind, files: Sequence[StoredFile], actor_key: str, at: datetime, *, note: str = ""
) -> list[Attachment]:
    """Add stored files to a matter; always inside an operation."""
    return Attachment.objects.bulk_create(
        Attachment(matter=matter, kind=kind, file=file, note=note, added_by=actor_key, added_at=at) for file in files
    )
