"""The register leaves the house as a file: said who took it, how many, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


@operation
def note_export(*, count: int, filters: Mapping[str, str], actor: PostActor, at: datetime) -> None:
    """Record that the register was exported with masked phones. Raises NotAllowed."""
    require(actor, "people.export")
    target = Target(kind="people.register", key=actor.procuratorate, label=f"{count}人的名册")
    record("people.exported", actor=actor, target=target, at=at, count=count, filters=dict(filters))


class ReasonMissing(Refusal):
    """Whole numbers leave the house for a reason only."""

    code = "people.export_reason_missing"


@operation
def note_full_export(*, count: int, filters: Mapping[str, str], reason: str, actor: PostActor, at: datetime) -> None:
    """Record that the register was exported with whole phone numbers, and why (practice 43).

    Raises NotAllowed, ReasonMissing."""
    require(actor, "people.export_full")
    if not reason.strip():
        raise ReasonMissing("请写明为什么要导出完整号码、给谁用。")
    target = Target(kind="people.register", key=actor.procuratorate, label=f"{count}人的名册（完整号码）")
    facts = {"count": count, "filters": dict(filters), "reason": reason.strip()}
    record("people.exported_in_full", actor=actor, target=target, at=at, **facts)
