"""The bell in the navigation, with the number of unread messages."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.messaging.queries import unread_count
from huiyin.web.context import Entry, address


def entries(request: HttpRequest) -> list[Entry]:
    """One entry for a post; administrators have no bell."""
    post = getattr(request, "post", None)
    if post is None:
        return []
    url = address("desk:messages:list")
    return [
        {
            "label": "消息",
            "url": url,
            "icon": "bell",
            "active": request.path.startswith(url),
            "count": unread_count(post),
            "unit": "条未读",
        }
    ]
