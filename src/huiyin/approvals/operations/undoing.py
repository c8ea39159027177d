"""A signature is undone: its leader objects to what a clerk recorded, or a signed paper goes back to its signers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.approvals.operations.signing import ApprovalMovedOn, OpinionMissing, target_of
from huiyin.approvals.queries import Effect, PostMissing, disputed, effect_of, open_steps, superseded
from huiyin.approvals.registry import address_of, tell, whereabouts_of
from huiyin.approvals.rules import ApprovalStatus, StepStatus
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require

EFFECTS = {
    Effect.SIGN_AGAIN: "文稿已退回这一环节重签。",
    Effect.HELD: "文稿停在这里，不能取号、用印、印发，请联络办公室退回重签。",
    Effect.NOTED: "文稿的审签已经结束、无法退回，异议记在审签过程里，请联络办公室处理。",
}


class NothingToObject(Refusal):
    """Only a signature that a clerk recorded can be objected to, once, while it still counts."""

    code = "approvals.nothing_to_object"


@operation
def object_to(*, decision: Decision, reason: str, actor: PostActor, at: datetime) -> Approval:
    """The signer says that what a clerk recorded is not what he signed; a running road goes back to that step.

    A paper whose road has ended stays where it is; `effect_of` says what the objection does then. The clerk, the
    drafter and whoever has the paper in hand are told. Raises NotAllowed, NothingToObject, OpinionMissing."""
    reason = reason.strip()[:200]
    if not reason:
        raise OpinionMissing("请写明异议：哪里与您签的不一致。")
    approval = locked(decision.approval_id)
    decision = Decision.objects.select_related("step__post__staff", "post__staff", "recorded_by__staff").get(
        pk=decision.pk
    )
    require(actor, "approvals.object", decision)
    if decision.recorded_by_id is None or decision.objected_at is not None:
        raise NothingToObject("只能对代录的签批提出异议，而且只提一次。")
    if superseded(decision):
        raise NothingToObject("这一环节后来已经重新签过，以重签的为准，不用再提异议。")
    Decision.objects.filter(pk=decision.pk).update(objected_at=at, objection=reason)
    hearers = _hearers(approval, decision, at)
    if approval.status == ApprovalStatus.RUNNING:
        _back_to(approval, decision.step, at)
    _tell(approval, decision, reason, hearers, at)
    record("approvals.objected", actor=actor, target=target_of(approval), at=at, step=decision.step.code)
    approval.refresh_from_db()
    return approval


def _hearers(approval: Approval, decision: Decision, at: datetime) -> list[Post]:
    """The clerk, the drafter, and who has the paper: those it waits for, or those who have it after signing."""
    assert decision.recorded_by is not None
    having = [step.post for step in open_steps(approval) if step.post is not None]
    if approval.status == ApprovalStatus.AGREED:
        having = list(whereabouts_of(approval, at.date()).posts)
    addressed = [decision.step.post] if decision.step.post is not None else []
    everyone = [decision.recorded_by, approval.asked_by, *having, *addressed]
    return list({post.pk: post for post in everyone if post.pk != decision.post_id}.values())


def _tell(approval: Approval, decision: Decision, reason: str, hearers: list[Post], at: datetime) -> None:
    assert decision.recorded_by is not None
    words = (
        f"{decision.post.label}对{decision.recorded_by.staff.name}代录的“{decision.step.label}”提出异议：{reason}。"
        f"文稿：{approval.subject_label}。{EFFECTS[effect_of(approval, at.date())]}"
    )
    for post in hearers:
        tell(
            post=post, event_key=f"decision:{decision.pk}:objected", title=f"代录有异议：{decision.step.label}",
            body=words, at=at, link=address_of(approval), procuratorate=approval.procuratorate,
        )  # fmt: skip


def _back_to(approval: Approval, step: ApprovalStep, at: datetime) -> None:
    """The disputed signature is asked for again; one before it that is open already comes first."""
    first_open = approval.steps.filter(status=StepStatus.OPEN).order_by("position").first()
    if first_open is None or step.position <= first_open.position:
        put_back(approval, step.position, at, groups={step.group})
    else:
        Approval.objects.filter(pk=approval.pk).update(version=F("version") + 1)


@operation
def reopen(*, approval: Approval, reason: str, actor: PostActor, at: datetime) -> Approval:
    """Put an agreed paper back: to the earliest disputed step, or where none is disputed to its last signer.

    The steps after it wait again. Raises ApprovalMovedOn, PostMissing."""
    agreed = Approval.objects.filter(pk=approval.pk, status=ApprovalStatus.AGREED, version=approval.version)
    if not agreed.update(status=ApprovalStatus.RUNNING, ended_at=None, version=F("version") + 1):
        raise ApprovalMovedOn("这份文稿的审签状态已经变化，请刷新页面。")
    steps = [decision.step for decision in disputed(approval)]
    if steps:
        first = min(step.position for step in steps)
        put_back(approval, first, at, groups={step.group for step in steps if step.position == first})
    else:
        put_back(approval, approval.steps.order_by("-position").values_list("position", flat=True)[0], at)
    _address_anew(approval, at)
    record("approvals.reopened", actor=actor, target=target_of(approval), at=at, reason=reason)
    approval.refresh_from_db()
    return approval


def locked(approval_id: int) -> Approval:
    """The approval, held until the operation ends: the first lock of every act on a paper and its signatures."""
    rows = Approval.objects.select_related("procuratorate", "asked_by__staff")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=approval_id)


def put_back(approval: Approval, position: int, at: datetime, *, groups: Collection[int] | None = None) -> None:
    """Steps behind the position wait again, those at it are open; groups: only these of them."""
    steps = ApprovalStep.objects.filter(approval=approval)
    steps.filter(position__gt=position).update(status=StepStatus.WAITING, opened_at=None)
    here = steps.filter(position=position)
    asked = here if groups is None else here.filter(group__in=groups)
    asked.update(status=StepStatus.OPEN, opened_at=at)
    Approval.objects.filter(pk=approval.pk).update(version=F("version") + 1)


def _address_anew(approval: Approval, at: datetime) -> None:
    """A step asked for again goes to whoever holds the signer's post now. Raises PostMissing."""
    held = Post.objects.held_on(at.date())
    undecided = approval.steps.filter(status__in=[StepStatus.OPEN, StepStatus.WAITING]).select_related("post__staff")
    for step in undecided.exclude(post__in=held):
        gone = step.post
        assert gone is not None
        same = held.filter(procuratorate=gone.procuratorate_id, role=gone.role, department=gone.department_id)
        followers = list(same[:2])
        if len(followers) != 1:
            raise PostMissing(f"“{step.label}”原由{gone.label}办理，现已不在任。请作废这份文稿，重新起草送审。")
        ApprovalStep.objects.filter(pk=step.pk).update(post=followers[0])
