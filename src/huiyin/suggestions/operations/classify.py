"""Classifying: business category, class of problem, key and urgent; old and new stand in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.moves import write
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import ProblemClass, Urgency
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department
from huiyin.organisations.permissions import require
from huiyin.suggestions.models import Suggestion


class KeyWithoutReason(Refusal):
    """A suggestion becomes a key one by a criterion of the book, or by a reason in words."""

    code = "suggestions.key_without_reason"


class WeighedByItself(Refusal):
    """Once a leader has the matter, its weight is decided by acts of their own, with reason and word to everyone."""

    code = "suggestions.weighed_by_itself"


class ForeignDepartment(Refusal):
    """A department of another office, or one that was closed."""

    code = "suggestions.foreign_department"


@operation
def classify(
    *,
    matter: Matter,
    category: str,
    problem_class: ProblemClass | None,
    is_key: bool,
    key_criteria: Sequence[str] = (),
    key_reason: str = "",
    urgency: Urgency,
    department: Department | None = None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Matter:
    """Say what kind of problem it is, how much it weighs, who might handle it; may be changed at any time.

    key_criteria: titles of the book's criteria that apply. department: what the 拟办 begins with; None: whom the
    category proposes. Raises NotAllowed, WeighedByItself, KeyWithoutReason, ForeignDepartment, MatterMovedOn."""
    require(actor, "suggestions.classify", matter)
    if matter.leader_id and (is_key, urgency) != (matter.is_key, matter.urgency):
        raise WeighedByItself("这件已经有领衔的院领导，改重点或者紧急程度请在事项页用【列为重点】【加急】，写明理由。")
    why = "；".join([*key_criteria, *([key_reason] if key_reason else [])])
    if is_key and not why:
        raise KeyWithoutReason("列为重点办理的，请至少选择一条标准，或者写明理由。")
    if department and (department.procuratorate_id != matter.procuratorate_id or department.closed_on):
        raise ForeignDepartment(f"{department.name}不是本院现有的部门，请重新选择拟承办部门。")
    new: dict[str, Any] = {
        "category": category,
        "problem_class": problem_class or "",
        "is_key": is_key,
        "key_reason": why[:200] if is_key else "",
        "urgency": urgency,
    }
    changes = {name: [getattr(matter, name), value] for name, value in new.items() if getattr(matter, name) != value}
    changes |= _propose(matter, department)
    write(matter, version=version, at=at, **new)
    record("suggestions.classified", actor=actor, target=target(matter), at=at, changes=changes)
    return matter


def _propose(matter: Matter, department: Department | None) -> dict[str, list[str]]:
    """Keep who might handle it; old and new where they differ."""
    facts = Suggestion.objects.select_related("proposed_department").get(pk=matter.pk)
    before = facts.proposed_department
    if before == department:
        return {}
    Suggestion.objects.filter(pk=matter.pk).update(proposed_department=department)
    return {"proposed_department": [before.name if before else "", department.name if department else ""]}
