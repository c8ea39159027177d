"""Database settings for the two databases the house stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # synchronous=FULL: a number shown to a sender survives the loss of power (design section 6)
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000",
}


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in a file, write-ahead log, writers queue at BEGIN."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": SQLITE_OPTIONS}


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL from postgresql://user:password@host:port/name; `?host=/socket/folder` names a Unix socket."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def chosen(url: str, home: Path) -> dict[str, Any]:
    """PostgreSQL when a site names one, SQLite under its home otherwise."""
    return postgresql(url) if url else sqlite(home / "huiyin.sqlite3")
