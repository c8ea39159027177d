"""承诺台账: the steps on the way to what was promised, and what was not kept by its day, with why (S3-107, S3-112)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Commitment, Milestone
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules.following import Horizon
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.rules.wording import day_text


class MilestonesWrong(Refusal):
    """A step without words or day, after the promise's own day, or done in the future."""

    code = "matters.milestones_wrong"


class CommitmentNotDue(Refusal):
    """Its day has not come, it was kept, or nobody says why."""

    code = "matters.commitment_not_due"


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """One step as typed."""

    text: str
    due_on: date | None
    done_on: date | None = None
    note: str = ""


@operation
def set_milestones(
    *, commitment: Commitment, rows: Sequence[MilestoneRow], horizon: Horizon | None, actor: PostActor, at: datetime
) -> list[Milestone]:
    """Write the steps of a promise anew, in order of their days. Raises NotAllowed, MilestonesWrong."""
    require(actor, "matters.set_milestones", commitment.matter)
    for place, row in enumerate(rows, start=1):
        _check(row, place, commitment, at.date())
    Milestone.objects.filter(commitment=commitment).delete()
    ordered = sorted(rows, key=lambda row: row.due_on or commitment.promised_on)
    made = [
        Milestone(
            commitment=commitment, position=place, text=clip(row.text.strip(), 200),
            due_on=row.due_on or commitment.promised_on, done_on=row.done_on, note=clip(row.note.strip(), 200),
        )
        for place, row in enumerate(ordered, start=1)
    ]  # fmt: skip
    Milestone.objects.bulk_create(made)
    Commitment.objects.filter(pk=commitment.pk).update(horizon=horizon or "")
    steps = [{"text": each.text, "due": each.due_on, "done": each.done_on} for each in made]
    facts = {"commitment": commitment.pk, "horizon": horizon or "", "steps": steps}
    record("matters.milestones_set", actor=actor, target=target(commitment.matter), at=at, **facts)
    return made


def _check(row: MilestoneRow, place: int, commitment: Commitment, today: date) -> None:
    if not row.text.strip() or row.due_on is None:
        raise MilestonesWrong(f"第{place}个节点要写明内容和时间。")
    if row.due_on > commitment.promised_on:
        raise MilestonesWrong(f"第{place}个节点不能晚于承诺完成日{day_text(commitment.promised_on)}。")
    if row.done_on is not None and row.done_on > today:
        raise MilestonesWrong(f"第{place}个节点的完成日期不能晚于今天。")


@operation
def miss_commitment(*, commitment: Commitment, reason: str, actor: PostActor, at: datetime) -> Commitment:
    """Record that a promise was not kept by its day, and why; it may still be kept. Raises NotAllowed,
    CommitmentNotDue."""
    require(actor, "matters.miss_commitment", commitment.matter)
    if commitment.promised_on > at.date():
        raise CommitmentNotDue(f"承诺完成日是{day_text(commitment.promised_on)}，还没有到。")
    if not reason.strip():
        raise CommitmentNotDue("请写明没有按期兑现的原因。")
    said = {"missed_on": at.date(), "missed_reason": clip(reason.strip(), 300)}
    if not Commitment.objects.filter(pk=commitment.pk, done_on=None).update(**said):
        raise CommitmentNotDue("这项承诺已经登记完成。")
    commitment.refresh_from_db()
    facts = {"commitment": commitment.pk, "reason": reason}
    record("matters.commitment_missed", actor=actor, target=target(commitment.matter), at=at, **facts)
    return commitment
