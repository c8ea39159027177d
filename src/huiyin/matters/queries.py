"""Every read of the engine beyond one filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from huiyin.approvals.queries import stands_in_for
from huiyin.matters.models import Matter, Participant, Undertaking
from huiyin.matters.rules import UndertakingStatus, Visibility
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.organisations.rules import Role


def posts_with(procuratorate: Procuratorate, *roles: Role, on: date) -> list[Post]:
    """Who holds one of the roles in an office on a day."""
    held = Post.objects.held_on(on).filter(procuratorate=procuratorate, role__in=roles)
    return list(held.select_related("staff", "department", "procuratorate").order_by("id"))


def department_heads(department: Department, *, on: date) -> list[Post]:
    """Who heads a department on a day; the office's own head heads the office."""
    return _in_department(department, {Role.DEPARTMENT_HEAD, Role.OFFICE_HEAD}, on)


def handlers_in(department: Department, *, on: date) -> list[Post]:
    """Who may be chosen as handler in a department: its handlers first, then its head."""
    return _in_department(department, {Role.HANDLER}, on) + department_heads(department, on=on)


def _in_department(department: Department, roles: set[Role], on: date) -> list[Post]:
    held = Post.objects.held_on(on).filter(department=department, role__in=roles)
    return list(held.select_related("staff", "department", "procuratorate").order_by("id"))


def leaders(procuratorate: Procuratorate, *, on: date) -> list[Post]:
    """The leadership of an office: every matter is led by one of them (S3-24)."""
    return posts_with(procuratorate, Role.CHIEF, Role.DEPUTY_CHIEF, on=on)


def running_parts(matter: Matter) -> QuerySet[Undertaking]:
    """The undertakings that stand: not those moved elsewhere."""
    return matter.undertakings.exclude(status=UndertakingStatus.MOVED)


def undertakings_open_to(post: Post, *, on: date) -> QuerySet[Undertaking]:
    """Undertakings a post may read: a department its own, moved ones too; a leader those he assigned; the office all.

    Of a moved one a department reads why it went, the matter itself only as `Matter.objects.open_to` allows."""
    own = Undertaking.objects.filter(matter__procuratorate_id=post.procuratorate_id)
    own = own.exclude(matter__visibility=Visibility.SEALED)
    match post.role_enum:
        case Role.LIAISON_OFFICE | Role.OFFICE_HEAD | Role.CHIEF:
            return own
        case Role.DEPUTY_CHIEF:
            return own.filter(matter__leader__in=stands_in_for(post, on))
        case Role.DEPARTMENT_HEAD | Role.HANDLER if post.department_id is not None:
            mine = own.filter(department_id=post.department_id)
            return mine.filter(handler=post) if post.role_enum is Role.HANDLER else mine
        case _:
            return own.none()


def with_row_facts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """A register's rows with whom they are from and who handles them, in three queries however many rows."""
    return matters.select_related("leader__staff", "procuratorate").prefetch_related(
        Prefetch("participants", queryset=Participant.objects.order_by("position"), to_attr="brought_by"),
        Prefetch(
            "undertakings",
            queryset=Undertaking.objects.exclude(status=UndertakingStatus.MOVED)
            .select_related("department", "organ", "handler__staff")
            .order_by("id"),
            to_attr="parts",
        ),
    )


def proposer_text(participants: Iterable[Participant]) -> str:
    """张示例, 李样本等7人."""
    named = [each for each in participants if each.role in {"lead", "cosigner", "organ"}]
    if not named:
        return ""
    return named[0].name if len(named) == 1 else f"{named[0].name}等{len(named)}人"
