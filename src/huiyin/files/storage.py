"""Bytes on disk: random names two folders deep under HUIYIN_HOME/files, flushed before anyone relies on them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def root() -> Path:
    """The folder all content lies under."""
    return Path(settings.HUIYIN_HOME) / "files"


def write(content: bytes) -> str:
    """Write under a fresh random name and return the path below the root; on the disk when this returns."""
    name = uuid.uuid4().hex
    path = f"{name[:2]}/{name[2:4]}/{name}"
    full = root() / path
    full.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(full, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    for folder in (full.parent, full.parent.parent, root()):
        _flush_folder(folder)
    return path


def read(path: str) -> bytes:
    """The bytes at a path below the root. Raises FileNotFoundError."""
    return (root() / path).read_bytes()


def remove(path: str) -> None:
    """Remove content; missing content is no error."""
    (root() / path).unlink(missing_ok=True)


def older_than(moment: float) -> Iterator[str]:
    """Paths of content written before a moment (seconds since 1970)."""
    for full in root().glob("??/??/*"):
        if full.is_file() and full.stat().st_mtime < moment:
            yield full.relative_to(root()).as_posix()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
