"""The first half of the road in the navigation: lists, 拟办 sheets, what departments sign for."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address

_ENTRIES = (
    ("imports.list", "desk:imports:list", "导入清单", "file-import"),
    ("suggestions.view_proposal", "desk:proposals:list", "拟办单", "clipboard-text"),
    ("matters.list_undertakings", "desk:undertakings:list", "交办签收", "checks"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """What this post may open of the three; nothing for administrators."""
    if getattr(request, "post", None) is None:
        return []
    found = []
    for verb, name, label, icon in _ENTRIES:
        if may(request.actor, verb):  # type: ignore[attr-defined]
            url = address(name)
            found.append({"label": label, "url": url, "icon": icon, "active": request.path.startswith(url)})
    return found
