"""Reminders: each open deadline climbs its ladder once, and says so to the posts the book names.

The sweep looks at state, never at "since yesterday": after days without a worker the highest rung reached is sent,
the ones below it are passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.matters.limit_codes import LAPSING, LimitCode
from huiyin.matters.models import Deadline, Reminder, Undertaking
from huiyin.matters.operations.commitments import take_up_promises
from huiyin.matters.operations.promises import untaken
from huiyin.matters.queries import department_heads, posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.books.vocabulary import RoleCode
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import RUNG_LABELS, Rung, RungDay, current_rung
from huiyin.regulations.rules.wording import day_text

CHUNK: Final = 40
TOLD_WITHOUT_BOOK: Final = (RoleCode.HANDLER, RoleCode.DEPARTMENT_HEAD)
INSIDE_A_DEPARTMENT: Final = frozenset({RoleCode.HANDLER, RoleCode.DEPARTMENT_HEAD})


def remind(at: datetime) -> int:
    """Send every reminder due by now and not yet sent; returns how many were queued. Safe to run twice."""
    if untaken().exists():
        take_up_promises(at=at)
    sent = 0
    for keys in _chunks(_due_keys(at.date())):
        sent += remind_chunk(deadline_ids=keys, at=at)
    return sent


@operation
def remind_chunk(*, deadline_ids: Sequence[int], at: datetime) -> int:
    """Climb one rung for some deadlines in one short transaction; returns how many reminders were queued."""
    waiting = Deadline.objects.filter(pk__in=deadline_ids, met_at=None, dropped_at=None)
    sent = 0
    beside = ("matter__procuratorate", "matter__leader", "undertaking", "supervision__department")
    for deadline in waiting.select_related(*beside):
        sent += _climb(deadline, at)
    facts = {"deadlines": list(deadline_ids), "reminders": sent}
    record("matters.reminded", actor=SYSTEM, target=Target(kind="matters.deadline", key=""), at=at, **facts)
    return sent


def _due_keys(on: date) -> list[int]:
    waiting = Deadline.objects.filter(rung_on__lte=on, met_at=None, dropped_at=None)
    return list(waiting.order_by("id").values_list("pk", flat=True))


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[first : first + CHUNK] for first in range(0, len(keys), CHUNK))


def _climb(deadline: Deadline, at: datetime) -> int:
    on = at.date()
    rungs = rungs_of(deadline)
    reached = current_rung(rungs, on)
    if reached is Rung.OVERDUE and deadline.limit_code in LAPSING:
        Deadline.objects.filter(pk=deadline.pk).update(dropped_at=at, rung_on=None)
        return 0
    sent = sum(_send(deadline, reached, post, at) for post in recipients(deadline, reached, on)) if reached else 0
    ahead = min((each.on for each in rungs if each.on > on), default=None)
    Deadline.objects.filter(pk=deadline.pk).update(rung=reached.value if reached else "", rung_on=ahead)
    return sent


def rungs_of(deadline: Deadline) -> tuple[RungDay, ...]:
    """The ladder as it was computed with the deadline."""
    return tuple(RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in deadline.rungs)


def _send(deadline: Deadline, rung: Rung, post: Post, at: datetime) -> int:
    """One reminder to one post; 0 when this rung of this day was sent to it before."""
    _, made = Reminder.objects.get_or_create(
        deadline=deadline, rung=rung.value, due_on=deadline.due_on, post=post, defaults={"sent_at": at}
    )
    if not made:
        return 0
    matter = deadline.matter
    about = f"supervision:{deadline.supervision_id}" if deadline.supervision_id else f"deadline:{deadline.pk}"
    queue(
        event_key=f"{about}:{rung.value}:{deadline.due_on}",  # one order on several matters is said once
        title=f"{RUNG_LABELS[rung]}：{matter.pressing}{deadline.label}",
        body=_body(deadline, rung),
        at=at,
        post=post,
        lane=Lane.STATUTORY,
        link=_link(deadline),
        procuratorate=matter.procuratorate,
    )
    return 1


def _link(deadline: Deadline) -> str:
    if deadline.supervision_id:
        return f"/desk/supervisions/{deadline.supervision_id}/"
    if deadline.superior_id:
        return f"/desk/superior/{deadline.superior_id}/"
    if deadline.revisit_id:
        return f"/desk/revisits/{deadline.revisit_id}/"
    return f"/desk/matters/{deadline.matter_id}/"


def _body(deadline: Deadline, rung: Rung) -> str:
    matter = deadline.matter
    named = deadline.undertaking.who if deadline.undertaking else _pressed(deadline)
    whose = f"（{named}）" if named else ""
    when = f"期限到{day_text(deadline.due_on)}"
    doubt = "（暂定，当年放假安排尚未公布）" if deadline.provisional else ""
    late = "，现已逾期，请立即办理并报告原因" if rung is Rung.OVERDUE else ""
    late = "，过期由本院办理" if deadline.limit_code in LAPSING else late
    return f"{matter.naming}：{deadline.label}{whose}，{when}{doubt}{late}。"


def _pressed(deadline: Deadline) -> str:
    return str(deadline.supervision.department) if deadline.supervision else ""


def recipients(deadline: Deadline, rung: Rung, on: date) -> list[Post]:
    """Who hears of a rung: the roles the book names, as they stand to this matter; the office where nobody does yet.

    A department's own date stays with the department (practice 13); the day of an office above is the office's alone,
    as it alone reports."""
    if deadline.superior_id:
        return posts_with(deadline.matter.procuratorate, Role.LIAISON_OFFICE, Role.OFFICE_HEAD, on=on)
    roles: tuple[RoleCode, ...] = _told(deadline, rung)
    if deadline.limit_code == LimitCode.DEPT_HANDLE:
        roles = tuple(role for role in roles if role in INSIDE_A_DEPARTMENT) or (RoleCode.DEPARTMENT_HEAD,)
    parts = _parts(deadline)
    found: dict[int, Post] = {}
    for role in roles:
        for post in _posts(role, deadline, parts, on):
            found[post.pk] = post
    if not found:
        found = {post.pk: post for post in posts_with(deadline.matter.procuratorate, Role.LIAISON_OFFICE, on=on)}
    return list(found.values())


def _told(deadline: Deadline, rung: Rung) -> tuple[RoleCode, ...]:
    stack = stack_for(deadline.matter.procuratorate, on=deadline.starts_on)
    try:
        return stack.ladder(deadline.starts_on).told(rung)
    except RuleNotFound:
        return TOLD_WITHOUT_BOOK


def _parts(deadline: Deadline) -> list[Undertaking]:
    """The undertakings meant: the deadline's own, or those that answer for the whole matter."""
    if deadline.undertaking is not None:
        return [deadline.undertaking]
    running = deadline.matter.undertakings.exclude(status="moved").select_related("department", "handler")
    if deadline.supervision is not None:
        return list(running.filter(department=deadline.supervision.department_id))
    return [part for part in running if part.role != "assist" and part.department_id]


def _posts(role: RoleCode, deadline: Deadline, parts: Sequence[Undertaking], on: date) -> list[Post]:
    matter = deadline.matter
    if role == RoleCode.DEPUTY_CHIEF:
        return [matter.leader] if matter.leader else []
    if role == RoleCode.HANDLER:
        return [part.handler for part in parts if part.handler] or _heads(parts, on)
    if role == RoleCode.DEPARTMENT_HEAD:
        return _heads(parts, on)
    return posts_with(matter.procuratorate, Role(role.value), on=on)


def _heads(parts: Sequence[Undertaking], on: date) -> list[Post]:
    return [post for part in parts if part.department for post in department_heads(part.department, on=on)]
