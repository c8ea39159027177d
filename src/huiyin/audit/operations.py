"""Reading is an act too. Who may is asked by the face: this room lies below the table of verbs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from huiyin.audit.actors import Actor, Target
from huiyin.audit.models import Record
from huiyin.audit.scope import operation
from huiyin.audit.scope import record as leave_record
from huiyin.kernel.refusals import Refusal

SHORTEST_REASON: Final = 4


class ReasonNeeded(Refusal):
    """Content is opened with a reason only (practice 5)."""

    code = "audit.reason_needed"


@operation
def open_content(*, row: Record, reason: str, actor: Actor, at: datetime) -> None:
    """Record that somebody opened the content of a record, and why. Raises ReasonNeeded."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded("请写明查阅事由，例如核查的线索、通知的文号。")
    target = Target(kind="audit.record", key=str(row.pk), label=f"第{row.pk}号记录")
    leave_record("audit.opened", actor=actor, target=target, at=at, reason=reason.strip())


@operation
def note_export(*, count: int, filters: dict[str, Any], form: str, actor: Actor, at: datetime) -> None:
    """Record that records were exported: how many, which, in what form."""
    target = Target(kind="audit.record", key="", label=f"{count}条审计记录")
    leave_record("audit.exported", actor=actor, target=target, at=at, count=count, filters=filters, form=form)
