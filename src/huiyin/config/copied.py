"""What the database says about copies: that one was made, that one came back, and which files it misses."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.config.backups import digest_of
from huiyin.exchange.models import CardFile
from huiyin.files.models import Draft, StoredFile
from huiyin.matters.models import FileBundle


@operation
def note_backup(*, folder: str, at: datetime) -> None:
    """Record that everything was copied out of the house."""
    record("config.backed_up", actor=SYSTEM, target=Target(kind="config.backup", key=folder, label="备份"), at=at)


@operation
def note_restored(*, made_at: str, at: datetime) -> int:
    """Record that from here on history continues a backup; gives how many files were let go as `_let_go` says."""
    target = Target(kind="config.backup", key=made_at, label="备份")
    let_go = _let_go()
    record("config.restored", actor=SYSTEM, target=target, at=at, let_go=let_go)
    return let_go


def _let_go() -> int:
    """Forget what the house took away between the copy of the database and that of the files: a bound file made again
    meanwhile, a draft whose form never came. Nothing is lost: the one is bound again, the other never became a record.
    """
    gone = 0
    for bundle in FileBundle.objects.exclude(file=None).select_related("file"):
        if bundle.file is not None and not _is_there(bundle.file):
            FileBundle.objects.filter(pk=bundle.pk).update(file=None, digest="", entries=[], pages=0)
            done = FileBundle.objects.filter(pk=bundle.pk, status="done")
            done.update(status="failed", note="备份时案卷正在重装，请重新装订。")
            gone += _forget(bundle.file)
    for draft in Draft.objects.select_related("file"):
        if not _is_there(draft.file):
            draft.delete()
            gone += _forget(draft.file)
    return gone


def _is_there(file: StoredFile) -> bool:
    return (settings.HUIYIN_HOME / "files" / file.path).is_file()


def _forget(file: StoredFile) -> int:
    """Unless something else needs it: then it is missing indeed."""
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return 0
    return 1


def missing_files() -> list[str]:
    """Paths the database knows whose content is not there, or not what it was."""
    missing = []
    for folder, model in (("files", StoredFile), ("cards", CardFile)):
        for path, digest in model._default_manager.values_list("path", "sha256").iterator():
            full = settings.HUIYIN_HOME / folder / path
            if not full.is_file() or digest_of(full) != digest:
                missing.append(f"{folder}/{path}")
    return missing
