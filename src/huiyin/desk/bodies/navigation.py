"""The bodies outside the office in the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address


def entries(request: HttpRequest) -> list[Entry]:
    """One entry, for those who may read the list."""
    if getattr(request, "post", None) is None or not may(
        request.actor,  # type: ignore[attr-defined]
        "organisations.list_bodies",
    ):
        return []
    match = request.resolver_match
    here = match is not None and match.namespaces[1:2] == ["bodies"]
    return [{"label": "交办机关", "url": address("desk:bodies:list"), "icon": "building", "active": here}]
