"""Finding every page of the running house by following links, as somebody who signed in would."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

from tests.support.house import House

ENOUGH: Final = 12  # addresses of one name that are looked at for links to pages not found yet
_LINK: Final = re.compile(r'<(?:a|iframe)\b[^>]*?\s(?:href|src)="([^"]+)"')


@dataclass
class Found:
    """Where each page stands: view name → who saw it first, and the address; and what answered with an error."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)  # answered with something else than a page
    broken: list[str] = field(default_factory=list)


def crawl(
    house: House, who: str, start: str, browser: APIRequestContext, found: Found, done: Callable[[], bool]
) -> None:
    """Follow links from `start`, widest first, until everything is found or nothing new comes up."""
    waiting, seen, looked = deque([start]), {start}, defaultdict(int)
    while waiting and not done():
        url = waiting.popleft()
        name = _name_of(url)
        if name is None or looked[name] >= ENOUGH:
            continue
        looked[name] += 1
        response = browser.get(house.url + url, max_redirects=0)
        if response.status >= 400:
            found.broken.append(f"{who}: {url} answered {response.status}")
        if response.status in {301, 302}:
            _follow(urlsplit(urljoin(house.url + url, response.headers.get("location", ""))), waiting, seen)
        if response.status != 200:
            continue
        if not response.headers.get("content-type", "").startswith("text/html"):
            found.files.setdefault(name, (who, url))
            continue
        found.pages.setdefault(name, (who, url))
        for link in _links(house.url + url, response.text()):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def _follow(parts: SplitResult, waiting: deque[str], seen: set[str]) -> None:
    if parts.path not in seen:
        seen.add(parts.path)
        waiting.append(parts.path)


def _links(base: str, html: str) -> list[str]:
    """Addresses of this house that the page links to."""
    here = urlsplit(base)
    there = [urlsplit(urljoin(base, unescape(link))) for link in _LINK.findall(html)]
    return [
        parts.path + (f"?{parts.query}" if parts.query else "")
        for parts in there
        if parts.scheme in {"http", "https"} and parts.netloc == here.netloc
    ]


def _name_of(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None
