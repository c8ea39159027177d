"""What every page's template may rely on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Acting post, elder mode, whether this is the demonstration; the desk's navigation where there is a post."""
    post = getattr(request, "post", None)
    found: dict[str, Any] = {
        "post": post,
        "posts": getattr(request, "posts", []),
        "seat": getattr(request, "seat", None),
        "size": "large" if request.COOKIES.get("size") == "large" else "normal",
        "is_demo": settings.HUIYIN_DEMO,
    }
    if post is not None or found["seat"] is not None:
        found["nav"] = _navigation(request)
    return found


_entries: list[Any] = []


def add_navigation(build: Any) -> None:
    """Let a face put its entries into the navigation: build(request) → list of {label, url, icon, active}."""
    _entries.append(build)


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    return [entry for build in _entries for entry in build(request)]
