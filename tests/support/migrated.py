"""The migrated database of a run of tests; on SQLite made once for each state of the migrations and then copied.

The file lies in build/, named after the hash of all that decides its tables: migrations, guards, locked packages."""

from __future__ import annotations

import os
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

ROOT = Path(__file__).parents[2]
GUARDED = ("audit", "organisations")
"""Rooms that install guards in the database after every migration."""


def set_up(*, verbosity: int) -> Any:
    """Point the default connection at a fresh migrated database; what `tear_down` needs."""
    kept = ROOT / "build" / "tests" / f"{_state()}.sqlite3"
    if connection.vendor != "sqlite":
        return setup_databases(verbosity=verbosity, interactive=False)
    if not kept.exists():
        made = setup_databases(verbosity=verbosity, interactive=False)
        _keep(Path(connection.settings_dict["NAME"]), kept)
        return made
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    shutil.copy(kept, connection.settings_dict["NAME"])
    return [(connection, before, True)]


def tear_down(made: Any, *, verbosity: int) -> None:
    """Drop it."""
    teardown_databases(made, verbosity=verbosity)


def _state() -> str:
    deciding = [ROOT / "requirements" / "base.txt", *ROOT.glob("src/huiyin/*/migrations/*.py")]
    for room in GUARDED:
        deciding += ROOT.glob(f"src/huiyin/{room}/*.py")
    digest = sha256()
    for file in sorted(deciding):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _keep(made: Path, kept: Path) -> None:
    """A copy that another worker can never see half written."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(made) as there, sqlite3.connect(half) as here:
        there.backup(here)
    half.replace(kept)
