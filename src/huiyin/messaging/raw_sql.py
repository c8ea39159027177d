"""The one module of this app with raw SQL: claiming a batch of the outbox in a single statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection

from huiyin.messaging.models import Message

# Lanes in order, then the oldest. On PostgreSQL rows another drainer is claiming just now are passed over; SQLite has
# one writer at a time, so there the statement alone is enough. MATERIALIZED has the rows chosen once: as a plain
# subquery PostgreSQL may choose anew for each row it reads, pass over those it has just locked, and so take them all.
_CLAIM: Final = """
    WITH due AS MATERIALIZED (
        SELECT id FROM messaging_message WHERE state = 'waiting' AND next_at <= %s
        ORDER BY lane, next_at, id LIMIT %s {lock}
    )
    UPDATE messaging_message SET state = 'claimed', lease_until = %s, leased_by = %s, tries = tries + 1
    WHERE id IN (SELECT id FROM due)
    RETURNING id
"""


def claim_ids(*, token: str, at: datetime, lease_until: datetime, limit: int) -> list[int]:
    """Claim up to `limit` due messages under a token; their ids."""
    lock = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    statement = _CLAIM.format(lock=lock)  # two fixed words, no value of anybody's
    with connection.cursor() as cursor:
        cursor.execute(statement, [_stored(at), limit, _stored(lease_until), token])
        return [row[0] for row in cursor.fetchall()]


def _stored(moment: datetime) -> Any:
    """A moment as the column holds it: SQLite keeps text, and compares as text."""
    field = Message._meta.get_field("next_at")
    return field.get_db_prep_value(moment, connection)
