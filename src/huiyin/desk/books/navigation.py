"""The subject's entry in the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address


def entries(request: HttpRequest) -> list[Entry]:
    """制度, for every post."""
    actor = getattr(request, "actor", None)
    if actor is None or not may(actor, "regulations.list_books"):
        return []
    url = address("desk:books:list")
    pages = (url, address("desk:books:calendar"), address("desk:books:calculate"))
    return [{"label": "制度", "url": url, "icon": "scale", "active": request.path.startswith(pages)}]
