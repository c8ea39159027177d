"""Pages as a signed-in reader asks for them, beside their floor: the rows' values bare, the template from memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final
from unittest.mock import patch

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client

from huiyin.desk.home import views as home
from huiyin.desk.matters import page, register
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post
from huiyin.web.context import navigation

RUNS: Final = 15
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
VALUES: Final = (
    "id", "number", "external_number", "title", "kind", "status", "handler_role", "next_due_on", "is_key", "urgency",
    "suggestion__term", "suggestion__session", "suggestion__assigned_on", "leader__staff__name", "procuratorate__name",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a view gave to its template."""

    request: HttpRequest
    template: str
    context: dict[str, Any]

    def keys(self) -> list[int]:
        """The matters it shows, in order."""
        if "matter" in self.context:
            return [self.context["matter"].pk]
        return [(row["row"] if isinstance(row, dict) else row).matter.pk for row in self.context["rows"]]


def measure_page(post: Post, url: str) -> dict[str, float]:
    """Milliseconds of the whole answer and of its floor, medians of runs that take turns, and their ratio.

    anew: the answer after a change of the office, when nothing worked out before is true any more."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(post.staff, backend=BACKEND)
    with _watched() as seen:
        _ask(client, url)
    last = seen[-1]
    kept = last.context | {"nav": navigation(last.request)}
    keys, order = last.keys(), ("next_due_on", "id")
    anew, pages, floors = [], [], []
    for _ in range(RUNS):
        caches["memory"].clear()
        anew.append(milliseconds(lambda: _ask(client, url)))
        pages.append(milliseconds(lambda: _ask(client, url)))
        floors.append(milliseconds(lambda: _floor(last, kept, keys, order)))
    return {
        "page_ms": round(median(pages), 1),
        "floor_ms": round(median(floors), 1),
        "ratio": round(median(pages) / median(floors), 2),
        "anew_ms": round(median(anew), 1),
        "rows": len(keys),
    }


def _ask(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{url} answered {answer.status_code}")


def _floor(seen: Seen, kept: dict[str, Any], keys: list[int], order: tuple[str, ...]) -> None:
    list(Matter.objects.filter(pk__in=keys).order_by(*order).values_list(*VALUES))
    render(seen.request, seen.template, kept)


@contextmanager
def _watched() -> Iterator[list[Seen]]:
    seen: list[Seen] = []

    def rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        seen.append(Seen(request, template, context))
        return render(request, template, context)

    with ExitStack() as patched:
        for view in (home, register, page):
            patched.enter_context(patch.object(view, "render", rendered))
        yield seen


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of the database's own process beside it: what else runs counts for little."""
    begun = _spent()
    work()
    return (_spent() - begun) * 1000


def _spent() -> float:
    return time.process_time() + (_of_server() if connection.vendor == "postgresql" else 0.0)


def _of_server() -> float:
    """Seconds the server's process of our connection has run; only a server on this machine says so."""
    with connection.cursor() as cursor:
        pid = cursor.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
