"""Signatures a post still owes, and how they go to a successor when the post is closed (practice 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet

from huiyin.approvals.models import Approval, ApprovalStep
from huiyin.approvals.operations.undoing import locked
from huiyin.approvals.queries import LEADERS
from huiyin.approvals.registry import INBOX, seen_anew, tell
from huiyin.approvals.rules import ApprovalStatus, StepStatus
from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.organisations.rules import Role

SIGNERS: Final = frozenset({*LEADERS, Role.DEPARTMENT_HEAD, Role.OFFICE_HEAD, Role.LIAISON_OFFICE})
UNDECIDED: Final = (StepStatus.OPEN, StepStatus.WAITING)


class SuccessorCannotSign(Refusal):
    """The successor's post may not sign what the closed one still owes."""

    code = "approvals.successor_cannot_sign"


def register_handover() -> None:
    """Called once, from ApprovalsConfig.ready()."""
    register_open_work(
        OpenWork(
            code="approvals.steps",
            label="待审签的文稿",
            count=lambda post: _owed_by(post).values("approval").distinct().count(),
            hand_over=_hand_over,
        )
    )


def _owed_by(post: Post) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(
        post=post, status__in=UNDECIDED, approval__status=ApprovalStatus.RUNNING
    )  # fmt: skip


def _hand_over(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    _require_signer(post, successor)
    keys = sorted(set(_owed_by(post).values_list("approval_id", flat=True)))
    moved = [approval for key in keys if (approval := locked(key)).status == ApprovalStatus.RUNNING]
    for approval in moved:
        for step in _owed_by(post).filter(approval=approval):
            _readdress(step, successor, at)
        Approval.objects.filter(pk=approval.pk).update(version=F("version") + 1)
        seen_anew(approval)
    if moved:
        _tell(post, successor, moved, at)
    return len(moved)


def _require_signer(post: Post, successor: Post) -> None:
    """A leader's signatures go to a leader, a secrecy reviewer's to a reviewer, others to whoever signs papers."""
    role = post.role_enum
    fitting = frozenset(LEADERS) if role in LEADERS else SIGNERS | {role}
    if role is Role.SECRECY_REVIEWER:
        fitting = frozenset({role})
    if successor.role_enum not in fitting:
        raise SuccessorCannotSign(
            f"{post.label}还有待审签的文稿，{successor.label}的岗位不能接手审签。"
            "请选择同类岗位的同事接手；没有的，请先任用接任的人。"
        )


def _readdress(step: ApprovalStep, successor: Post, at: datetime) -> None:
    """To the successor; where he stands at that position himself, his own signature there counts for both."""
    own = ApprovalStep.objects.filter(approval=step.approval_id, position=step.position, post=successor).first()
    this = ApprovalStep.objects.filter(pk=step.pk)
    if own is None:
        this.update(post=successor)
        return
    this.update(status=StepStatus.SKIPPED)
    if own.group != step.group and own.status not in UNDECIDED:
        ApprovalStep.objects.filter(pk=own.pk).update(status=StepStatus.OPEN, opened_at=at)


def _tell(post: Post, successor: Post, papers: list[Approval], at: datetime) -> None:
    named = "；".join(paper.subject_label for paper in papers[:5]) + ("等" if len(papers) > 5 else "")
    own = [paper for paper in papers if paper.asked_by.staff_id == successor.staff_id]
    count = len(papers)
    words = f"其中{len(own)}份由您本人送审，不能由您审核，请安排代理人（AB角）代签。" if own else ""
    tell(
        post=successor, event_key=f"post:{post.pk}:steps:{at:%Y%m%d%H%M%S}", title=f"接手审签文稿{count}份", at=at,
        body=f"{post.label}的岗位结束，{count}份待审签的文稿由您接手：{named}。{words}", link=INBOX,
        procuratorate=successor.procuratorate,
    )  # fmt: skip
