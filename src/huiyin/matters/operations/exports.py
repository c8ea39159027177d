"""Exports leave a record: who took which part of the register away (practice 5, 43)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


@operation
def note_export(*, rows: int, filters: Mapping[str, str], actor: PostActor, at: datetime) -> None:
    """Record an export of the register, before it leaves. Raises NotAllowed."""
    require(actor, "matters.export")
    target = Target(kind="matters.register", key=actor.procuratorate, label="建议登记表")
    record("matters.exported", actor=actor, target=target, at=at, rows=rows, filters=dict(filters))
