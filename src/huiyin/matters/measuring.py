"""改进措施: when they are due, what a post sees, and which the year leaves open."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from huiyin.matters.models import Matter, Measure
from huiyin.matters.rules import Visibility
from huiyin.matters.rules.following import MeasureState
from huiyin.organisations.models import Charge, Post, Procuratorate
from huiyin.organisations.rules import Role
from huiyin.regulations.books import Cadence, Stack
from huiyin.regulations.rules import Basis

CADENCE = "improvement_measure"


def year_end(stack: Stack, on: date) -> tuple[date | None, Basis | None]:
    """The day of this year by which measures are accounted for, and which rule says so; None where no book does."""
    rule = stack.find(Cadence, CADENCE, on)
    if rule is None or not rule.by:
        return None, None
    days = [date(on.year, each.month, each.day) for each in rule.by]
    ahead = [day for day in days if day >= on]
    first = rule.by[0]
    return (ahead[0] if ahead else date(on.year + 1, first.month, first.day)), rule.basis


def measures_open_to(post: Post, *, on: date) -> QuerySet[Measure]:
    """Measures a post may read: the office all, a leader those of his departments and matters, a department its own,
    and whoever answers for one."""
    own = Measure.objects.filter(procuratorate_id=post.procuratorate_id)
    own = own.exclude(matter__visibility=Visibility.SEALED)
    match post.role_enum:
        case Role.LIAISON_OFFICE | Role.OFFICE_HEAD | Role.CHIEF:
            return own
        case Role.DEPUTY_CHIEF:
            held = Charge.objects.filter(post=post, from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))
            return own.filter(Q(department__in=held.values("department")) | Q(matter__leader=post))
        case Role.DEPARTMENT_HEAD if post.department_id is not None:
            return own.filter(Q(department_id=post.department_id) | Q(owner=post))
        case Role.HANDLER if post.department_id is not None:
            seen = Matter.objects.open_to(post).values("pk")
            return own.filter(Q(owner=post) | Q(matter__in=seen, department_id=post.department_id))
        case _:
            return own.none()


def open_at_year_end(office: Procuratorate, year: int) -> QuerySet[Measure]:
    """Measures begun by the end of a year and not carried out within it: for the yearly account, each with why."""
    last = date(year, 12, 31)
    begun = Measure.objects.filter(procuratorate=office, starts_on__lte=last)
    return begun.filter(Q(status=MeasureState.OPEN) | Q(status=MeasureState.NOT_DONE) | Q(ended_on__gt=last)).filter(
        Q(ended_on=None) | Q(ended_on__gte=date(year, 1, 1))
    )
