"""One walk through the whole house: every page fits a phone and a desk, and is accessible.

The house is served from a database of its own that holds the examples of tests/support, at a fixed moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.support.books import put_books_in_force
from tests.support.committed import copied_database
from tests.support.examples_portal import account
from tests.support.walk import Guest, Walk, ask, pages
from tests.support.walk import Page as Place
from tests.support.world import build_world, moment

pytestmark = pytest.mark.browser

AT = moment("2026-03-05 10:00")
AXE = Path("build/static/vendor/axe.min.js")
SIZES = {
    "1440": {"width": 1440, "height": 900},
    "1920": {"width": 1920, "height": 1080},
    "360": {"width": 360, "height": 740},
}
PICTURED = SIZES if os.environ.get("HUIYIN_PICTURES") else {"1440"}  # the sizes whose picture is kept to be looked at
NO_PAGES = {"healthz", "portal:code"}  # for machines; begins with a number given on the page before
Visit = tuple[str, str, Client]  # name, address, who


@pytest.fixture(scope="module")
def visits(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Visit]]:
    """Every page with somebody for whom it opens; its database stays open meanwhile."""
    copied = copied_database(tmp_path_factory.mktemp("walk"))
    with django_db_blocker.unblock(), copied, time_machine.travel(AT, tick=True):
        walk = Walk(put_books_in_force(build_world()), AT)
        found = [_visit(walk, page) for page in pages() if "GET" in page.methods and page.name not in NO_PAGES]
        visits = [visit for visit in found if visit]
        assert len(visits) > 40
        yield visits


@pytest.fixture(scope="module")
def address(visits: list[Visit]) -> Iterator[str]:
    """Where the house of the walk answers."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    connections.close_all()
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def browser_of(
    browser: Browser, browser_context_args: dict[str, Any], address: str
) -> Iterator[Callable[[Client], BrowserContext]]:
    """A browser with the session of a client."""
    made: dict[int, BrowserContext] = {}

    def context_of(client: Client) -> BrowserContext:
        if id(client) not in made:
            made[id(client)] = browser.new_context(**browser_context_args)
            if session := client.cookies.get("sessionid"):
                made[id(client)].add_cookies([{"name": "sessionid", "value": session.value, "url": address}])
        return made[id(client)]

    yield context_of
    for context in made.values():
        context.close()


def _guests(walk: Walk, face: str) -> list[Guest]:
    if face == "desk":
        return walk.roles
    if face == "admin":
        return walk.seats
    if face == "staff":
        return walk.roles[:1]
    client = Client()
    session = client.session
    session["outside_account"] = account(walk.cases["own"]).public_id
    session.save()
    return [Guest("a stranger", Client()), Guest("a deputy", client)]


def _visit(walk: Walk, there: Place) -> Visit | None:
    """Somebody for whom the page opens; None for files and for what opens for nobody, which test_urls names."""
    url = walk.address(there, "own")
    for guest in _guests(walk, there.face) if url else []:
        answer = ask(guest.client, "GET", url)
        if answer.status == 200:
            return (there.name, url, guest.client) if answer.is_page else None
    return None


class TestEveryPage:
    def test_fits_at_every_size_and_is_accessible(
        self, visits: list[Visit], address: str, browser_of: Callable[[Client], BrowserContext], screenshots: Path
    ):
        wrong = []
        for name, url, client in visits:
            page = browser_of(client).new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.on("console", lambda line, errors=errors: errors.append(line.text) if _is_fault(line) else None)
            page.goto(address + url)
            for size, viewport in SIZES.items():
                page.set_viewport_size(viewport)
                if size in PICTURED:
                    page.screenshot(path=screenshots / f"{name.replace(':', '-')}-{size}.png", full_page=True)
                # what axe says of a wide page it says of one stretched still wider
                found = _sideways(page) if size == "1920" else _faults(page, colours=size == "1440")
                wrong += [f"{name} at {size}: {fault}" for fault in found]
            wrong += [f"{name}: {error}" for error in errors]
            page.close()
        assert not wrong, "\n".join(wrong)


def _is_fault(line: ConsoleMessage) -> bool:
    """An error on the console, save the icon the browser looks for beside a letter that fetches nothing."""
    return line.type == "error" and not line.location.get("url", "").endswith("/favicon.ico")


def _sideways(page: Page) -> list[str]:
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{sideways} px stick out to the right"] if sideways > 0 else []


def _faults(page: Page, *, colours: bool) -> list[str]:
    """What sticks out to the right, and what axe calls serious or critical; colours are the same at every size and slow
    to compare."""
    faults = _sideways(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"color-contrast": {"enabled": colours}}
    result = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], rules})", rules)
    return faults + [
        f"{violation['id']}: {violation['help']} {[node['html'][:120] for node in violation['nodes'][:3]]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
