"""A clerk works with the keys alone: every stop can be seen, the way past the list of rooms is short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.house import House

pytestmark = pytest.mark.browser

Desk = Callable[[str], Page]
MOST = 150  # stops on one page
STOP = """() => {
  const here = document.activeElement
  const style = getComputedStyle(here)
  const box = here.getBoundingClientRect()
  return {
    words: (here.innerText || here.getAttribute("aria-label") || here.name || "").trim(),
    tag: here.tagName,
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth,
  }
}"""


def _tab_to(page: Page, words: str) -> list[dict[str, Any]]:
    """Press Tab until the focus stands on something of these words; gives every stop on the way."""
    stops: list[dict[str, Any]] = []
    while not stops or stops[-1]["words"] != words:
        assert len(stops) < MOST, f"no {words} among {[stop['words'] for stop in stops]}"
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    return stops


def _unseen(stops: list[dict[str, Any]]) -> list[str]:
    return [f"{stop['tag']} {stop['words']}" for stop in stops if not (stop["seen"] and stop["inView"])]


class TestAClerkWithoutAMouse:
    def test_leaves_the_list_of_rooms_behind_with_one_key(self, desk: Desk, house: House):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/matters/")
        assert _tab_to(page, "跳到正文")[-1]["inView"]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

    def test_opens_a_matter_from_the_register(self, desk: Desk, house: House):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/matters/")
        title = page.locator("td.title a").nth(6).inner_text()
        assert not _unseen(_tab_to(page, title))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)

    def test_ticks_a_row_and_sees_it_counted(self, desk: Desk, house: House):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/proposals/draft/")
        box = page.locator("tbody input[type=checkbox]").first
        stops = _tab_to(page, box.get_attribute("aria-label") or "")
        page.keyboard.press("Space")
        assert box.is_checked()
        expect(page.locator("[data-picked-count]")).to_have_text("1")
        assert not _unseen(stops)

    def test_fills_in_and_saves_a_sheet(self, desk: Desk, house: House):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/proposals/?status=draft")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="填写", exact=True).click()
        page.wait_for_url("**/fill/")
        stops = _tab_to(page, "保存")
        assert {"SELECT", "INPUT", "TEXTAREA"} <= {stop["tag"] for stop in stops}
        assert not _unseen(stops)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="填写", exact=True)).to_be_visible()
