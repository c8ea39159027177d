"""Messages to my post: the list, and marking as read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from huiyin.messaging.operations import mark_read
from huiyin.messaging.queries import bell
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page, go_to
from huiyin.web.paging import keyset


@desk_page("messaging.read")
def inbox(request: StaffRequest) -> HttpResponse:
    """What arrived, newest first; `?unread=1` the unread only."""
    only_unread = request.GET.get("unread") == "1"
    rows = bell(request.post)
    paged = keyset(request, rows.filter(read_at=None) if only_unread else rows, unit="条")
    context = {"title": "消息", "rows": paged.rows, "pager": paged.pager, "only_unread": only_unread}
    return render(request, "desk/messages/list.html", context)


@desk_page("messaging.read", methods=["POST"])
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go where it points."""
    message = bell(request.post).filter(pk=pk).first()
    if message is None:
        raise Http404
    mark_read(post=request.post, message_ids=[pk], actor=request.actor, at=now())
    if message.link.startswith("/") and not message.link.startswith("//") and "open" in request.POST:
        return redirect(message.link)
    return go_to(request, "desk:messages:list")


@desk_page("messaging.read", methods=["POST"])
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark all as read."""
    mark_read(post=request.post, message_ids=None, actor=request.actor, at=now())
    return go_to(request, "desk:messages:list")
