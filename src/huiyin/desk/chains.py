"""Who decides a paper, in order, as desk/ui/chain.html shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from huiyin.approvals.models import Approval, ApprovalStep, Circulation, Decision
from huiyin.approvals.queries import readers_of
from huiyin.approvals.rules import STEP_STATUS_LABELS, ApprovalStatus, StepStatus

STATES: Final = {
    StepStatus.AGREED: "agreed",
    StepStatus.RETURNED: "returned",
    StepStatus.OPEN: "waiting",
    StepStatus.WAITING: "next",
    StepStatus.SKIPPED: "next",
}


@dataclass(frozen=True)
class Entry:
    """One signature, given or still needed."""

    step: str
    by: str
    opinion: str
    at: datetime | None
    state: str
    verdict: str


@dataclass(frozen=True)
class Chain:
    """The road of one approval, the scans of what was signed on paper, and who is given the paper to read."""

    steps: tuple[ApprovalStep, ...]
    entries: tuple[Entry, ...]
    scans: tuple[dict[str, Any], ...]
    readers: tuple[Circulation, ...] = ()


def chain_of(approval: Approval) -> Chain:
    """Steps with their last decision, then the readers, in three queries."""
    steps = tuple(approval.steps.select_related("post__staff").order_by("position", "group", "id"))
    decisions = approval.decisions.select_related(
        "post__staff", "in_place_of__staff", "recorded_by__staff", "scan", "step"
    )
    last = {decision.step_id: decision for decision in decisions.order_by("id")}
    readers = tuple(readers_of(approval))
    signing = (_entry(step, last.get(step.pk), approval) for step in steps)
    return Chain(
        steps,
        (*signing, *map(_read, readers)),
        tuple(_scan(each) for each in last.values() if each.scan is not None),
        readers,
    )


def _entry(step: ApprovalStep, decision: Decision | None, approval: Approval) -> Entry:
    status = StepStatus(step.status)
    was_cut_short = status is StepStatus.SKIPPED and approval.status != ApprovalStatus.AGREED
    verdict = STEP_STATUS_LABELS[StepStatus.WAITING if was_cut_short else status]
    if decision is None or status in {StepStatus.OPEN, StepStatus.WAITING}:
        opinion = f"对代录提出异议：{decision.objection}" if decision is not None and decision.objection else ""
        return Entry(step.label, step.post.label if step.post else "", opinion, None, STATES[status], verdict)
    return Entry(step.label, signed_by(decision), decision.opinion, decision.decided_at, STATES[status], verdict)


def _read(given: Circulation) -> Entry:
    """A reader among the signers: whether he has read the paper holds up nothing."""
    is_read = given.read_at is not None
    state, verdict = ("agreed", "已阅") if is_read else ("next", "待阅")
    return Entry("圈阅", given.post.label, given.remark, given.read_at, state, verdict)


def signed_by(decision: Decision) -> str:
    """傅检（副检察长）; with 代, 代录 and the meeting where there was one."""
    words = decision.post.label
    if decision.in_place_of is not None:
        words += f"代{decision.in_place_of.staff.name}"
    if decision.meeting:
        words += f"，{decision.meeting.get('held_on', '')}会议决定（{decision.meeting.get('minutes', '')}）"
    if decision.recorded_by is not None:
        on_paper = f"，纸质签批{decision.signed_on:%Y-%m-%d}" if decision.scan_id else ""
        words += f"{on_paper}，{decision.recorded_by.staff.name}代录"
    return words


def _scan(decision: Decision) -> dict[str, Any]:
    file = decision.scan
    assert file is not None
    kind = "pdf" if file.media_type == "application/pdf" else "other"
    return {"file": file, "name": file.name, "kind": kind, "note": f"{decision.step.label}签批件"}
