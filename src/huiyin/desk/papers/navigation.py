"""文稿, 评价登记 and 打印文书 in the navigation."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry


def entries(request: HttpRequest) -> list[Entry]:
    """Letters for those who read them, ratings for who enters them, printed registers."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None:
        return []
    rows = (
        ("matters.view_letter", "文稿", "desk:replies:list", "file-text"),
        ("matters.record_rating", "评价登记", "desk:ratings:list", "star"),
        ("matters.print", "打印文书", "desk:papers:choose", "printer"),
    )
    return [_entry(request, label, reverse(name), icon) for verb, label, name, icon in rows if may(actor, verb)]


def _entry(request: HttpRequest, label: str, url: str, icon: str) -> Entry:
    return {"label": label, "url": url, "icon": icon, "active": request.path.startswith(url)}
