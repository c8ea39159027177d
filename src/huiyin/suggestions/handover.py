"""What a closed post leaves: rows of 拟办 sheets that name it as leader, returns it is asked about (practice 8)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from huiyin.approvals.models import Approval
from huiyin.approvals.operations import locked
from huiyin.approvals.rules import ApprovalStatus
from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.matters.permissions import LEADERS, OFFICE
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.suggestions.common_queries import problems_of
from huiyin.suggestions.models import OPEN_STATES, CongressReport, NotOurs, Proposal, ProposalRow, ReturnState
from huiyin.suggestions.public_interest_queries import filings_of
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
    register_open_work(
        OpenWork(
            code="suggestions.returns_to_decide",
            label="待决定是否退回的建议",
            count=lambda post: _returns_of(post).count(),
            hand_over=_hand_over_returns,
        )
    )
    register_open_work(
        OpenWork(
            code="suggestions.congress_reports",
            label="起草的向常委会报告",
            count=lambda post: _congress_of(post).count(),
            hand_over=_hand_over_congress,
        )
    )
    register_open_work(
        OpenWork(
            code="suggestions.common_problems",
            label="负责的共性问题",
            count=lambda post: problems_of(post).count(),
            hand_over=_hand_over_problems,
        )
    )
    register_open_work(
        OpenWork(
            code="suggestions.filings_to_decide",
            label="待决定立案的公益诉讼转化",
            count=lambda post: filings_of(post).count(),
            hand_over=_hand_over_filings,
        )
    )


def _hand_over_filings(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The successor decides; only the leadership decides on filing."""
    if successor.role_enum not in LEADERS:
        raise SuccessorCannotLead(f"请{post.label}决定立案的要由院领导接手，{successor.label}不是院领导。")
    return filings_of(post).update(leader=successor, version=F("version") + 1)


def _hand_over_problems(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The problem stays with its department whoever works it out."""
    return problems_of(post).update(owner=successor, version=F("version") + 1)


def _congress_of(post: Post) -> QuerySet[CongressReport]:
    return CongressReport.objects.filter(drafted_by=post, state__in=OPEN_STATES)


def _hand_over_congress(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The successor goes on with them; only the office drafts such reports."""
    if successor.role_enum not in OFFICE:
        raise SuccessorCannotLead(f"{post.label}起草的向常委会报告要由办公室接手，{successor.label}不在办公室。")
    return _congress_of(post).update(drafted_by=successor, version=F("version") + 1)


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


def _returns_of(post: Post) -> QuerySet[NotOurs]:
    return NotOurs.objects.filter(leader=post, state=ReturnState.PROPOSED)


def _hand_over_returns(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The successor is asked instead, and told so."""
    waiting = _returns_of(post).select_for_update(no_key=True, of=("self",)).select_related("matter__procuratorate")
    givings = list(waiting.order_by("pk"))
    if givings and successor.role_enum not in LEADERS:
        raise SuccessorCannotLead(f"请{post.label}决定是否退回的建议要由院领导接手，{successor.label}不是院领导。")
    NotOurs.objects.filter(pk__in=[each.pk for each in givings]).update(leader=successor, version=F("version") + 1)
    for giving in givings:
        matter = giving.matter
        queue(
            event_key=f"return:{giving.pk}:handed:{at:%Y%m%d%H%M%S}", title=f"待您决定是否退回：{matter.known_as}",
            body=f"{post.label}的岗位结束，{matter.naming}是否退回交办机关由您接手决定。", at=at, post=successor,
            lane=Lane.STATUTORY, link=f"/desk/not-ours/{giving.pk}/", procuratorate=matter.procuratorate,
        )  # fmt: skip
    return len(givings)
