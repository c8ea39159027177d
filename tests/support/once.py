"""A history that many tests begin with: built once by the operations, then laid into each test's transaction as rows.

Building the invented office with its rule books takes half a second, a letter in a deputy's hands three; most tests
begin there. What a history did to every table is kept as the database gave it, with the objects the test is given; the
next test gets the same rows and a copy of the objects. Histories lie on each other: one is laid only where the same
lie below it and nothing else was written since. Only inside a transaction that is rolled back: a test that commits
builds its own."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from huiyin.search import sql as search_terms
from huiyin.search.models import Entry
from tests.support.world import World

P = ParamSpec("P")
T = TypeVar("T")
Row = tuple[Any, ...]
RING, HOME = settings.HUIYIN_KEY_RING, settings.HUIYIN_HOME
APART = 100_000
"""Between the ids of one history and those before it: on SQLite a rolled-back id is given out again, and what other
fixtures enter before the second laying must not take an id of the first."""


@dataclass(frozen=True)
class Change:
    """What one history did to a table: the columns, the key first; rows it entered and changed, keys it deleted."""

    columns: list[str]
    entered: list[Row]
    changed: list[Row]
    deleted: list[Any]


@dataclass(frozen=True)
class Laid:
    """What one history left: changes by table, what the test is given, and what became of what it had passed."""

    changes: dict[str, Change]
    given: Any
    passed: list[dict[str, Any]]


@dataclass
class Ground:
    """What lies in the database of the running test: the histories in their order; None after any other write."""

    below: tuple[str, ...] | None = None
    is_patched: bool = False
    kept: dict[tuple[str, ...], Laid] = field(default_factory=dict)


_ground = Ground()
_WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@contextmanager
def watched(*, is_patched: bool) -> Iterator[None]:
    """Around one test: its ground is bare when it begins, and every write of its own is noticed.

    is_patched: it changes the code, so a history may go another way than with others."""
    _ground.below, _ground.is_patched = (), is_patched
    with connection.execute_wrapper(_notice):
        yield
    _ground.below = None


def _notice(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
    if _ground.below is not None and _WRITING.match(statement):
        _ground.below = None
    return execute(statement, values, many, context)


def kept(build: Callable[Concatenate[World, P], T]) -> Callable[Concatenate[World, P], T]:
    """A history that is built once for each way of asking for it."""

    @wraps(build)
    def laid(world: World, /, *args: P.args, **kwargs: P.kwargs) -> T:
        asked = _spelled([args, kwargs])
        if asked is None or _ground.is_patched:
            return build(world, *args, **kwargs)
        name = f"{build.__module__}.{build.__qualname__}{asked}"
        return once(name, lambda: build(world, *args, **kwargs), passed=_models([args, kwargs]))

    return laid


def once(name: str, build: Callable[[], T], *, passed: list[Model] | None = None) -> T:
    """What `build` gives, built by it the first time and laid from its rows afterwards.

    passed: objects given to it, which it may have changed."""
    below = _ground.below
    # what was encrypted with another ring does not open; what was stored in another home is not there
    if below is None or settings.HUIYIN_KEY_RING is not RING or settings.HUIYIN_HOME != HOME:
        return build()
    name = f"{connection.settings_dict['NAME']}:{name}"
    laid = _ground.kept.get((*below, name))
    if laid is None:
        return _built((*below, name), build, passed or [])
    with _found_again(laid.changes.get(Entry._meta.db_table)):
        for table, change in laid.changes.items():
            _lay(table, change)
    for model, became in zip(passed or [], laid.passed, strict=True):
        model.__dict__.update(copy.deepcopy(became))
    _ground.below = (*below, name)
    return copy.deepcopy(laid.given)


def _built(key: tuple[str, ...], build: Callable[[], T], passed: list[Model]) -> T:
    _keep_apart(len(_ground.kept) + 1)
    _ground.below = key[:-1]
    before = _rows()
    given = build()
    changes = {table: _change(columns, before[table][1], rows) for table, (columns, rows) in _rows().items()}
    changes = {table: change for table, change in changes.items() if change.entered or change.changed or change.deleted}
    became = [copy.deepcopy(model.__dict__) for model in passed]
    _ground.kept[key] = Laid(changes, copy.deepcopy(given), became)
    _ground.below = key
    return given


def _change(columns: list[str], before: dict[Any, Row], after: dict[Any, Row]) -> Change:
    return Change(
        columns,
        entered=[row for key, row in after.items() if key not in before],
        changed=[row for key, row in after.items() if key in before and before[key] != row],
        deleted=[key for key in before if key not in after],
    )


def _spelled(value: Any) -> str | None:
    """An argument as text that is the same for the same argument; None where it cannot be told."""
    if isinstance(value, Model):
        return f"{value._meta.label}#{value.pk}"
    if value is None or isinstance(value, str | int | date | datetime | Enum):
        return repr(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = (type(value).__name__, *(getattr(value, each.name) for each in fields(value)))
    elif isinstance(value, Mapping):
        value = sorted(value.items(), key=lambda pair: str(pair[0]))
    if not isinstance(value, list | tuple):
        return None
    parts = [_spelled(each) for each in value]
    return None if None in parts else f"({','.join(filter(None, parts))})"


def _models(value: Any) -> list[Model]:
    if isinstance(value, Model):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [model for each in value for model in _models(each)] if isinstance(value, list | tuple) else []


def _tables() -> list[type[Model]]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [model for model in models if not model._meta.proxy]


def _rows() -> dict[str, tuple[list[str], dict[Any, Row]]]:
    """All rows by table and key, the primary key first."""
    found = {}
    with connection.cursor() as cursor:
        for model in _tables():
            key = model._meta.pk.column
            columns = [key, *(each.column for each in model._meta.local_concrete_fields if each.column != key)]
            names = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.db_table] = (columns, {row[0]: row for row in cursor.fetchall()})
    return found


def _lay(table: str, change: Change) -> None:
    quoted = list(map(connection.ops.quote_name, change.columns))
    places = ", ".join(["%s"] * len(quoted))
    table = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if change.deleted:
            cursor.executemany(f"DELETE FROM {table} WHERE {quoted[0]} = %s", [(key,) for key in change.deleted])
        if change.entered:
            cursor.executemany(f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({places})", change.entered)
        if change.changed:
            sets = ", ".join(f"{name} = %s" for name in quoted[1:])
            rows = [(*row[1:], row[0]) for row in change.changed]
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {quoted[0]} = %s", rows)


@contextmanager
def _found_again(change: Change | None) -> Iterator[None]:
    """Around a laying: the terms of the texts that can be found stand beside the table, not in it."""
    if change is None:
        yield
        return
    for entry in Entry.objects.filter(pk__in=[*(row[0] for row in change.changed), *change.deleted]):
        search_terms.forget(entry)
    yield
    keys = [row[0] for row in change.entered + change.changed]
    search_terms.remember_many(Entry.objects.filter(pk__in=keys))


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
