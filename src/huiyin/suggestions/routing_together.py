"""并案 while it is routed: what is handled together goes to one department, or is separated first."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from huiyin.kernel.refusals import Refusal
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter, Relation
from huiyin.matters.rules import HandlerRole
from huiyin.matters.together import answering, others_of
from huiyin.organisations.models import Department
from huiyin.suggestions.sheets import RowPlan


class RoutedApart(Refusal):
    """Matters handled together would go to different departments."""

    code = "suggestions.routed_apart"


def require_together(plans: Sequence[RowPlan]) -> None:
    """Of matters handled together, those on a sheet go where the others on it go, or are. Raises RoutedApart."""
    keys = [plan.matter.pk for plan in plans]
    merged = Relation.objects.filter(Q(matter__in=keys) | Q(other__in=keys), kind=RelationKind.MERGED)
    joined = {key for pair in merged.values_list("matter", "other") for key in pair}
    planned = {plan.matter.pk: _answering(plan) for plan in plans}
    for plan in plans:
        if plan.matter.pk in joined:
            _require_same(plan.matter, planned)


def _require_same(matter: Matter, planned: dict[int, set[int]]) -> None:
    own = planned[matter.pk]
    for other in others_of(matter):
        theirs = planned.get(other.pk) or answering(other)
        if theirs and own != theirs:
            raise RoutedApart(
                f"{matter.known_as}与{other.known_as}并案办理，要由同一部门负责；现在拟由{_named(own)}和{_named(theirs)}"
                "分别办理。请改为同一部门，或者先在事项页分开办理。"
            )


def _answering(plan: RowPlan) -> set[int]:
    return {part.department.pk for part in plan.parts if part.department and part.role is not HandlerRole.ASSIST}


def _named(keys: set[int]) -> str:
    return "、".join(Department.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True))
