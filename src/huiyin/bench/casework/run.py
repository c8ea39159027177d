"""The whole measurement: a small house and one of the size asked for, on SQLite and on PostgreSQL where one is given.

Each house is a database of its own, filled and thrown away: a file in a temporary home, or a new database on the server
that HUIYIN_TEST_DATABASE names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from huiyin.bench.casework.bulk import server_database

SMALL: Final = 10_000
SETTINGS: Final = "huiyin.config.settings.bench"


def measure(rows: int) -> dict[str, Any]:
    """By database: pages, search and export of the large house, and how much longer its pages take than the small
    one's."""
    urls = {"sqlite": ""}
    if server := os.environ.get("HUIYIN_TEST_DATABASE"):
        urls["postgresql"] = server
    return {name: _of_database(url, rows) for name, url in urls.items()}


def _of_database(server: str, rows: int) -> dict[str, Any]:
    small = _of_house(server, min(rows, SMALL)) if rows > SMALL else None
    found = _of_house(server, rows)
    if small is not None:
        for name, page in found["pages"].items():
            page["times_small"] = round(page["page_ms"] / small["pages"][name]["page_ms"], 2)
            page["anew_times_small"] = round(page["anew_ms"] / small["pages"][name]["anew_ms"], 2)
    return found


def _of_house(server: str, rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as home, _database(server) as url:
        environment = {
            **os.environ, "HUIYIN_HOME": home, "HUIYIN_DATABASE": url, "DJANGO_SETTINGS_MODULE": SETTINGS,
        }  # fmt: skip
        command = [sys.executable, "-m", "huiyin.bench.casework.house", str(rows)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603  # ourselves
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@contextmanager
def _database(server: str) -> Iterator[str]:
    """The address of a new database on the server; "" for SQLite in the home."""
    if not server:
        yield ""
        return
    name = f"huiyin_bench_{os.getpid()}"
    with server_database(server, name):
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
