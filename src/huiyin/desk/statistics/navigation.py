"""统计, 办理报告, 向常委会报告 and 专题研究 in the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.web.context import Entry, address

_ENTRIES = (
    ("statistics.view", "desk:statistics:overview", "统计", "chart-bar"),
    ("statistics.list_reports", "desk:statistics:reports", "办理报告", "report"),
    ("suggestions.list_congress_reports", "desk:congress:list", "向常委会报告", "send"),
    ("suggestions.list_studies", "desk:statistics:studies", "专题研究", "users-group"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """For the office and the leaders."""
    actor = getattr(request, "actor", None)
    if getattr(request, "post", None) is None or actor is None:
        return []
    found = []
    for verb, name, label, icon in _ENTRIES:
        url = address(name)
        if may(actor, verb):
            found.append({"label": label, "url": url, "icon": icon, "active": request.path.startswith(url)})
    return found
