"""What a letter promised: kept, with the day and what was done; the deputy is told in the yearly report."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Commitment
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class CommitmentNotKept(Refusal):
    """Kept before, in the future, or without a word about it."""

    code = "matters.commitment_not_kept"


@operation
def keep_commitment(*, commitment: Commitment, done_on: date, note: str, actor: PostActor, at: datetime) -> Commitment:
    """Record that a promise was kept. Raises NotAllowed, CommitmentNotKept."""
    require(actor, "matters.keep_commitment", commitment.matter)
    if done_on > at.date():
        raise CommitmentNotKept("完成日期不能晚于今天。")
    if not note.strip():
        raise CommitmentNotKept("请写明完成情况。")
    open_one = Commitment.objects.filter(pk=commitment.pk, done_on=None)
    if not open_one.update(done_on=done_on, note=clip(note.strip(), 300)):
        raise CommitmentNotKept("这项承诺已经登记完成，不用重复登记。")
    commitment.refresh_from_db()
    facts = {"commitment": commitment.pk, "done_on": done_on}
    record("matters.commitment_kept", actor=actor, target=target(commitment.matter), at=at, **facts)
    return commitment
