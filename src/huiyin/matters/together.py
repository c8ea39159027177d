"""并案办理: which matters are handled together, and which of their parts are twins.

One matter leads; the others keep number, people, days, letter and file of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter, Relation, Undertaking
from huiyin.matters.queries import running_parts


@dataclass(frozen=True)
class Group:
    """Matters handled together: the one that leads, and the others in the order in which they joined."""

    lead: Matter
    joined: tuple[Matter, ...]

    @property
    def all(self) -> tuple[Matter, ...]:
        return (self.lead, *self.joined)


def joins(matter: Matter) -> QuerySet[Relation]:
    """The links by which a matter is handled together with others, seen from either side."""
    return Relation.objects.filter(Q(matter=matter) | Q(other=matter), kind=RelationKind.MERGED)


def group_of(matter: Matter) -> Group | None:
    """The matters a matter is handled together with, itself among them; None where it is handled alone."""
    own = joins(matter).select_related("other__procuratorate").order_by("id").first()
    if own is None:
        return None
    links = Relation.objects.filter(other=own.other_id, kind=RelationKind.MERGED).order_by("id")
    joined = tuple(link.matter for link in links.select_related("matter__procuratorate"))
    return Group(own.other, joined)


def others_of(matter: Matter) -> list[Matter]:
    """The open matters handled together with this one."""
    group = group_of(matter)
    return [each for each in group.all if each.pk != matter.pk and each.is_open] if group else []


def twins_of(part: Undertaking, *, statuses: Iterable[str]) -> list[Undertaking]:
    """The same unit's same part in the matters handled together with this one, as far as it stands so."""
    others = others_of(part.matter)
    same = Undertaking.objects.filter(
        matter__in=others, department=part.department_id, organ=part.organ_id, role=part.role, status__in=statuses
    )
    return list(same.select_related("matter__procuratorate", "department", "organ", "handler").order_by("id"))


def answering(matter: Matter) -> set[int]:
    """The departments that answer for a matter; empty while it is not routed."""
    own = running_parts(matter).exclude(role="assist").exclude(department=None)
    return set(own.values_list("department_id", flat=True))
