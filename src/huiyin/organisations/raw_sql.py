"""RAW SQL of this room, all of it: triggers that refuse an administrator's seat beside a post on one person.

Two seats on one person are refused by the unique key of the table. A post that ended before the seat began (or on the
day it began, `until` being exclusive) does not count."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_SENTENCE: Final = "a person holds an administrator seat or posts, never both"
_MEETS: Final = {
    "organisations_post": "SELECT 1 FROM organisations_adminseat AS seat WHERE seat.staff_id = NEW.staff_id"
    " AND (NEW.until_on IS NULL OR NEW.until_on > seat.from_on)",
    "organisations_adminseat": "SELECT 1 FROM organisations_post AS post WHERE post.staff_id = NEW.staff_id"
    " AND (post.until_on IS NULL OR post.until_on > NEW.from_on)",
}
_SQLITE: Final = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} WHEN EXISTS ({meets})
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
# The person's row is locked first: a post and a seat given at the same moment see each other.
_POSTGRESQL_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {table}_or_else() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM organisations_staff WHERE id = NEW.staff_id FOR NO KEY UPDATE;
    IF EXISTS ({meets}) THEN
        RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
_POSTGRESQL: Final = """
CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_or_else()
"""


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the guards where the tables are; again is the same as once."""
    present = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, meets in _MEETS.items():
            if not {*_MEETS} <= {*present}:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL_FUNCTION.format(table=table, meets=meets, sentence=_SENTENCE))
            shape = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
            for verb in ("INSERT", "UPDATE"):
                cursor.execute(
                    shape.format(name=_name(table, verb), verb=verb, table=table, meets=meets, sentence=_SENTENCE)
                )


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that are not installed or switched off; empty when all is well."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        installed = {row[0] for row in cursor.fetchall()}
    wanted = [_name(table, verb) for table in _MEETS for verb in ("INSERT", "UPDATE")]
    return [name for name in wanted if name not in installed]


def _name(table: str, verb: str) -> str:
    return f"{table}_alone_on_{verb.lower()}"
