"""Names locked after wrong passwords, and how they are opened again."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.staff.acts import act_once
from huiyin.organisations import operations
from huiyin.organisations.models import Staff
from huiyin.organisations.queries import locks
from huiyin.web.clock import now
from huiyin.web.pages import SeatRequest, seat_page


@seat_page("organisations.list_locks")
def list_locks(request: SeatRequest) -> HttpResponse:
    """Who cannot sign in just now, and until when."""
    return render(request, "desk/staff/locks.html", {"title": "登录锁定", "locks": locks(now())})


@seat_page("organisations.unlock", methods=["POST"])
def unlock(request: SeatRequest, pk: int) -> HttpResponse:
    """Open one."""
    staff = get_object_or_404(Staff, pk=pk)
    act = partial(operations.unlock, staff=staff, actor=request.actor, at=now())
    done = f"{staff.name}可以重新登录了。"
    return act_once(request, act, verb="organisations.unlocked", done=done, to=("desk:staff:locks",))
