"""The register leaves the house as a file: said who took it, how many, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


@operation
def note_export(*, count: int, filters: Mapping[str, str], actor: PostActor, at: datetime) -> None:
    """Record that the register was exported with masked phones. Raises NotAllowed."""
    require(actor, "people.export")
    target = Target(kind="people.register", key=actor.procuratorate, label=f"{count}人的名册")
    record("people.exported", actor=actor, target=target, at=at, count=count, filters=dict(filters))
