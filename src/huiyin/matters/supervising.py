"""督办: what a post sees of it, which level orders what, and which departments the system proposes to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.approvals.queries import stands_in_for
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Deadline, Matter, Supervision, Undertaking
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import HandlerRole, Status, Visibility
from huiyin.matters.rules.supervision import RUNNING_SUPERVISION, WITH_DEPARTMENT, SupervisionState
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.rules import Role
from huiyin.regulations.books import Stack, SupervisionLevel
from huiyin.regulations.rules import Rung, RungDay, current_rung

STATUTORY = (
    LimitCode.SUG_REPLY, LimitCode.SUG_ASSIST, LimitCode.SUG_REDO, LimitCode.PRO_REPLY, LimitCode.PRO_REPLY_BETWEEN,
    LimitCode.PRO_ASSIST, LimitCode.PRO_REDO,
)  # fmt: skip
PRESSED_FROM = (Rung.EARLY, Rung.NEAR, Rung.LAST, Rung.OVERDUE)
LOOKED_AT = 200  # rows of departments that are late; the sweep before a sitting shows them in turn


def supervisions_open_to(post: Post, *, on: date) -> QuerySet[Supervision]:
    """Orders a post may read: those about a matter it may open, a department its own alone; and those it signs."""
    own = Supervision.objects.filter(procuratorate_id=post.procuratorate_id)
    about = Matter.objects.open_to(post).filter(supervisions=OuterRef("pk"))
    match post.role_enum:
        case Role.LIAISON_OFFICE | Role.OFFICE_HEAD | Role.CHIEF:
            return own.filter(Exists(about))
        case Role.DEPUTY_CHIEF:
            sealed = Matter.objects.filter(supervisions=OuterRef("pk"), visibility=Visibility.SEALED)
            asked = Q(orderer__in=stands_in_for(post, on)) & ~Exists(sealed)
            return own.filter(asked | Exists(about))
        case Role.DEPARTMENT_HEAD | Role.HANDLER if post.department_id is not None:
            shown = own.filter(department_id=post.department_id).exclude(
                state__in=[SupervisionState.PROPOSED, SupervisionState.DECLINED]
            )
            return shown.filter(Exists(about))
        case _:
            return own.none()


def awaiting_order(post: Post, on: date) -> QuerySet[Supervision]:
    """Orders proposed that this post signs, itself or for whom it stands in."""
    asked = Supervision.objects.filter(state=SupervisionState.PROPOSED, orderer__in=stands_in_for(post, on))
    return asked.filter(pk__in=supervisions_open_to(post, on=on).values("pk"))


def orderers(office: Procuratorate, level: SupervisionLevel, *, on: date) -> list[Post]:
    """Who may sign an order of this level."""
    return posts_with(office, *(Role(role.value) for role in level.by), on=on)


def next_level(stack: Stack, code: str, on: date) -> SupervisionLevel | None:
    """The level above, None at the top or where the books no longer know this one."""
    levels = stack.supervision_levels(on)
    codes = [level.code for level in levels]
    place = codes.index(code) + 1 if code in codes else len(levels)
    return levels[place] if place < len(levels) else None


def answer_day(supervision: Supervision) -> Deadline | None:
    """The day by which the department reports: the running one, otherwise the last there was."""
    days = list(supervision.deadlines.order_by("id"))
    running = [day for day in days if day.met_at is None and day.dropped_at is None]
    return running[0] if running else days[-1] if days else None


def answer_is_late(supervision: Supervision, on: date) -> bool:
    """Whether the department has let its day for reporting pass."""
    day = answer_day(supervision) if supervision.state in WITH_DEPARTMENT else None
    return day is not None and day.met_at is None and day.dropped_at is None and day.due_on < on


@dataclass(frozen=True)
class Pressing:
    """One department the system proposes to press about one matter; follows: the order it let pass."""

    part: Undertaking
    due_on: date
    why: str
    follows: Supervision | None = None


def worth_supervising(office: Procuratorate, on: date, stack: Stack) -> list[Pressing]:
    """Departments to press (practice 13): their own date passed while the answer's day is near, or an order let pass.

    Empty where the books know no levels of 督办."""
    if not stack.supervision_levels(on):
        return []
    return [*_unanswered(office, on, stack), *_late_parts(office, on)]


def _late_parts(office: Procuratorate, on: date) -> list[Pressing]:
    running = Supervision.objects.filter(
        matters=OuterRef("matter"), department=OuterRef("undertaking__department"), state__in=RUNNING_SUPERVISION
    )
    late = Deadline.objects.filter(
        limit_code=LimitCode.DEPT_HANDLE, met_at=None, dropped_at=None, due_on__lt=on,
        undertaking__department__isnull=False, matter__procuratorate=office, matter__is_open=True,
        matter__status__in=[Status.ASSIGNED, Status.IN_HAND],
    )  # fmt: skip
    rows = late.exclude(matter__visibility=Visibility.SEALED).exclude(Exists(running))
    chosen = list(
        rows.select_related("matter", "undertaking__department", "undertaking__matter").order_by("due_on", "id")[
            :LOOKED_AT
        ]
    )
    near = _near(chosen, on)
    found = []
    for row in chosen:
        part, day = row.undertaking, near.get(row.matter_id)
        if part is None or day is None or (part.role == HandlerRole.ASSIST and part.opinion_on is not None):
            continue
        what = "已逾期" if day.due_on < on else f"期限临近（{day.due_on:%Y-%m-%d}）"
        found.append(Pressing(part, day.due_on, f"部门办理期限{row.due_on:%Y-%m-%d}已过，{day.label}{what}"))
    return found


def _near(rows: list[Deadline], on: date) -> dict[int, Deadline]:
    """The answer's own day of each matter, where it has come as near as the leader is told of."""
    days = Deadline.objects.filter(
        matter__in={row.matter_id for row in rows}, undertaking=None, limit_code__in=STATUTORY, met_at=None,
        dropped_at=None,
    )  # fmt: skip
    found: dict[int, Deadline] = {}
    for day in days.order_by("due_on", "id"):
        rungs = [RungDay(Rung(rung), date.fromisoformat(each)) for rung, each in day.rungs]
        if current_rung(rungs, on) in PRESSED_FROM or day.due_on < on:
            found.setdefault(day.matter_id, day)
    return found


def _unanswered(office: Procuratorate, on: date, stack: Stack) -> list[Pressing]:
    passed = Deadline.objects.filter(
        supervision__procuratorate=office, supervision__state__in=WITH_DEPARTMENT, met_at=None, dropped_at=None,
        due_on__lt=on,
    ).exclude(supervision__raised_by__state__in=RUNNING_SUPERVISION)  # fmt: skip
    days: dict[int, Deadline] = {}
    for day in passed.select_related("supervision__department", "supervision__number").order_by("due_on", "id"):
        days.setdefault(day.supervision_id or 0, day)
    found = []
    for day in list(days.values())[:LOOKED_AT]:
        order = day.supervision
        assert order is not None
        above = next_level(stack, order.level, on)
        part = Undertaking.objects.filter(matter=day.matter_id, department=order.department).exclude(status="moved")
        first = part.select_related("matter", "department").first()
        if above is not None and first is not None:
            why = f"{order.number}回报期限{day.due_on:%Y-%m-%d}已过，建议升级为{above.title}"
            found.append(Pressing(first, day.due_on, why, follows=order))
    return found
