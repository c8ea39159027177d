"""The office head signs the sheet, the leader agrees, changes single rows or writes a 批示 that becomes the routing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.operations import MeetingDecision, PaperSignature, decide
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters.operations.undertakings import Part, assign
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import Proposal, ProposalRow
from huiyin.suggestions.moves import advance_proposal
from huiyin.suggestions.operations.propose import send_back, target_of, tell_signers
from huiyin.suggestions.routing_together import require_together
from huiyin.suggestions.rules import ProposalStep
from huiyin.suggestions.sheets import RowPlan, check_plan, completed, digest_of, plan_of, plans_of, rows_of, write_row


class NotYourRow(Refusal):
    """A leader changes the rows he leads; the office head any."""

    code = "suggestions.not_your_row"


@operation
def decide_proposal(
    *,
    proposal: Proposal,
    step: ApprovalStep,
    verdict: Verdict,
    opinion: str,
    changes: Sequence[RowPlan] = (),
    subject_hash: str,
    actor: PostActor,
    version: int,
    at: datetime,
    paper: PaperSignature | None = None,
    meeting: MeetingDecision | None = None,
) -> Proposal:
    """Sign a step of the sheet; changed rows are signed in the same act and become the routing.

    subject_hash and version: of the sheet and its approval as read. After the last signature every matter on it is
    assigned. Raises NotAllowed, NotYourRow, RowIncomplete, RoutingIncomplete, RoutedApart and what `approvals.decide`
    raises."""
    require(actor, "suggestions.decide_proposal", proposal)
    assert proposal.approval is not None
    changed = _change_rows(proposal, step, changes, at) if verdict is Verdict.AGREE else []
    approval = decide(
        approval=proposal.approval,
        step=step,
        verdict=verdict,
        opinion=opinion,
        subject_hash=subject_hash,
        edited_hash=digest_of(proposal) if changed else "",
        actor=actor,
        version=version,
        at=at,
        paper=paper,
        meeting=meeting,
    )
    proposal.approval = approval
    match ApprovalStatus(approval.status):
        case ApprovalStatus.AGREED:
            _carry_out(proposal, actor, at)
        case ApprovalStatus.RETURNED:
            send_back(proposal, version=proposal.version, at=at)
            _tell_drafter(proposal, opinion, at)
        case _:
            tell_signers(proposal, at)
    facts = {"step": step.code, "verdict": verdict.value, "changed": changed, "on_paper": paper is not None}
    record("suggestions.proposal_decided", actor=actor, target=target_of(proposal), at=at, **facts)
    return proposal


def _change_rows(proposal: Proposal, step: ApprovalStep, changes: Sequence[RowPlan], at: datetime) -> list[str]:
    """Write the rows that differ from what stands there; returns their numbers."""
    rows = {row.matter_id: row for row in rows_of(proposal)}
    changed = []
    for change in changes:
        row = rows.get(change.matter.pk)
        wanted = completed(change, at.date())
        if row is None or _same(plan_of(row), wanted):
            continue
        _require_own(row, step)
        check_plan(wanted, at.date())
        write_row(row, wanted, by_leader=_is_leader(step))
        changed.append(row.matter.number)
    if changed:
        require_together(plans_of(proposal))
    return changed


def _same(one: RowPlan, other: RowPlan) -> bool:
    mine, theirs = ((plan.leader, frozenset(plan.parts), plan.opinion, plan.instruction) for plan in (one, other))
    return mine == theirs


def _is_leader(step: ApprovalStep) -> bool:
    return step.post is not None and step.post.role_enum in {Role.CHIEF, Role.DEPUTY_CHIEF}


def _require_own(row: ProposalRow, step: ApprovalStep) -> None:
    if _is_leader(step) and row.leader_id != step.post_id:
        whose = row.leader.label if row.leader else "其他院领导"
        raise NotYourRow(f"{row.matter.number}由{whose}领衔，请由其改动；您可以改动自己领衔的各件。")


def _carry_out(proposal: Proposal, actor: PostActor, at: datetime) -> None:
    advance_proposal(proposal, ProposalStep.AGREE, version=proposal.version)
    for plan in plans_of(proposal):
        assert plan.leader is not None
        assign(
            matter=plan.matter,
            leader=plan.leader,
            parts=[_from_today(part, at) for part in plan.parts],
            actor=actor,
            version=plan.matter.version,
            at=at,
        )


def _from_today(part: Part, at: datetime) -> Part:
    """A date that passed while the sheet lay for signature becomes the day of the signature."""
    due_on = max(part.due_on, at.date()) if part.due_on else None
    return Part(role=part.role, department=part.department, organ=part.organ, due_on=due_on)


def _tell_drafter(proposal: Proposal, opinion: str, at: datetime) -> None:
    assert proposal.approval is not None
    queue(
        event_key=f"proposal:{proposal.pk}:returned:{proposal.approval.pk}",
        title=f"拟办单{proposal.number}退回修改",
        body=f"拟办单{proposal.number}退回修改：{opinion}",
        at=at,
        post=proposal.drafted_by,
        lane=Lane.STATUTORY,
        link=f"/desk/proposals/{proposal.pk}/",
        procuratorate=proposal.procuratorate,
    )
