"""/healthz: 200 when database, migrations, guards and worker are well, 503 naming what is not.

It names parts of the house only, never data; a load balancer or `make run` asks it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from huiyin.audit import raw_sql
from huiyin.organisations.queries import missing_guards
from huiyin.web.clock import now
from huiyin.web.heartbeat import is_alive
from huiyin.web.pages import open_page

_log = logging.getLogger(__name__)


@open_page("public")
def healthz(request: HttpRequest) -> HttpResponse:
    """Say part by part what is well and what is not."""
    parts = {name: _asked(name, check) for name, check in CHECKS.items()}
    well = not any(parts.values())
    said = {"ok": well, "parts": {name: trouble or "ok" for name, trouble in parts.items()}}
    return JsonResponse(said, status=200 if well else 503, headers={"Cache-Control": "no-store"})


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else ""


def _guards() -> str:
    missing = [*raw_sql.missing_guards(connection), *missing_guards()]
    return f"missing: {', '.join(missing)}" if missing else ""


def _worker() -> str:
    return "" if is_alive(now()) else "no sign of life"


CHECKS: Final[dict[str, Callable[[], str]]] = {
    "database": _database,
    "migrations": _migrations,
    "audit": _guards,
    "worker": _worker,
}


def _asked(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        _log.exception("health check %s", name)
        return "database does not answer"
