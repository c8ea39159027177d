"""改派 after a department signed: proposed by the office with a reason, decided by the leader who assigned the matter.

Until it is decided the department goes on; its day is taken over unless another is fixed with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huiyin.approvals.queries import stands_in_for
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.drafting import running_reply
from huiyin.matters.kinds import publish
from huiyin.matters.models import Matter, Reassignment, Undertaking
from huiyin.matters.operations.adjustments import NotThisLeader, move_part, require_elsewhere
from huiyin.matters.operations.undertakings import department_due, target
from huiyin.matters.queries import department_heads
from huiyin.matters.rules import ReplyStatus, Status, UndertakingStatus
from huiyin.matters.rules.supervision import RUNNING_SUPERVISION
from huiyin.matters.together import twins_of
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.regulations.rules.wording import day_text


class CannotReassign(Refusal):
    """Not signed for, up for signature, pressed by a 督办单, or something is missing."""

    code = "matters.cannot_reassign"


@dataclass(frozen=True, kw_only=True)
class ReassignFacts:
    """Where it goes and why. due_on: another department date, due_reason: why; None: the day stays."""

    department: Department
    reason: str
    due_on: date | None = None
    due_reason: str = ""


@operation
def propose_reassignment(
    *, undertaking: Undertaking, facts: ReassignFacts, request_key: UUID, actor: PostActor, at: datetime
) -> Reassignment:
    """Propose that another department take over; the leader himself decides in the same act. One request_key once.

    Raises NotAllowed, CannotReassign, NoNewDepartment, DepartmentDateOutOfRange."""
    require(actor, "matters.propose_reassignment", undertaking)
    matter = undertaking.matter
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    proposed = Reassignment.objects.filter(proposed_by=actor.post, request_key=request_key).first()
    again = proposed is not None
    if proposed is None:
        _require_free(undertaking)
        _check(undertaking, facts, at)
        proposed = Reassignment.objects.create(
            undertaking=undertaking, department=facts.department, reason=clip(facts.reason.strip(), 500),
            due_on=facts.due_on, due_reason=clip(facts.due_reason.strip(), 300), proposed_by=actor.post,
            proposed_at=at, request_key=request_key,
        )  # fmt: skip
    record(
        "matters.reassignment_proposed", actor=actor, target=target(matter), at=at, again=again,
        department=undertaking.who, to=proposed.department.name, reason=proposed.reason,
    )  # fmt: skip
    if again:
        return proposed
    if matter.leader_id in stands_in_for(actor.post, at.date()):
        return decide_reassignment(
            proposed=proposed, agreed=True, opinion="", actor=actor, version=undertaking.version, at=at
        )
    if matter.leader is not None:
        body = f"建议把{matter.naming}由{undertaking.who}改派{proposed.department}：{proposed.reason}。请决定。"
        _tell(matter.leader, proposed, "proposed", f"待决定改派：{matter.known_as}", body, at)
    return proposed


def _require_free(undertaking: Undertaking) -> None:
    matter = undertaking.matter
    if undertaking.status != UndertakingStatus.IN_HAND or undertaking.department_id is None:
        raise CannotReassign(
            f"{undertaking.who}这一项现在是“{undertaking.get_status_display()}”。已经签收、正在办理的才改派；"
            "没有签收的，由部门申请调整。"
        )
    if matter.leader_id is None:
        raise CannotReassign(f"{matter.known_as}没有领衔院领导，没有人能决定改派，请先在更正里补上。")
    reply = running_reply(matter)
    if matter.status not in {Status.ASSIGNED, Status.IN_HAND} or (reply and reply.status != ReplyStatus.DRAFT):
        raise CannotReassign(f"{matter.known_as}的答复已经送审或者印发，请先撤回送审，再改派。")
    if matter.supervisions.filter(department=undertaking.department_id, state__in=RUNNING_SUPERVISION).exists():
        raise CannotReassign(f"{matter.known_as}对{undertaking.who}还有没有办结的督办单，请先办结或者撤销，再改派。")
    if undertaking.reassignments.filter(verdict="").exists():
        raise CannotReassign("这一项已经提出改派，请等院领导决定。")


def _check(undertaking: Undertaking, facts: ReassignFacts, at: datetime) -> None:
    require_elsewhere(facts.department, undertaking)
    if not facts.reason.strip():
        raise CannotReassign("请写明改派的理由，原承办部门会看到。")
    if facts.due_on is None:
        return
    if not facts.due_reason.strip():
        raise CannotReassign("改变部门办理期限的，请写明理由；期限不变的，期限一栏留空。")
    if facts.due_on < at.date():
        raise CannotReassign("部门办理期限不能早于今天。")


@operation
def decide_reassignment(
    *, proposed: Reassignment, agreed: bool, opinion: str, actor: PostActor, version: int, at: datetime
) -> Reassignment:
    """The leader who assigned it, or who stands in for him, agrees, and the part moves; or does not, with why.

    version: the undertaking's. Raises NotAllowed, NotThisLeader, CannotReassign, NoNewDepartment,
    DepartmentDateOutOfRange, StepNotAllowed, MatterMovedOn."""
    undertaking = proposed.undertaking
    matter = undertaking.matter
    require(actor, "matters.decide_reassignment", proposed)
    if matter.leader_id not in stands_in_for(actor.post, at.date()):
        raise NotThisLeader(
            f"这件事项由{matter.leader.label if matter.leader else '领衔院领导'}批示交办，改派也由其决定。"
        )
    if not agreed and not opinion.strip():
        raise CannotReassign("不同意改派的，请写明意见。")
    held = Reassignment.objects.filter(pk=proposed.pk, verdict="")
    if not held.update(
        verdict="agreed" if agreed else "refused", opinion=clip(opinion.strip(), 300), decided_by=actor.post,
        decided_at=at,
    ):  # fmt: skip
        raise CannotReassign("这项改派已经决定过了。")
    if agreed:
        _require_still_free(undertaking)
        _take_over(proposed, actor, version, at)
    proposed.refresh_from_db()
    word = "同意改派" if agreed else f"不改派：{proposed.opinion}"
    if proposed.proposed_by_id != actor.post.pk:
        _tell(
            proposed.proposed_by,
            proposed,
            "decided",
            f"改派已决定：{matter.known_as}",
            f"{matter.naming}：{word}。",
            at,
        )
    record(
        "matters.reassignment_decided", actor=actor, target=target(matter), at=at, agreed=agreed,
        department=undertaking.who, to=proposed.department.name, reason=proposed.reason, opinion=proposed.opinion,
    )  # fmt: skip
    publish(matter, at=at)
    return proposed


def _require_still_free(undertaking: Undertaking) -> None:
    """What may have changed since it was proposed."""
    reply = running_reply(undertaking.matter)
    if reply is not None and reply.status != ReplyStatus.DRAFT:
        raise CannotReassign(f"{undertaking.matter.known_as}的答复刚刚送审，请先撤回送审，再决定改派。")


def _take_over(proposed: Reassignment, actor: PostActor, version: int, at: datetime) -> None:
    """Move the part, and the same part of matters handled together; the department that had it is told why."""
    undertaking = proposed.undertaking
    require_elsewhere(proposed.department, undertaking)
    for twin in twins_of(undertaking, statuses=[UndertakingStatus.IN_HAND]):
        _move_one(twin, proposed, actor, twin.version, at)
    successor = _move_one(undertaking, proposed, actor, version, at)
    Reassignment.objects.filter(pk=proposed.pk).update(successor=successor)


def _move_one(part: Undertaking, proposed: Reassignment, actor: PostActor, version: int, at: datetime) -> Undertaking:
    until, handler = proposed.due_on or department_due(part), part.handler
    successor = move_part(
        part, proposed.department, until, actor, version=version, at=at, ground=_ground(part, proposed, until, at)
    )
    indexing.reindex(part.matter)
    kept = department_due(successor)
    day = f"部门办理期限{day_text(kept)}" if kept else "没有部门办理期限"
    told = (
        [*department_heads(part.department, on=at.date()), *([handler] if handler else [])] if part.department else []
    )
    for post in {post.pk: post for post in told}.values():
        body = f"{part.matter.naming}改由{proposed.department}承办，{day}。理由：{proposed.reason}。请移交材料和情况。"
        _tell(post, proposed, f"moved:{part.pk}", f"已改派：{part.matter.known_as}", body, at)
    return successor


def _ground(part: Undertaking, proposed: Reassignment, until: date | None, at: datetime) -> str:
    """Why the new department's day is what it is, as the explanation says."""
    if until is None:
        return ""
    if proposed.due_on is not None:
        return f"由{part.who}改派{proposed.department}时定为{day_text(until)}：{proposed.due_reason}。"
    if until < at.date():
        return f"由{part.who}改派{proposed.department}，原部门期限{day_text(until)}已过，改派当日即为期限，请抓紧办理。"
    return f"由{part.who}改派{proposed.department}，部门期限不变，仍为{day_text(until)}。"


def _tell(post: Post, proposed: Reassignment, what: str, title: str, body: str, at: datetime) -> None:
    matter = proposed.undertaking.matter
    queue(
        event_key=f"reassignment:{proposed.pk}:{what}", title=title, body=body, at=at, post=post,
        lane=Lane.STATUTORY, link=f"/desk/undertakings/{proposed.undertaking_id}/", procuratorate=matter.procuratorate,
    )  # fmt: skip
