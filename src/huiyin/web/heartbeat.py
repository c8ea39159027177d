"""The worker's sign of life: a file under the house's home, written by `huiyin work`, read by /healthz."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

SILENCE: Final = timedelta(seconds=60)  # after which the worker counts as gone


def beat(at: datetime) -> None:
    """Say that the worker is alive at this moment; a reader sees the old or the new moment, never half of one."""
    handle, draft = tempfile.mkstemp(dir=settings.HUIYIN_HOME, prefix=".heartbeat-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(at.isoformat())
    Path(draft).replace(_path())


def last_beat() -> datetime | None:
    """When the worker last gave a sign of life."""
    try:
        return datetime.fromisoformat(_path().read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def is_alive(at: datetime) -> bool:
    """Whether the worker gave a sign of life of late."""
    last = last_beat()
    return last is not None and at - last < SILENCE


def _path() -> Path:
    return Path(settings.HUIYIN_HOME) / "worker-heartbeat"
