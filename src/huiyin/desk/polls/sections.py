"""全体代表评议 on the page of a matter and in today's work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import Act as Button
from huiyin.desk.matters.sections import MatterFacts, add_acts, add_section
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Poll
from huiyin.matters.polls import poll_of, result_of
from huiyin.matters.queries import may_open
from huiyin.matters.rules import HandlerRole, Status
from huiyin.organisations.permissions import may
from huiyin.web.pages import StaffRequest


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/polls/section.html", build_poll, 82)
    add_acts("polls", buttons)
    add_waiting("polls", waiting, 65)


def build_poll(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """How far the poll is, or what it came to."""
    if not any(letter.issued_on for letter in facts.letters):
        return None
    poll = poll_of(facts.matter)
    if poll is None:
        return None
    result = result_of(poll) if poll.closed_at else None
    shown = result if result and not result.is_withheld else None
    return {"poll": poll, "result": shown, "withheld": result is not None and shown is None}


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Button]:
    """Open it, while the answer stands and nobody asked yet."""
    matter = facts.matter
    if not kind_of(matter).rated_by_all:
        return
    if matter.status not in {Status.REPLIED, Status.CLOSED} or matter.handler_role == HandlerRole.ASSIST:
        return
    own = (each for each in facts.letters if each.kind == "reply" and each.round == matter.round and each.delivered_on)
    reply = next(own, None)
    if reply is not None and may(request.actor, "matters.open_poll") and poll_of(matter) is None:
        yield Button("全体代表评议", reverse("desk:polls:open", args=[reply.pk]), "users-group")


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Polls whose time is over and which nobody closed."""
    if may(request.actor, "matters.close_poll"):
        seen = Poll.objects.filter(may_open(request.post, "reply__matter"), closed_at=None)
        over = seen.filter(Q(until_on__lt=on)).order_by("id").values_list("pk", flat=True)
        keys = list(over[:100])
        if keys:
            yield Waiting("评议到期待结束", len(keys), reverse("desk:polls:detail", args=[keys[0]]))
