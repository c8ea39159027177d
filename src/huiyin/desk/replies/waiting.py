"""Letters that wait for a post's next act, and calls it owes, for today's work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.urls import reverse

from huiyin.approvals.queries import to_read, waiting_for
from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.matters.letter_places import wants_proofreading
from huiyin.matters.models import RatingCall, Reply
from huiyin.matters.queries import may_open
from huiyin.matters.rules import ReplyStatus
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest

# verb, status, whether it was proofread where its chain asks for that (before it gets its number), label
STEPS: Final = (
    ("matters.proofread_letter", ReplyStatus.SIGNED, False, "待复核"),
    ("matters.number_letter", ReplyStatus.SIGNED, True, "待登记取号"),
    ("matters.seal_letter", ReplyStatus.NUMBERED, True, "待用印"),
    ("matters.issue_letter", ReplyStatus.SEALED, True, "待印发"),
    ("matters.deliver_letter", ReplyStatus.ISSUED, True, "待登记送达"),
)


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("approvals", approvals, 10)
    add_waiting("replies", letters, 30)
    add_waiting("calls", calls, 40)


def approvals(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """What waits for my signature."""
    count = waiting_for(request.post, on).order_by().count()
    yield Waiting("待我审签", count, reverse("desk:approvals:inbox"), urgent=True)
    if may(request.actor, "approvals.read"):
        yield Waiting("请圈阅", to_read(request.post).order_by().count(), reverse("desk:approvals:inbox"), unit="份")


def letters(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Signed letters, by the step that is this post's."""
    steps = [step for step in STEPS if may(request.actor, step[0])]
    if not steps:
        return
    on_their_road = Reply.objects.filter(status__in=[step[1] for step in steps])
    found = on_their_road.filter(may_open(request.post, "matter")).select_related("approval")
    waiting = [(each.status, each.proofread_at is not None or not wants_proofreading(each)) for each in found]
    for _, status, is_proofread, label in steps:
        done = [proof for at, proof in waiting if at == status]
        count = done.count(is_proofread) if status == ReplyStatus.SIGNED else len(done)
        yield Waiting(label, count, reverse("desk:replies:list") + f"?status={status}", unit="份")


def calls(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Calls owed after a bad rating."""
    owed = RatingCall.objects.filter(post=request.post, done_at=None).order_by("id").values_list("pk", flat=True)
    keys = list(owed[:100])
    if keys:
        yield Waiting("待电话回访", len(keys), reverse("desk:ratings:call", args=[keys[0]]), unit="个", urgent=True)
