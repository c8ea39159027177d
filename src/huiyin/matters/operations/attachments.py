"""Files that come to a matter later: a missing original, a scan, a paper of the handling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Attachment, Matter
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require

AttachmentKind = Literal["original", "enclosure", "scan", "paper"]


class NothingAttached(Refusal):
    """No file was chosen."""

    code = "matters.nothing_attached"


class OriginalSealed(Refusal):
    """What came in was sealed with a case inquiry: it does not come back to the open file."""

    code = "matters.original_sealed"


class AlreadyAttached(Refusal):
    """The same content is among the matter's files already: a second click, or the file once more."""

    code = "matters.already_attached"


@operation
def add_attachments(
    *,
    matter: Matter,
    kind: AttachmentKind,
    files: Sequence[StoredFile],
    note: str = "",
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> list[Attachment]:
    """Add files, kept as drafts of the form's key, to the matter's file.

    Raises NotAllowed, MatterArchived, OriginalSealed, NothingAttached, AlreadyAttached."""
    require(actor, "matters.attach", matter)
    refuse_archived(matter)
    if kind in {"original", "enclosure"} and kind_of(matter).sealed_away(matter):
        raise OriginalSealed(f"{matter.number}已经转其他途径办理，原文随之密封，不能再放进这里的材料。")
    if not files:
        raise NothingAttached("请选择要补充的文件。")
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # two who add the same at once add it once
    same = matter.attachments.filter(kind=kind, file__sha256__in=[file.sha256 for file in files]).first()
    if same is not None:
        raise AlreadyAttached(f"“{same.file.name}”已经在材料里，不用重复上传。")
    added = link(matter, kind, files, actor.key, at, note=note)
    forget_drafts(request_key, actor.key)
    names = [file.name for file in files]
    record("matters.attached", actor=actor, target=target(matter), at=at, kind=kind, files=names)
    return added


def link(
    matter: Matter, kind: AttachmentKind, files: Sequence[StoredFile], actor_key: str, at: datetime, *, note: str = ""
) -> list[Attachment]:
    """Add stored files to a matter; always inside an operation."""
    return Attachment.objects.bulk_create(
        Attachment(matter=matter, kind=kind, file=file, note=note, added_by=actor_key, added_at=at) for file in files
    )
