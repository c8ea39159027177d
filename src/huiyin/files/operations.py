"""Storing and reading files. `store` and `keep_draft` stand inside an operation of the room the file belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.files import storage
from huiyin.files.detection import FileRefused, FileType, detect
from huiyin.files.models import Draft, StoredFile
from huiyin.files.rules import check_size, clean_name
from huiyin.files.scanning import scan
from huiyin.kernel.ids import new_public_id
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Procuratorate

__all__ = [
    "Examined", "FileDamaged", "FileRefused", "clear_drafts", "discard", "drafts_of", "examine", "forget_drafts",
    "keep_draft", "keep_made", "read", "store", "upload_draft", "write_ahead",
]  # fmt: skip


class FileDamaged(Refusal):
    """The content on disk is missing or not what was stored."""

    code: ClassVar[str] = "files.damaged"


@dataclass(frozen=True, kw_only=True)
class Written:
    """Content on the disk that no row knows yet; the sweep removes it when none comes to know it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Examined:
    """Content that may enter: measured, recognised, scanned."""

    content: bytes
    name: str  # cleaned
    kind: FileType
    scan_state: str


def examine(*, content: bytes, name: str) -> Examined:
    """Measure, recognise and scan. Touches no database, so a face may do it before the operation begins.

    Raises FileRefused."""
    shown = clean_name(name)
    check_size(len(content), shown, limit=settings.HUIYIN_MAX_UPLOAD_BYTES)
    kind = detect(content, shown)
    state = scan(content, shown, socket_path=settings.HUIYIN_CLAMD)
    return Examined(content=content, name=clean_name(name, kind), kind=kind, scan_state=state)


def write_ahead(content: bytes) -> Written:
    """Put large content on the disk before the transaction that keeps it, so that no write waits for the disk."""
    return Written(path=storage.write(content), size=len(content), sha256=hashlib.sha256(content).hexdigest())


def keep_made(
    written: Written, *, name: str, kind: FileType, procuratorate: Procuratorate | None, actor_key: str, at: datetime
) -> StoredFile:
    """Keep a file the house made itself and wrote ahead; shown inline."""
    return StoredFile.objects.create(
        public_id=new_public_id(), procuratorate=procuratorate, name=clean_name(name), path=written.path,
        size=written.size, sha256=written.sha256, media_type=kind.media_type, scan_state="clean", rendered=True,
        stored_by=actor_key, stored_at=at,
    )  # fmt: skip


def store(
    *,
    content: bytes,
    name: str,
    procuratorate: Procuratorate | None,
    actor_key: str,
    at: datetime,
    examined: Examined | None = None,
    rendered: bool = False,
) -> StoredFile:
    """Keep a file for good; its bytes are on the disk when this returns.

    examined: the answer of `examine` for this content, where a face asked already. rendered: made by the house itself
    and therefore shown inline. Raises FileRefused."""
    checked = examined if examined is not None and examined.content == content else examine(content=content, name=name)
    return StoredFile.objects.create(
        public_id=new_public_id(),
        procuratorate=procuratorate,
        name=checked.name,
        path=storage.write(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=checked.kind.media_type,
        scan_state=checked.scan_state,
        rendered=rendered,
        stored_by=actor_key,
        stored_at=at,
    )


def read(file: StoredFile) -> bytes:
    """The content, exactly as it was stored. Raises FileDamaged."""
    try:
        content = storage.read(file.path)
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileDamaged(f"文件“{file.name}”的内容丢失或者与保存时不一致，请联系系统管理员从备份恢复。")
    return content


def discard(file: StoredFile) -> None:
    """Remove a file the house made and can make again, its content with the commit. Raises ProtectedError."""
    file.delete()
    transaction.on_commit(partial(storage.remove, file.path))


def keep_draft(*, request_key: UUID, actor_key: str, field: str, file: StoredFile) -> Draft:
    """Keep a file for a form that is not accepted yet."""
    return Draft.objects.create(request_key=request_key, actor_key=actor_key, field=field, file=file)


def drafts_of(request_key: UUID, actor_key: str, field: str = "") -> list[StoredFile]:
    """Files this actor uploaded for this form (into this field), in the order they came."""
    drafts = Draft.objects.filter(request_key=request_key, actor_key=actor_key)
    if field:
        drafts = drafts.filter(field=field)
    return [draft.file for draft in drafts.select_related("file").order_by("id")]


def forget_drafts(request_key: UUID, actor_key: str) -> None:
    """The form was accepted: its files belong to a record now. Called inside the accepting operation."""
    Draft.objects.filter(request_key=request_key, actor_key=actor_key).delete()


@operation
def upload_draft(
    *, examined: Examined, procuratorate: Procuratorate, request_key: UUID, field: str, actor: Actor, at: datetime
) -> StoredFile:
    """Store an upload before its form is accepted, so that a refused form loses nothing."""
    file = store(
        content=examined.content,
        name=examined.name,
        procuratorate=procuratorate,
        actor_key=actor.key,
        at=at,
        examined=examined,
    )
    keep_draft(request_key=request_key, actor_key=actor.key, field=field, file=file)
    record("files.draft_uploaded", actor=actor, target=target_of(file), at=at, size=file.size, sha256=file.sha256)
    return file


@operation
def clear_drafts(*, actor: Actor, at: datetime, kept_for: timedelta) -> int:
    """Sweep: remove drafts older than `kept_for` whose form never came, and content no row knows; returns how many.

    A file that a record took over meanwhile is protected by that record and stays."""
    before = at - kept_for
    removed = 0
    for draft in Draft.objects.filter(file__stored_at__lt=before).select_related("file"):
        draft.delete()
        try:
            draft.file.delete()
        except ProtectedError:
            continue
        removed += 1
    orphans = set(storage.older_than(before.timestamp())) - set(StoredFile.objects.values_list("path", flat=True))
    for path in orphans:
        transaction.on_commit(partial(storage.remove, path))
    record("files.drafts_cleared", actor=actor, target=Target(kind="files", key="drafts"), at=at, drafts=removed)
    return removed


def target_of(file: StoredFile) -> Target:
    """The file as audit names it."""
    return Target(kind="files.storedfile", key=file.public_id, label=file.name)
