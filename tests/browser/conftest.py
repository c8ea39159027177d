"""Debian's Chromium against the demonstration, served by real processes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.house import House, running_house
from tests.support.world import DEMO_PASSWORD

# Playwright keeps an event loop in the thread of the test; Django would refuse to be called beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's browser, quiet, and without its sandbox where root must run it."""
    quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-quic", "--font-render-hinting=none"]  # fmt: skip
    if os.getuid() == 0:
        quiet.append("--no-sandbox")
    return {"executable_path": shutil.which("chromium") or "/usr/bin/chromium", "headless": True, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One served demonstration for all stories; HUIYIN_TEST_HOUSE names one that runs already, while writing them."""
    if running := os.environ.get("HUIYIN_TEST_HOUSE"):
        yield House(running, Path(), None)
        return
    with running_house(tmp_path_factory.mktemp("house")) as served:
        yield served


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = Path("build/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def desk(page: Page, house: House) -> Any:
    """Sign in at the desk: `desk("officer_wang")` gives the page, signed in."""

    def sign_in(username: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{house.url}/desk/sign-in/")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    return sign_in
