"""承诺台账 in the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address


def entries(request: HttpRequest) -> list[Entry]:
    """For whoever keeps promises or sees to it."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None or not may(actor, "matters.list_commitments"):
        return []
    url = address("desk:commitments:list")
    return [{"label": "承诺台账", "url": url, "icon": "notes", "active": request.path.startswith(url)}]
