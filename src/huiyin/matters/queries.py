"""Every read of the engine beyond one filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from huiyin.approvals.queries import stands_in_for
from huiyin.matters.limit_codes import LAPSING
from huiyin.matters.models import Adjustment, Deadline, Matter, Participant, Undertaking
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


def concerns(post: Post) -> Q:
    """The deadlines of a matter that concern a post: a department's people do not run on another's date (13)."""
    if post.role_enum not in {Role.HANDLER, Role.DEPARTMENT_HEAD}:
        return Q()
    return Q(undertaking=None) | Q(undertaking__department=post.department_id)


def day_of(post: Post) -> str:
    """The name of the day by which a post's rows are cut, as `with_day` reads them."""
    return "day" if concerns(post) else "next_due_on"


def with_day(matters: QuerySet[Matter], post: Post) -> QuerySet[Matter]:
    """Matters with the day `day_of` names: for a department's people the next one that concerns them, None where
    none runs; for all others the matter's own, out of its index."""
    if not concerns(post):
        return matters
    running = Deadline.objects.filter(concerns(post), matter=OuterRef("pk"), met_at=None, dropped_at=None)
    first = running.exclude(limit_code__in=LAPSING).order_by("due_on", "id")
    return matters.annotate(day=Subquery(first.values("due_on")[:1]))


def may_open(post: Post, key: str = "pk") -> Exists:
    """Whether a post may open the matter of an outer row: asked row by row, where other filters leave few rows."""
    return Exists(Matter.objects.open_to(post).filter(pk=OuterRef(key)))


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


def with_list_facts(undertakings: QuerySet[Undertaking]) -> QuerySet[Undertaking]:
    """Undertakings with lead_name and signer_count of the matter, and of the request that waits for a decision
    asked_reason and office_opinion; in open_days the running deadlines, the nearest first."""
    named = Participant.objects.filter(matter=OuterRef("matter"), role__in=["lead", "cosigner", "organ"])
    counted = named.order_by().values("matter").annotate(count=Count("pk")).values("count")
    asked = Adjustment.objects.filter(undertaking=OuterRef("pk"), verdict="").order_by("-pk")
    running = Deadline.objects.filter(met_at=None, dropped_at=None).exclude(limit_code__in=LAPSING)
    return (
        undertakings.select_related("matter", "department", "organ", "handler__staff")
        .annotate(
            lead_name=Subquery(named.order_by("position").values("name")[:1]),
            signer_count=Subquery(counted),
            asked_reason=Subquery(asked.values("reason")[:1]),
            office_opinion=Subquery(asked.values("office_opinion")[:1]),
        )
        .prefetch_related(Prefetch("deadlines", queryset=running.order_by("due_on", "id"), to_attr="open_days"))
    )


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
    return named_text(named[0].name, len(named)) if named else ""


def named_text(first: str, count: int) -> str:
    """The first name, with how many there are in all."""
    return first if count < 2 else f"{first}等{count}人"
