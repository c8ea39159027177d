"""拟办: one sheet for many matters, drafted by the liaison office and sent up (practice 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from huiyin.approvals.models import Approval, ApprovalStep
from huiyin.approvals.operations import start, stop
from huiyin.approvals.queries import open_steps, resolve
from huiyin.approvals.rules import ApprovalStatus
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.models import ApprovalLink, Matter
from huiyin.matters.moves import advance
from huiyin.matters.rules import STATUS_LABELS, Status, Step
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.queries import substitutes_of
from huiyin.regulations.books.vocabulary import StepKind, Who
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.models import RUNNING, Proposal, ProposalRow
from huiyin.suggestions.moves import advance_proposal, write_proposal
from huiyin.suggestions.routing_together import require_together
from huiyin.suggestions.rules import ROWS_A_SHEET, ProposalStatus, ProposalStep
from huiyin.suggestions.sheets import RowPlan, check_plan, completed, digest_of, plans_of, write_row

SUBJECT_KIND = "suggestions.proposal"
CHAIN = "routing_proposal"
SERIES = "register:proposal_sheet"
PATTERN = "{prefix}拟〔{year}〕{value}号"


class NothingToPropose(Refusal):
    """A sheet without a row."""

    code = "suggestions.nothing_to_propose"


class SheetTooLong(Refusal):
    """More rows than one sheet takes."""

    code = "suggestions.sheet_too_long"


class NotForProposal(Refusal):
    """A matter that is routed already, or stands on another sheet."""

    code = "suggestions.not_for_proposal"


def draft_proposal(*, matters: Sequence[Matter], actor: PostActor, request_key: UUID, at: datetime) -> Proposal:
    """Begin a sheet for these matters; the second post of one key is given the first sheet.

    Raises NotAllowed, NothingToPropose, SheetTooLong, NotForProposal."""
    first = Proposal.objects.filter(drafted_by=actor.post, request_key=request_key).first()
    if first is not None:
        return first
    try:
        return _draft(matters=matters, actor=actor, request_key=request_key, at=at)
    except (IntegrityError, NotForProposal):  # the other half of a double click was faster
        first = Proposal.objects.filter(drafted_by=actor.post, request_key=request_key).first()
        if first is None:
            raise
        return first


@operation
def _draft(*, matters: Sequence[Matter], actor: PostActor, request_key: UUID, at: datetime) -> Proposal:
    if not matters:
        raise NothingToPropose("请先在登记簿里勾选要拟办的事项。")
    if len(matters) > ROWS_A_SHEET:
        raise SheetTooLong(f"一张拟办单最多列{ROWS_A_SHEET}件，这次选了{len(matters)}件，请分成几张。")
    for matter in _locked(matters):
        require(actor, "suggestions.propose", matter)
        _require_free(matter)
    office = actor.post.procuratorate
    number = allot(procuratorate=office, code=SERIES, year=at.year, pattern=PATTERN, actor=actor, at=at)
    proposal = Proposal.objects.create(
        procuratorate=office, number=number.text, drafted_by=actor.post, drafted_at=at, request_key=request_key
    )
    for position, matter in enumerate(matters, start=1):
        ProposalRow.objects.create(proposal=proposal, matter=matter, position=position)
    numbers = [matter.number for matter in matters]
    record("suggestions.proposal_drafted", actor=actor, target=target_of(proposal), at=at, matters=numbers)
    return proposal


def _locked(matters: Sequence[Matter]) -> list[Matter]:
    """The matters as they stand, held until the end, so that no second sheet begins with one of them meanwhile."""
    rows = Matter.objects.select_related("procuratorate").select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=[matter.pk for matter in matters]).order_by("pk"))


def _require_free(matter: Matter) -> None:
    if matter.status != Status.REGISTERED:
        label = STATUS_LABELS[Status(matter.status)]
        raise NotForProposal(f"{matter.number}现在是“{label}”，不能再列入拟办单；需要改派的请由承办部门申请调整。")
    waiting = [ProposalStatus.DRAFT, ProposalStatus.SIGNING]
    other = ProposalRow.objects.filter(matter=matter, proposal__status__in=waiting).select_related("proposal").first()
    if other is not None:
        raise NotForProposal(f"{matter.number}已经列在{other.proposal.number}上，请在那张拟办单里办理。")
    if matter.returns.filter(state__in=RUNNING).exists():
        raise NotForProposal(f"{matter.known_as}正在商请退回交办机关；要由本院办理的，先在事项页撤回退回。")


@operation
def fill_proposal(
    *, proposal: Proposal, opinion: str, plans: Sequence[RowPlan], actor: PostActor, version: int, at: datetime
) -> Proposal:
    """Write the sheet: who leads, who handles, by when; rows no longer named leave it.

    A leader and dates left open are filled in from who is in charge and from the book. Raises NotAllowed,
    NothingToPropose, ProposalMovedOn, ProposalStepNotAllowed."""
    require(actor, "suggestions.propose", proposal)
    _require_draft(proposal)
    write_proposal(proposal, version=version, opinion=opinion)
    _write_plans(proposal, [completed(plan, at.date()) for plan in plans])
    record("suggestions.proposal_filled", actor=actor, target=target_of(proposal), at=at, rows=len(plans))
    return proposal


def _write_plans(proposal: Proposal, plans: Sequence[RowPlan]) -> None:
    rows = {row.matter_id: row for row in proposal.rows.all()}
    named = [plan for plan in plans if plan.matter.pk in rows]
    if not named:
        raise NothingToPropose("拟办单上至少要有一件事项；整张不要了请用“作废”。")
    for plan in named:
        write_row(rows[plan.matter.pk], plan)
    gone = rows.keys() - {plan.matter.pk for plan in named}
    proposal.rows.filter(matter_id__in=gone).delete()


def _require_draft(proposal: Proposal) -> None:
    if proposal.status != ProposalStatus.DRAFT:
        raise NotForProposal(f"{proposal.number}已经送批，不能再改；要改请先撤回。")


@operation
def send_proposal(*, proposal: Proposal, actor: PostActor, version: int, at: datetime) -> Approval:
    """Send the sheet up: office head first, then every leader named on it.

    Raises NotAllowed, RowIncomplete, RoutingIncomplete, RoutedApart, RuleNotFound, PostMissing, OwnDraft,
    StepNotAllowed, ProposalMovedOn."""
    require(actor, "suggestions.propose", proposal)
    advance_proposal(proposal, ProposalStep.SEND, version=version)
    plans = plans_of(proposal)
    for plan in plans:
        check_plan(plan, at.date())
    require_together(plans)
    chain = stack_for(proposal.procuratorate, on=at.date()).chain(CHAIN, at.date())
    leaders = list({plan.leader.pk: plan.leader for plan in plans if plan.leader}.values())
    posts = resolve(chain, procuratorate=proposal.procuratorate, on=at.date(), leader=leaders[0])
    for step in chain.steps:
        if step.kind is StepKind.DECIDE and step.who is Who.IN_CHARGE:
            posts[step.code] = leaders
    approval = start(
        subject_kind=SUBJECT_KIND,
        subject_id=proposal.pk,
        subject_hash=digest_of(proposal, plans),
        subject_label=_label(proposal, plans),
        chain=chain,
        posts=posts,
        procuratorate=proposal.procuratorate,
        actor=actor,
        at=at,
    )
    Proposal.objects.filter(pk=proposal.pk).update(approval=approval)
    proposal.approval = approval
    for plan in plans:
        advance(plan.matter, Step.PROPOSE, version=plan.matter.version, at=at)
        ApprovalLink.objects.create(matter=plan.matter, approval=approval)
        indexing.reindex(plan.matter)
    tell_signers(proposal, at)
    record("suggestions.proposal_sent", actor=actor, target=target_of(proposal), at=at, rows=len(plans))
    return approval


def _label(proposal: Proposal, plans: Sequence[RowPlan]) -> str:
    first = plans[0].matter
    more = f"等{len(plans)}件" if len(plans) > 1 else ""
    return f"拟办单{proposal.number}：{first.external_number}《{first.title}》{more}"


@operation
def recall_proposal(*, proposal: Proposal, reason: str, actor: PostActor, version: int, at: datetime) -> Proposal:
    """Take a sheet back from the road to change it. Raises NotAllowed, ProposalStepNotAllowed, ProposalMovedOn."""
    require(actor, "suggestions.propose", proposal)
    approval = proposal.approval
    if approval is not None and approval.status == ApprovalStatus.RUNNING:
        stop(approval=approval, reason=reason, actor=actor, at=at)
    send_back(proposal, version=version, at=at)
    record("suggestions.proposal_recalled", actor=actor, target=target_of(proposal), at=at, reason=reason)
    return proposal


def send_back(proposal: Proposal, *, version: int, at: datetime) -> None:
    """The sheet is a draft again, its matters wait to be proposed; always inside an operation."""
    advance_proposal(proposal, ProposalStep.RETURN, version=version)
    for row in proposal.rows.select_related("matter__procuratorate"):
        advance(row.matter, Step.RETURN_PROPOSAL, version=row.matter.version, at=at)
        indexing.reindex(row.matter)


@operation
def drop_proposal(*, proposal: Proposal, actor: PostActor, version: int, at: datetime) -> Proposal:
    """Give a draft sheet up; its number stays in the register. Raises NotAllowed, ProposalStepNotAllowed."""
    require(actor, "suggestions.propose", proposal)
    advance_proposal(proposal, ProposalStep.DROP, version=version)
    record("suggestions.proposal_dropped", actor=actor, target=target_of(proposal), at=at)
    return proposal


def tell_signers(proposal: Proposal, at: datetime) -> None:
    """Word to whoever the sheet waits for now."""
    if proposal.approval is None:
        return
    for step in open_steps(proposal.approval):
        if step.post is not None:
            for post in (step.post, *substitutes_of(step.post, at.date())):
                tell_signer(proposal, step, post, at)


def tell_signer(proposal: Proposal, step: ApprovalStep, post: Post, at: datetime) -> None:
    """One message to one signer."""
    opened = step.opened_at.isoformat(timespec="seconds") if step.opened_at else ""
    queue(
        event_key=f"approval_step:{step.pk}:{opened}",
        title=f"待您{step.label}：拟办单{proposal.number}",
        body=f"拟办单{proposal.number}（{proposal.rows.count()}件）请您{step.label}。",
        at=at,
        post=post,
        lane=Lane.STATUTORY,
        link=f"/desk/proposals/{proposal.pk}/",
        procuratorate=proposal.procuratorate,
    )


def target_of(proposal: Proposal) -> Target:
    """A sheet as the audit names it."""
    return Target(kind="suggestions.proposal", key=str(proposal.pk), label=f"拟办单{proposal.number}")
