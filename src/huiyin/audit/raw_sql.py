"""RAW SQL of this room, all of it: the guards that refuse UPDATE, DELETE and TRUNCATE on the audit tables, and the
lock between writers and the sealer. Each statement stands once for SQLite and once for PostgreSQL."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED: Final = ("audit_record", "audit_seal")
_SENTENCE: Final = "audit records are only ever inserted"
# Any number will do as long as nothing else in this database uses it for an advisory lock.
_LOCK: Final = 7_240_115

_SQLITE: Final = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
_POSTGRESQL_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL: Final = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} EXECUTE FUNCTION audit_refuse()
"""


def install_guards(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = GUARDED) -> None:
    """Put the guards where the tables are; again is the same as once."""
    present = connection.introspection.table_names()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in (table for table in tables if table in present):
            for verb in _verbs(connection):
                cursor.execute(_guard(connection, table, verb))


def remove_guards(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = GUARDED) -> None:
    """Take the guards away, as somebody with the database's own password could; tests of `verify` do."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in tables:
            for verb in _verbs(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}{on}".format(table=table))


def missing_guards(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = GUARDED) -> list[str]:
    """Names of guards that are not installed or switched off; empty when all is well."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        installed = {row[0] for row in cursor.fetchall()}
    wanted = [f"{table}_no_{verb.lower()}" for table in tables for verb in _verbs(connection)]
    return [name for name in wanted if name not in installed]


def hold_back_the_sealer(connection: BaseDatabaseWrapper) -> None:
    """Called before records are inserted: the sealer waits until this transaction has ended.

    Ids are given out before their rows are committed; without the lock a sealer could pass over a row still on its
    way and would later take it for one that slipped in. SQLite has one writer at a time and needs no lock."""
    if connection.vendor == "postgresql":
        _execute(connection, "SELECT pg_advisory_xact_lock_shared(%s)")


def wait_for_writers(connection: BaseDatabaseWrapper) -> None:
    """Called by the sealer in its transaction: afterwards every id given out is committed or never will be."""
    if connection.vendor == "postgresql":
        _execute(connection, "SELECT pg_advisory_xact_lock(%s)")


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_LOCK])


def _verbs(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("UPDATE", "DELETE")


def _guard(connection: BaseDatabaseWrapper, table: str, verb: str) -> str:
    facts: dict[str, Any] = {"table": table, "verb": verb.lower(), "sentence": _SENTENCE}
    if connection.vendor == "sqlite":
        return _SQLITE.format(**facts)
    return _POSTGRESQL.format(**facts, each="STATEMENT" if verb == "TRUNCATE" else "ROW")
