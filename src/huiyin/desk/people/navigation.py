"""The register of deputies in the navigation; for those who may only look up a phone, that page."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address

_ENTRIES = (
    ("people.list", "desk:people:list", "代表委员", "users"),
    ("people.find_by_phone", "desk:people:find_by_phone", "按手机查代表", "phone"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """One entry: the first that the post may open."""
    if getattr(request, "post", None) is None:
        return []
    actor = request.actor  # type: ignore[attr-defined]
    for verb, name, label, icon in _ENTRIES:
        if may(actor, verb):
            url = address(name)
            match = request.resolver_match
            here = match is not None and match.namespaces[1:2] == ["people"]
            return [{"label": label, "url": url, "icon": icon, "active": here}]
    return []
