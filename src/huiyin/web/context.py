"""What every page's template may rely on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

Entry = dict[str, Any]
Build = Callable[[HttpRequest], list[Entry]]


def page(request: HttpRequest) -> dict[str, Any]:
    """Acting post, elder mode, whether this is the demonstration; the desk's navigation where there is a post."""
    post = getattr(request, "post", None)
    seat = getattr(request, "seat", None)
    found: dict[str, Any] = {
        "post": post,
        "posts": getattr(request, "posts", []),
        "seat": seat,
        "size": "large" if request.COOKIES.get("size") == "large" else "normal",
        "is_demo": settings.HUIYIN_DEMO,
    }
    if hasattr(request, "actor") and getattr(request.user, "is_authenticated", False):
        found |= {
            "nav": SimpleLazyObject(lambda: navigation(request)),  # counts what waits: only where it is drawn
            "switch_post_url": address("desk:switch_post"),
            "sign_out_url": address("desk:sign_out"),
            "search_url": next((url for build in _searches if (url := build(request))), ""),
            "search_words": request.GET.get("q", "")[:100],
        }
    return found


@functools.cache
def address(name: str) -> str:
    """Where a page without parameters stands; every page's navigation asks for forty of them."""
    return reverse(name)


_searches: list[Callable[[HttpRequest], str]] = []


def name_search(build: Callable[[HttpRequest], str]) -> None:
    """Let a face say where the search box of its pages leads: build(request) → address, "" for a reader without one."""
    _searches.append(build)


_entries: list[tuple[int, Build]] = []


def add_navigation(build: Build, position: int = 50) -> None:
    """Let a face put its entries into the navigation: build(request) → list of {label, url, icon, active}.

    position: smaller stands higher; entries of one position stand in the order they were added."""
    _entries.append((position, build))
    _entries.sort(key=lambda entry: entry[0])


def navigation(request: HttpRequest) -> list[Entry]:
    """All entries, top to bottom."""
    return [entry for _, build in _entries for entry in build(request)]
