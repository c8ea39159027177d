"""Identifiers nobody can guess, and digests that say whether two payloads are the same."""

import json
import secrets
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final
from uuid import UUID

_PUBLIC_ID_BYTES: Final = 16


def new_public_id() -> str:
    """A random 128-bit identifier for addresses outsiders see: 22 URL-safe characters."""
    return secrets.token_urlsafe(_PUBLIC_ID_BYTES)


def new_code(digits: int = 6) -> str:
    """A one-time code of so many decimal digits, leading zeros included."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def payload_digest(payload: object) -> str:
    """SHA-256 (hex) over the payload's canonical JSON: sorted keys, no spaces, UTF-8.

    Days stand as ISO dates, aware moments as ISO in UTC, so the same moment read back from a database digests alike.
    Raises TypeError for naive moments and anything else JSON cannot hold, ValueError for NaN and infinity."""
    canonical = json.dumps(
        payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_as_json
    )
    return sha256(canonical.encode()).hexdigest()


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise TypeError("a naive moment has no digest")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON")
