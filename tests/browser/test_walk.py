"""One walk through the whole house: every page is reached by links, fits a phone, and is accessible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.crawl import Found, crawl
from tests.browser.test_a_deputy_rates_a_letter import sign_in as sign_in_at_phone
from tests.support.house import House
from tests.support.walk import pages
from tests.support.world import DEMO_PASSWORD

pytestmark = pytest.mark.browser

AXE = Path("build/static/vendor/axe.min.js")
SIZES = {"1440": {"width": 1440, "height": 900}, "360": {"width": 360, "height": 740}}
# The main roles first: who finds a page first is who visits it.
GUESTS = ["officer_wang", "office_head", "deputy_chief", "chief", "head_second", "handler_second", "registry",
          "secrecy_reviewer", "liaison_officer", "inspector", "case_management", "head_first", "sysadmin", "secadmin",
          "auditadmin"]  # fmt: skip
DEPUTY = ("a deputy", "10000000001")
# Pages no link leads to, each with the reason.
UNLINKED: dict[str, str] = {
    "healthz": "for machines",
    "portal:code": "begins with a number given on the page before",
    "portal:sign_in": "a deputy is signed in already; test_a_deputy_rates_a_letter looks at it",
    "desk:sign_in": "walked on its own",
}


@pytest.fixture(scope="module")
def contexts(
    browser: Browser, browser_context_args: dict[str, Any], house: House
) -> Iterator[Callable[[str], BrowserContext]]:
    """A signed-in context of each guest, made when first asked for."""
    made: dict[str, BrowserContext] = {}

    def context_of(who: str) -> BrowserContext:
        if who not in made:
            made[who] = browser.new_context(**browser_context_args)
            page = made[who].new_page()
            if who == DEPUTY[0]:
                sign_in_at_phone(page, house, DEPUTY[1])
            else:
                _sign_in_at_desk(page, house, who)
            page.close()
        return made[who]

    yield context_of
    for context in made.values():
        context.close()


@pytest.fixture(scope="module")
def found(house: House, contexts: Callable[[str], BrowserContext]) -> Found:
    """Every page that links lead to, and who comes there."""
    wanted, seen = _wanted(), Found()

    def done() -> bool:
        return wanted <= {*seen.pages, *seen.files}

    for who in GUESTS:
        if not done():
            crawl(house, who, "/desk/", contexts(who).request, seen, done)
    crawl(house, DEPUTY[0], "/", contexts(DEPUTY[0]).request, seen, done)
    return seen


def _wanted() -> set[str]:
    return {page.name for page in pages() if "GET" in page.methods} - set(UNLINKED)


def _sign_in_at_desk(page: Page, house: House, who: str) -> None:
    page.goto(f"{house.url}/desk/sign-in/")
    page.get_by_label("登录名").fill(who)
    page.get_by_label("密码").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


class TestEveryPage:
    def test_is_reached_by_links(self, found: Found):
        missing = _wanted() - {*found.pages, *found.files}
        assert not missing, f"no link leads to {sorted(missing)}"

    def test_links_to_nothing_broken(self, found: Found):
        assert not found.broken, "\n".join(found.broken)

    def test_fits_and_is_accessible_at_both_sizes(
        self, house: House, found: Found, contexts: Callable[[str], BrowserContext], screenshots: Path
    ):
        wrong = []
        for name, (who, url) in sorted(found.pages.items()):
            page = contexts(who).new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.on("console", lambda line, errors=errors: errors.append(line.text) if line.type == "error" else None)
            for size, viewport in SIZES.items():
                page.set_viewport_size(viewport)
                page.goto(house.url + url)
                page.screenshot(path=screenshots / f"{name.replace(':', '-')}-{size}.png", full_page=True)
                wrong += [f"{name} {size} ({who} {url}): {fault}" for fault in [*_faults(page), *errors]]
                errors.clear()
            page.close()
        assert not wrong, "\n".join(wrong)

    def test_of_the_way_in_fits_too(self, house: House, page: Page, screenshots: Path):
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            page.goto(f"{house.url}/desk/sign-in/")
            page.screenshot(path=screenshots / f"desk-sign_in-{size}.png", full_page=True)
            assert _faults(page) == []


def _faults(page: Page) -> list[str]:
    """What sticks out to the right, and what axe calls serious or critical."""
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = [f"{sideways} px stick out to the right"] if sideways > 0 else []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return faults + [
        f"{violation['id']}: {violation['help']} {[node['html'][:120] for node in violation['nodes'][:3]]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
