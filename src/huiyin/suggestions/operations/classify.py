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
from huiyin.organisations.permissions import require


class KeyWithoutReason(Refusal):
    """A suggestion becomes a key one by a criterion of the book, or by a reason in words."""

    code = "suggestions.key_without_reason"


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
    actor: PostActor,
    version: int,
    at: datetime,
) -> Matter:
    """Say what kind of problem it is and how much it weighs; may be changed at any time.

    key_criteria: titles of the book's criteria that apply. Raises NotAllowed, KeyWithoutReason, MatterMovedOn."""
    require(actor, "suggestions.classify", matter)
    why = "；".join([*key_criteria, *([key_reason] if key_reason else [])])
    if is_key and not why:
        raise KeyWithoutReason("列为重点办理的，请至少选择一条标准，或者写明理由。")
    new: dict[str, Any] = {
        "category": category,
        "problem_class": problem_class or "",
        "is_key": is_key,
        "key_reason": why[:200] if is_key else "",
        "urgency": urgency,
    }
    changes = {name: [getattr(matter, name), value] for name, value in new.items() if getattr(matter, name) != value}
    write(matter, version=version, at=at, **new)
    record("suggestions.classified", actor=actor, target=target(matter), at=at, changes=changes)
    return matter
