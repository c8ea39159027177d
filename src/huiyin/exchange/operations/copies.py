"""The copies of files that cards carry: under the house's home, outside the web root, named by digest."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.models import CardFile

GRACE: Final = timedelta(hours=24)  # a copy is written before its row commits


def folder() -> Path:
    """Where the copies lie."""
    return Path(settings.HUIYIN_HOME) / "cards"


def keep(content: bytes, digest: str) -> str:
    """Write a copy that is whole once it has its name; its path within the folder."""
    path = Path(digest[:2]) / digest
    target = folder() / path
    if target.exists():
        target.touch()  # not forgotten just now
        return str(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(target)
    return str(path)


def read_copy(row: CardFile) -> bytes:
    """The bytes of a card's file."""
    return (folder() / row.path).read_bytes()


def forget_copies(at: datetime) -> int:
    """Delete copies no card refers to any more; returns how many."""
    before = (at - GRACE).timestamp()
    old = [path for path in folder().glob("*/*") if path.stat().st_mtime < before]
    used = set(CardFile.objects.values_list("sha256", flat=True)) if old else set()
    gone = [path for path in old if path.name not in used]
    return _forget(paths=gone, at=at) if gone else 0


@operation
def _forget(*, paths: list[Path], at: datetime) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    record("exchange.copies_forgotten", actor=SYSTEM, target=Target(kind="exchange.copy", key=""), at=at, n=len(paths))
    return len(paths)
