"""The one module of this room with SQL of its own: terms on SQLite (contentless FTS5) and PostgreSQL (tsvector, GIN).

Terms are made of letters and digits, tokens also of ":", "_" and "-" (rules.py checks), so they can stand quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from huiyin.search.models import Entry
from huiyin.search.rules import terms_of

_FEW: Final = 5_000  # candidates worth rechecking one by one, measured on a million letters

CREATE_SQLITE: Final = (
    "CREATE VIRTUAL TABLE search_terms USING fts5"
    "(terms, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars ':_-'\")"
)
DROP_SQLITE: Final = "DROP TABLE search_terms"
CREATE_POSTGRESQL: Final = (
    "ALTER TABLE search_entry ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector",
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms)",
)
DROP_POSTGRESQL: Final = "ALTER TABLE search_entry DROP COLUMN terms"


def remember(entry: Entry) -> None:
    """Put the entry's terms into the index; its row stands in the table already."""
    remember_many([entry])


def remember_many(entries: Iterable[Entry]) -> None:
    """Put the terms of many entries into the index; their rows stand in the table already."""
    terms = ((entry.pk, terms_of(entry.kind, entry.text, entry.tokens)) for entry in entries)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(key, " ".join(found)) for key, found in terms]
            cursor.executemany("INSERT INTO search_terms (rowid, terms) VALUES (%s, %s)", rows)
        else:
            updates = [(found, key) for key, found in terms]
            cursor.executemany("UPDATE search_entry SET terms = array_to_tsvector(%s) WHERE id = %s", updates)


def forget(entry: Entry) -> None:
    """Take the entry's terms out again; it must still say what it said when they went in."""
    if connection.vendor != "sqlite":
        return  # they leave with the row, or are written over
    terms = " ".join(terms_of(entry.kind, entry.text, entry.tokens))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', %s, %s)", [entry.pk, terms]
        )


def keys(kind: str, words: Sequence[str], pairs: Iterable[str], tokens: Sequence[str], limit: int) -> list[int]:
    """Keys of entries that hold all words and at least one of the tokens, newest first."""
    needed = [f"kind:{kind}", *pairs]
    if connection.vendor == "sqlite":
        return _keys_sqlite(needed, words, tokens, limit)
    return _keys_postgresql(needed, words, tokens, limit)


def _keys_sqlite(needed: Sequence[str], words: Sequence[str], tokens: Sequence[str], limit: int) -> list[int]:
    asked = " AND ".join(f'"{term}"' for term in needed)
    asked += " AND (" + " OR ".join(f'"{token}"' for token in tokens) + ")"
    found = "SELECT entry.key FROM search_terms JOIN search_entry AS entry ON entry.id = search_terms.rowid"
    recheck = " AND instr(entry.text, %s) > 0" * len(words)
    newest = " ORDER BY search_terms.rowid DESC LIMIT %s"
    return _rows(f"{found} WHERE search_terms MATCH %s{recheck}{newest}", [asked, *words, limit])


def _keys_postgresql(needed: Sequence[str], words: Sequence[str], tokens: Sequence[str], limit: int) -> list[int]:
    asked = " & ".join(f"'{term}'" for term in needed)
    asked += " & (" + " | ".join(f"'{token}'" for token in tokens) + ")"
    found, newest = "SELECT key FROM search_entry", " ORDER BY id DESC LIMIT %s"
    recheck = " AND strpos(text, %s) > 0" * len(words)
    few = _rows("SELECT id FROM search_entry WHERE terms @@ %s::tsquery LIMIT %s", [asked, _FEW + 1])
    if len(few) <= _FEW:
        return _rows(f"{found} WHERE id = ANY(%s){recheck}{newest}", [few, *words, limit])
    # Frequent: the newest rows fill the page at once. The concatenation keeps the planner from the index.
    frequent = "(terms || ''::tsvector) @@ %s::tsquery"
    return _rows(f"{found} WHERE {frequent}{recheck}{newest}", [asked, *words, limit])


def _rows(statement: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [int(key) for (key,) in cursor.fetchall()]
