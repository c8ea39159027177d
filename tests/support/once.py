"""A history that many tests begin with: built once by the operations, then laid into each test's transaction as rows.

Building the invented office with its rule books takes half a second, and most tests begin there. Every table's new rows
are kept as the database gave them, with the objects the test is given; the next test gets the same rows and a copy of
the objects. Only inside a transaction that is rolled back: a test that commits builds its own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

T = TypeVar("T")
RING = settings.HUIYIN_KEY_RING
APART = 100_000
"""Between the ids of one history and those before it: on SQLite a rolled-back id is given out again, and what other
fixtures enter before the second laying must not take an id of the first."""


@dataclass(frozen=True)
class Laid:
    """What one history left: rows by table, and what the test is given."""

    rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]
    given: Any


_kept: dict[tuple[str, str], Laid] = {}


def once(name: str, build: Callable[[], T]) -> T:
    """What `build` gives, built by it the first time and laid from its rows afterwards."""
    if settings.HUIYIN_KEY_RING is not RING:
        return build()  # what was encrypted with another ring does not open
    key = (name, str(connection.settings_dict["NAME"]))
    laid = _kept.get(key)
    if laid is None:
        _keep_apart(len(_kept) + 1)
        before = {table: {row[0] for row in rows} for table, (_, rows) in _rows().items()}
        given = build()
        new = {
            table: (columns, [row for row in rows if row[0] not in before[table]])
            for table, (columns, rows) in _rows().items()
        }
        laid = _kept[key] = Laid({table: rows for table, rows in new.items() if rows[1]}, copy.deepcopy(given))
        return given
    for table, (columns, rows) in laid.rows.items():
        _insert(table, columns, rows)
    return copy.deepcopy(laid.given)


def _tables() -> list[type[Model]]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [model for model in models if not model._meta.proxy]


def _rows() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """All rows by table, the primary key first."""
    found = {}
    with connection.cursor() as cursor:
        for model in _tables():
            key = model._meta.pk.column
            columns = [key, *(each.column for each in model._meta.local_concrete_fields if each.column != key)]
            names = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.db_table] = (columns, cursor.fetchall())
    return found


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)


def _keep_apart(place: int) -> None:
    if connection.vendor != "sqlite":
        return  # a sequence never goes back
    tables = [model._meta.db_table for model in _tables() if model._meta.auto_field is not None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_sequence")
        known = {name for (name,) in cursor.fetchall()}
        cursor.executemany(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)",
            [(table,) for table in tables if table not in known],
        )
        cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s)", [place * APART])
