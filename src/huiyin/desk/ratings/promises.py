"""What was promised, on the page of a matter and in today's work: 待再行答复 with the promise's own day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from huiyin.desk.due import chip
from huiyin.desk.home.waiting import Waiting, stack_of
from huiyin.desk.matters.sections import Act as Button
from huiyin.desk.matters.sections import MatterFacts
from huiyin.matters.endings import letters_to_rate, ready_to_close
from huiyin.matters.letter_permissions import DRAFTERS
from huiyin.matters.models import Commitment, Deadline, Undertaking
from huiyin.matters.permissions import OFFICE
from huiyin.matters.queries import may_open
from huiyin.matters.rules import UndertakingStatus
from huiyin.matters.second_letters import ANSWERED, awaiting_letter
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.rules import Calendar
from huiyin.web.pages import StaffRequest

SHOWN = 8


def build_promises(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Each promise with its day, what became of it, and the letter that reports on it."""
    promises = facts.promises
    if not promises:
        return None
    rows = [_row(each, facts) for each in promises]
    return {"rows": rows, "owed": min((row["promise"].promised_on for row in rows if row["is_owed"]), default=None)}


def _is_present(promise: Commitment, facts: MatterFacts) -> bool:
    return promise.reply.round == facts.matter.round and facts.matter.status in ANSWERED


def is_owed(promise: Commitment, facts: MatterFacts) -> bool:
    """As `awaiting_letter` has it, out of what the page has read."""
    letter = promise.second_reply
    unsent = letter is None or letter.issued_on is None
    return promise.is_owed_a_letter and _is_present(promise, facts) and unsent


def _row(promise: Commitment, facts: MatterFacts) -> dict[str, Any]:
    is_present = _is_present(promise, facts)
    owed = is_owed(promise, facts)
    runs = owed or (is_present and promise.done_on is None and not promise.is_owed_a_letter)
    day = _day_of(promise, facts) if runs else None
    return {
        "promise": promise,
        "letter": promise.second_reply,
        "is_owed": owed,
        "is_replaced": not is_present,
        "chip": chip(day, facts.on, facts.working_days) if day else None,
    }


def _day_of(promise: Commitment, facts: MatterFacts) -> Deadline | None:
    return next((each for each in facts.deadlines if each.commitment_id == promise.pk), None)


def buttons(request: StaffRequest, facts: MatterFacts) -> Iterable[Button]:
    """Write the second letter once there is something to report."""
    ready = [each for each in facts.promises if is_owed(each, facts) and (each.done_on or each.promised_on <= facts.on)]
    begun = next((each for each in facts.letters if each.kind == "second" and each.issued_on is None), None)
    if begun is not None:
        yield Button("再行答复", reverse("desk:replies:detail", args=[begun.pk]), "pencil", primary=True)
        return
    if ready and request.post.role_enum in DRAFTERS and may(request.actor, "matters.draft_letter"):
        yield Button("起草再行答复", reverse("desk:ratings:second", args=[facts.matter.pk]), "pencil", primary=True)


def owed_to(post: Post) -> Any:
    """Promises that a post sees to: the office and the leader all they may open, a department those it answers for."""
    owed = awaiting_letter().filter(matter__procuratorate_id=post.procuratorate_id)
    match post.role_enum:
        case Role.LIAISON_OFFICE | Role.OFFICE_HEAD | Role.CHIEF:
            return owed
        case Role.DEPUTY_CHIEF:
            return owed.filter(matter__leader=post)
        case Role.DEPARTMENT_HEAD | Role.HANDLER:
            own = Undertaking.objects.exclude(status=UndertakingStatus.MOVED).exclude(role="assist")
            mine = Q(department_id=post.department_id)
            if post.role_enum is Role.HANDLER:
                mine = Q(handler=post)
            return owed.filter(matter__in=own.filter(mine).values("matter"))
        case _:
            return owed.none()


def promises_of_today(post: Post, on: date, working_days: Calendar) -> list[dict[str, Any]]:
    """The nearest promises for today's work, each with its own day."""
    owed = list(owed_to(post).order_by().values_list("pk", flat=True))  # few; among all deadlines nobody looks for them
    running = Deadline.objects.filter(commitment__in=owed, met_at=None, dropped_at=None)
    nearest = running.select_related("commitment__matter", "commitment__second_reply").order_by("due_on", "id")[:SHOWN]
    return [
        {
            "promise": day.commitment,
            "number": day.commitment.matter.external_number or day.commitment.matter.number,
            "chip": chip(day, on, working_days),
            "next": _next(day.commitment, on),
        }
        for day in nearest
        if day.commitment is not None
    ]


def _next(promise: Commitment, on: date) -> str:
    if promise.second_reply is not None:
        return f"再行答复{promise.second_reply.get_status_display()}"
    if promise.done_on is not None or promise.promised_on <= on:
        return "起草再行答复"
    return "兑现承诺并登记"


def waiting(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Ratings to come in and matters to end, for whoever does either."""
    office, list_url = request.post.procuratorate, reverse("desk:ratings:list")
    closes, enters = may(request.actor, "matters.close"), may(request.actor, "matters.record_rating")
    if not closes and not enters:
        return
    stack = stack_of(request, on)
    if closes:
        ready = ready_to_close(office, on, stack=stack).filter(may_open(request.post))
        yield Waiting("可以办结", ready.count(), f"{list_url}?tab=close", urgent=True)
    if enters and request.post.role_enum in OFFICE:
        waits = letters_to_rate(office, on, stack=stack).filter(may_open(request.post, "matter"))
        yield Waiting("待评价", waits.count(), list_url)
