"""文稿, 评价登记, 打印文书 and 归档 in the navigation."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address

LIT_BY_OTHERS: Final = ("/desk/matters/", "/desk/proposals/", "/desk/undertakings/")


def entries(request: HttpRequest) -> list[Entry]:
    """Letters for those who read them, ratings for who enters them, printed registers, files for who files."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None:
        return []
    rows = (
        ("matters.view_letter", "文稿", "desk:replies:list", "file-text"),
        ("matters.record_rating", "评价登记", "desk:ratings:list", "star"),
        ("matters.print", "打印文书", "desk:papers:choose", "printer"),
        ("matters.file", "归档", "desk:filing:list", "archive"),
    )
    return [_entry(request, label, name, icon) for verb, label, name, icon in rows if may(actor, verb)]


def _entry(request: HttpRequest, label: str, name: str, icon: str) -> Entry:
    """Lit on the pages of its subject, also where they stand under another's address, as a rating under its letter."""
    subject = name.rpartition(":")[0]
    here = request.resolver_match.namespace if request.resolver_match else ""
    lit = here == subject and not request.path.startswith(LIT_BY_OTHERS)
    return {"label": label, "url": address(name), "icon": icon, "active": lit}
