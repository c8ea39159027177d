"""待我审签 in the navigation, with how many wait."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.approvals.queries import waiting_for
from huiyin.desk.kept import kept
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.web.clock import today
from huiyin.web.context import Entry, address

SIGNERS = frozenset({
    Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF, Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.LIAISON_OFFICE
})  # fmt: skip


def entries(request: HttpRequest) -> list[Entry]:
    """One entry for posts that sign, and for anyone for whom something waits."""
    post = getattr(request, "post", None)
    if post is None or not may(request.actor, "approvals.inbox"):  # type: ignore[attr-defined]
        return []
    on = today()
    count = kept(request, "approvals", on, lambda: waiting_for(post, on).order_by().count())
    if post.role_enum not in SIGNERS and not count:
        return []
    url = address("desk:approvals:inbox")
    return [
        {
            "label": "待我审签",
            "url": url,
            "icon": "rubber-stamp",
            "active": request.path.startswith(url),
            "count": count,
        }
    ]
