"""Many rows at once into a throw-away house: raw SQL, the only one of this room (COPY on PostgreSQL).

Indexes are taken away before and made again afterwards; foreign keys are not looked at meanwhile. Never for a house
at work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from huiyin.config.sizes import tell_sizes
from huiyin.web.clock import now

CHUNK = 20_000
SEARCHED = "search_entry"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of a model as the database keeps them (days and moments as text, moments in UTC); columns that are not
    named take their defaults. One transaction a call."""
    fields = [field for field in model._meta.concrete_fields if field.column is not None]
    by_name = {field.attname: field for field in fields}
    rest = [field for field in fields if field.attname not in columns]
    tail = tuple(_stored_default(field) for field in rest if not _counts_itself(field))
    names = [by_name[name].column for name in columns] + [field.column for field in rest if not _counts_itself(field)]
    put(model._meta.db_table, names, ((*row, *tail) for row in rows))


def put(table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows into a table by its columns' names."""
    listed = ", ".join(f'"{name}"' for name in names)
    if connection.vendor == "sqlite":
        holes = ", ".join(["?"] * len(names))
        connection.ensure_connection()
        bare: Any = connection.connection
        bare.execute("BEGIN")
        bare.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({holes})', rows)  # noqa: S608  # our own names
        bare.execute("COMMIT")
        return
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
        pieces = iter(rows)
        while chunk := list(islice(pieces, CHUNK)):
            copy.write("".join("\t".join(map(_text, row)) + "\n" for row in chunk))


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPED) if "\n" in value or "\\" in value or "\t" in value else value
    return str(value)


def _stored_default(field: Field[Any, Any]) -> Any:
    value = field.get_default()
    if isinstance(field, JSONField):
        return json.dumps(value)
    return value if value is None or isinstance(value, str | int) else str(value)


def _counts_itself(field: Field[Any, Any]) -> bool:
    return bool(field.primary_key) and field.get_internal_type().endswith("AutoField")


@contextmanager
def server_database(url: str, name: str) -> Iterator[None]:
    """A new database on a PostgreSQL server, gone afterwards."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def bare_tables() -> Iterator[None]:
    """No index but those of keys and constraints, and no look at foreign keys, until everything is in."""
    with connection.cursor() as cursor:
        away = _indexes(cursor)
        for name in away:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(*_foreign_keys(on=False))
    yield
    with connection.cursor() as cursor:
        for made in away.values():
            cursor.execute(made)
        cursor.execute(*_foreign_keys(on=True))


def _foreign_keys(*, on: bool) -> tuple[str]:
    if connection.vendor == "sqlite":
        return (f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}",)
    return (f"SET session_replication_role = {'origin' if on else 'replica'}",)


def _indexes(cursor: Any) -> Mapping[str, str]:
    """Name and definition of every plain index of our own tables."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%'")
    else:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef NOT LIKE '%UNIQUE%'"
        )
    return {name: sql for name, sql in cursor.fetchall() if sql}


@dataclass(frozen=True)
class Again:
    """How a table's rows are written again: columns that count on with every copy, and what must differ otherwise."""

    counted: Mapping[str, int]  # column → by how much a copy's is greater
    said_anew: Sequence[str] = ()  # texts that may stand once only
    keys: Sequence[str] = ()  # request keys, made of the first counted column


def again(table: str, how: Again, copy: int) -> None:
    """Every row of the first block once more, as its `copy`-th copy: inside the database, where it costs least."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608  # our own names
        names = [column[0] for column in cursor.description]
        first, step = next(iter(how.counted.items()))
        told = [_told(name, how, copy, f'"{first}" + {step * copy}') for name in names]
        if table == SEARCHED and connection.vendor == "sqlite":
            shift = f"rowid + {step * copy}"
            cursor.execute(f"INSERT INTO search_terms (rowid, terms) SELECT {shift}, terms FROM bench_terms")  # noqa: S608
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f'INSERT INTO "{table}" ({listed}) SELECT {", ".join(told)} FROM "{table}" '  # noqa: S608
            f'WHERE "{first}" <= %s', [step],
        )  # fmt: skip


def _told(name: str, how: Again, copy: int, number: str) -> str:
    if name in how.counted:
        return f'"{name}" + {how.counted[name] * copy}'
    if name in how.said_anew:
        return f"\"{name}\" || '-{copy}'"
    if name in how.keys:
        if connection.vendor == "sqlite":
            return f"printf('%032x', {number})"
        return f"lpad(to_hex({number}), 32, '0')::uuid"
    return f'"{name}"'


def put_terms(rows: Sequence[tuple[int, list[str]]]) -> None:
    """What stands in the search index for entries that are in already, SQLite's kind; kept to be written again."""
    joined = [(key, " ".join(terms)) for key, terms in rows]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_terms (terms TEXT)")
    put("search_terms", ["rowid", "terms"], joined)
    put("bench_terms", ["rowid", "terms"], joined)


def settle() -> None:
    """Counters after the last id, statistics for the planner."""
    from django.apps import apps
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    tell_sizes(now())
