"""Reads beyond one filter: who stands in for whom, whose door is locked, what a post has in hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from huiyin.organisations import raw_sql
from huiyin.organisations.models import CongressBody, Post, Procuratorate, Staff, Substitution
from huiyin.organisations.registry import open_work
from huiyin.organisations.rules import ASSIGNERS, BODY_KIND_LABELS, BodyKind


def posts_of(procuratorate: Procuratorate, on: date) -> list[Post]:
    """Posts held in an office on a day, by department, then role."""
    held = Post.objects.held_on(on).filter(procuratorate=procuratorate)
    return list(
        held.select_related("staff", "department", "procuratorate").order_by(
            "department__position", "department_id", "role", "id"
        )
    )


def substitutes_of(post: Post, on: date) -> list[Post]:
    """Who may act for a post on a day, 代."""
    now_on = Substitution.objects.filter(post=post, from_on__lte=on, until_on__gt=on)
    return [each.substitute for each in now_on.select_related("substitute__staff", "substitute__procuratorate")]


def stands_in_for(post: Post, on: date) -> list[Post]:
    """Which posts this one acts for on a day, 代."""
    now_on = Substitution.objects.filter(substitute=post, from_on__lte=on, until_on__gt=on)
    return [each.post for each in now_on.select_related("post__staff", "post__procuratorate")]


def bodies_of(
    procuratorate: Procuratorate,
    on: date,
    *,
    kinds: Collection[BodyKind] = tuple(BODY_KIND_LABELS),
    besides: CongressBody | None = None,
) -> QuerySet[CongressBody]:
    """The outside bodies an office may choose on a day, by kind; besides: one that stays chosen though stopped."""
    offered = (Q(ended_on__isnull=True) | Q(ended_on__gt=on)) & Q(kind__in=kinds)
    kept = Q(pk=besides.pk if besides else None)
    return CongressBody.objects.filter(offered | kept, procuratorate=procuratorate).order_by("kind", "id")


def assigner_choices(procuratorate: Procuratorate) -> list[tuple[str, str]]:
    """Key and name of every 交办机关 not taken out of use."""
    return _named(bodies_of(procuratorate, date.max, kinds=ASSIGNERS))


def assigner_names(procuratorate: Procuratorate) -> list[tuple[str, str]]:
    """Key and name of every 交办机关, those taken out of use included: what an older list says."""
    return _named(CongressBody.objects.filter(procuratorate=procuratorate, kind__in=ASSIGNERS))


def bodies_named(procuratorate: Procuratorate, *, kinds: Collection[BodyKind]) -> list[tuple[str, str]]:
    """Key and name of every body of these kinds not taken out of use."""
    return _named(bodies_of(procuratorate, date.max, kinds=kinds))


def _named(bodies: Iterable[CongressBody]) -> list[tuple[str, str]]:
    return [(str(body.pk), body.name) for body in bodies]


def uses_of(body: CongressBody) -> int:
    """How many rows of any room point to a body; 0 as long as nothing was ever done with it."""
    count = 0
    for relation in CongressBody._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.auto_created:
            model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
            count += model._default_manager.filter(**{name: body}).count()  # type: ignore[union-attr]
    return count


def missing_guards() -> list[str]:
    """Triggers of this room that the database lacks; empty when all is well."""
    return raw_sql.missing_guards(connection)


def work_of(post: Post) -> list[tuple[str, int]]:
    """Open work by kind: label and number, kinds without any left out."""
    return [(kind.label, count) for kind in open_work() if (count := kind.count(post))]


@dataclass(frozen=True)
class Lock:
    """A name that may not be tried for the moment."""

    username: str
    staff: Staff | None
    failures: int
    until_at: datetime


def lock_of(username: str, at: datetime) -> Lock | None:
    """The lock on a name, if there is one."""
    return next(iter(_locks(AccessAttempt.objects.filter(username=username), at)), None)


def locks(at: datetime) -> list[Lock]:
    """All names locked at a moment, the latest first."""
    return sorted(_locks(AccessAttempt.objects.all(), at), key=lambda lock: lock.until_at, reverse=True)


def _locks(attempts: Iterable[AccessAttempt], at: datetime) -> list[Lock]:
    rest = timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried: dict[str, list[AccessAttempt]] = {}
    for attempt in attempts:
        if attempt.attempt_time >= at - rest:
            tried.setdefault(attempt.username or "", []).append(attempt)
    people = {staff.username: staff for staff in Staff.objects.filter(username__in=tried)}
    found = []
    for username, rows in tried.items():
        if until_at := _locked_until(rows, rest):
            failures = sum(row.failures_since_start for row in rows)
            found.append(Lock(username, people.get(username), failures, until_at))
    return found


def _locked_until(rows: list[AccessAttempt], rest: timedelta) -> datetime | None:
    """When so many of the attempts have lapsed that the rest stays under the limit; None when it does already."""
    left = sum(row.failures_since_start for row in rows)
    until_at = None
    for row in sorted(rows, key=lambda row: row.attempt_time):
        if left < settings.AXES_FAILURE_LIMIT:
            break
        left -= row.failures_since_start
        until_at = row.attempt_time + rest
    return until_at
