"""Rows of 拟办 sheets on their road that name a closed post as leader (practice 8)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from huiyin.approvals.models import Approval
from huiyin.approvals.operations import locked
from huiyin.approvals.rules import ApprovalStatus
from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.matters.permissions import LEADERS
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.suggestions.models import Proposal, ProposalRow
from huiyin.suggestions.rules import ProposalStatus
from huiyin.suggestions.sheets import digest_of


class SuccessorCannotLead(Refusal):
    """Matters are led by the leadership."""

    code = "suggestions.successor_cannot_lead"


def register_handover() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    register_open_work(
        OpenWork(
            code="suggestions.rows_to_lead",
            label="拟办单上拟领衔的事项",
            count=lambda post: _rows_of(post).count(),
            hand_over=_hand_over,
        )
    )


def _rows_of(post: Post) -> QuerySet[ProposalRow]:
    open_sheets = [ProposalStatus.DRAFT, ProposalStatus.SIGNING]
    return ProposalRow.objects.filter(leader=post, proposal__status__in=open_sheets)


def _hand_over(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The successor stands in the rows; what waits for signature is signed over the sheet as it now reads."""
    if successor.role_enum not in LEADERS:
        raise SuccessorCannotLead(f"拟办单上由{post.label}领衔的事项要由院领导接手，{successor.label}不是院领导。")
    rows = _rows_of(post)
    sheets = list(Proposal.objects.filter(pk__in=rows.values("proposal")).order_by("pk"))
    held = [locked(sheet.approval_id) for sheet in sheets if sheet.approval_id is not None]
    count = rows.update(leader=successor)
    Proposal.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(version=F("version") + 1)
    by_id = {approval.pk: approval for approval in held if approval.status == ApprovalStatus.RUNNING}
    for sheet in sheets:
        if sheet.approval_id in by_id:
            running = Approval.objects.filter(pk=sheet.approval_id)
            running.update(subject_hash=digest_of(sheet), version=F("version") + 1)
    return count
