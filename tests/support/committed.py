"""Committed data without a flush: each test works on its own copy of the migrated database.

The audit tables refuse DELETE and TRUNCATE, so a test that commits cannot be cleaned up after; its copy is dropped."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def copied_database(folder: Path, *, file: str = "committed.sqlite3") -> Iterator[None]:
    """Point the default connection, and those of new threads, at a fresh copy; drop the copy afterwards.

    file: what the copy is called under `folder` where the database is a file."""
    template = connection.settings_dict["NAME"]
    copy = _copy_sqlite(template, folder / file) if connection.vendor == "sqlite" else _copy_postgresql(template)
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = template
        if connection.vendor == "postgresql":
            _on_server(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _copy_sqlite(template: str, copy: Path) -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    shutil.copy(template, copy)
    return str(copy)


def _copy_postgresql(template: str) -> str:
    connections.close_all()
    copy = f"copy_{uuid.uuid4().hex[:12]}"
    _on_server(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    return copy


def _on_server(statement: str) -> None:
    import psycopg

    there = connection.settings_dict
    address = {"host": there["HOST"], "port": there["PORT"] or None}
    with psycopg.connect(
        dbname="postgres", user=there["USER"], password=there["PASSWORD"], autocommit=True, **address
    ) as server:
        server.execute(statement)
