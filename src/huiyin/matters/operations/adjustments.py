"""A department does not reject a leader's 批示: it asks, the liaison office adds its view, the same leader decides
again (practice 12)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from huiyin.approvals.queries import stands_in_for
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.kinds import publish
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Adjustment, Matter, Undertaking
from huiyin.matters.moves import advance, advance_undertaking
from huiyin.matters.operations.deadlines import drop_all, meet, open_deadline
from huiyin.matters.operations.undertakings import department_due, open_dates, target, tell_heads
from huiyin.matters.queries import posts_with, running_parts
from huiyin.matters.rules import HandlerRole, Status, Step, UndertakingStep
from huiyin.matters.together import answering, others_of
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.rules.wording import day_text

AdjustmentVerdict = Literal["keep", "move"]


class AdjustmentTooLate(Refusal):
    """The book's days for asking have passed."""

    code = "matters.adjustment_too_late"


class AdjustmentDecided(Refusal):
    """The leader has decided already; what was kept is not asked again."""

    code = "matters.adjustment_decided"


class AdjustmentNotReady(Refusal):
    """The liaison office has not given its view yet."""

    code = "matters.adjustment_not_ready"


class NotThisLeader(Refusal):
    """Another leader than the one who assigned the matter."""

    code = "matters.not_this_leader"


class NoNewDepartment(Refusal):
    """A move needs a department it goes to, and not the one it comes from."""

    code = "matters.no_new_department"


@operation
def ask_adjustment(
    *,
    undertaking: Undertaking,
    reason: str,
    proposed_department: Department | None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Adjustment:
    """Ask, with a reason, that the matter go elsewhere; it stands as 待协调 until the leader decides.

    Raises NotAllowed, AdjustmentTooLate, AdjustmentDecided, NoNewDepartment, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.ask_adjustment", undertaking)
    _require_in_time(undertaking, at)
    if undertaking.adjustments.filter(verdict="keep").exists():
        raise AdjustmentDecided("院领导已经决定维持原交办，请签收办理。")
    if proposed_department is not None:
        require_elsewhere(proposed_department, undertaking)
    advance_undertaking(undertaking, UndertakingStep.ASK_ADJUSTMENT, version=version, at=at)
    matter = undertaking.matter
    meet(matter=matter, limit_code=LimitCode.SUG_ADJUST, at=at, undertaking=undertaking)
    adjustment = Adjustment.objects.create(
        undertaking=undertaking,
        reason=reason,
        proposed_department=proposed_department,
        asked_by=actor.post,
        asked_at=at,
    )
    for post in posts_with(matter.procuratorate, Role.LIAISON_OFFICE, on=at.date()):
        body = f"{undertaking.who}申请调整{matter.naming}的承办部门，请提出意见后报院领导。"
        _tell(post, adjustment, "asked", f"待协调：{matter.known_as}", body, at)
    proposed = str(proposed_department or "")
    record(
        "matters.adjustment_asked",
        actor=actor,
        target=target(matter),
        at=at,
        department=undertaking.who,
        reason=reason,
        proposed=proposed,
    )
    return adjustment


def _require_in_time(undertaking: Undertaking, at: datetime) -> None:
    asked = undertaking.deadlines.filter(limit_code=LimitCode.SUG_ADJUST, dropped_at=None).order_by("-id").first()
    if asked is not None and asked.late_from is not None and at >= asked.late_from:
        raise AdjustmentTooLate(
            f"申请调整应在{day_text(asked.due_on)}前提出，现已逾期，请签收办理；确有困难请与联络办公室联系。"
        )


def require_elsewhere(department: Department, undertaking: Undertaking) -> None:
    """A part moves to another department of the office that has no part in the matter yet. Raises NoNewDepartment."""
    matter = undertaking.matter
    if department.pk == undertaking.department_id:
        raise NoNewDepartment("建议改派的部门就是现在的承办部门，请另选部门。")
    if department.procuratorate_id != matter.procuratorate_id:
        raise NoNewDepartment("只能改派给本院的部门。")
    if running_parts(matter).filter(department=department).exists():
        raise NoNewDepartment(f"{department}已经承办这件事项的另一部分，请另选部门。")


def _require_together(department: Department, undertaking: Undertaking) -> None:
    """What is handled together is answered by one department; separated first where it is to be two."""
    if undertaking.role == HandlerRole.ASSIST:
        return
    matter = undertaking.matter
    after = answering(matter) - {undertaking.department_id} | {department.pk}
    apart = [other for other in others_of(matter) if answering(other) not in (set(), after)]
    if apart:
        numbers = "、".join(other.known_as for other in apart)
        raise NoNewDepartment(
            f"{matter.known_as}与{numbers}并案办理，由同一部门负责，不能单独改派给{department}。请联络办公室先分开办理，"
            "再决定改派。"
        )


@operation
def note_adjustment(*, adjustment: Adjustment, opinion: str, actor: PostActor, at: datetime) -> Adjustment:
    """The liaison office's view, before the leader decides. Raises NotAllowed, AdjustmentDecided."""
    require(actor, "matters.note_adjustment", adjustment)
    _require_open(adjustment)
    if not Adjustment.objects.filter(pk=adjustment.pk, office_opinion="", verdict="").update(office_opinion=opinion):
        raise AdjustmentDecided("联络办公室已经提出意见，或者院领导刚刚作了决定，这次没有登记。请刷新后查看。")
    adjustment.refresh_from_db()
    matter = adjustment.undertaking.matter
    if matter.leader is not None:
        asker = adjustment.undertaking.who
        body = f"{asker}申请调整{matter.naming}的承办部门，联络办公室已提出意见，请决定。"
        _tell(matter.leader, adjustment, "noted", f"待决定：{matter.known_as}调整承办部门", body, at)
    record("matters.adjustment_noted", actor=actor, target=target(matter), at=at, opinion=opinion)
    return adjustment


@operation
def decide_adjustment(
    *,
    adjustment: Adjustment,
    verdict: AdjustmentVerdict,
    department: Department | None = None,
    due_on: date | None = None,
    instruction: str = "",
    actor: PostActor,
    version: int,
    at: datetime,
) -> Adjustment:
    """Keep the routing, or move the part to another department; by the leader who assigned it, or a substitute.

    version: the undertaking's. Raises NotAllowed, NotThisLeader, AdjustmentDecided, AdjustmentNotReady,
    NoNewDepartment, DepartmentDateOutOfRange, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.decide_adjustment", adjustment)
    undertaking = adjustment.undertaking
    _require_leader(undertaking.matter, actor, at)
    _require_open(adjustment)
    if not adjustment.office_opinion:
        raise AdjustmentNotReady("联络办公室还没有对这项申请提出意见，请待其提出后再决定。")
    if verdict == "keep":
        _keep(undertaking, version, at)
    else:
        moved_to = department or adjustment.proposed_department
        if moved_to is None:
            raise NoNewDepartment("请选择改派到哪个部门。")
        require_elsewhere(moved_to, undertaking)
        _require_together(moved_to, undertaking)
        move_part(undertaking, moved_to, due_on or department_due(undertaking), actor, version=version, at=at)
    Adjustment.objects.filter(pk=adjustment.pk).update(
        verdict=verdict, decided_by=actor.post, decided_at=at, instruction=instruction
    )
    adjustment.refresh_from_db()
    label = "维持原交办" if verdict == "keep" else "改派"
    matter = undertaking.matter
    body = f"{matter.naming}的调整申请，{actor.post.label}决定：{label}。{instruction}"
    _tell(adjustment.asked_by, adjustment, "decided", f"{label}：{matter.known_as}", body, at)
    indexing.reindex(matter)
    record(
        "matters.adjustment_decided",
        actor=actor,
        target=target(matter),
        at=at,
        verdict=verdict,
        department=undertaking.who,
        instruction=instruction,
    )
    publish(matter, at=at)
    return adjustment


def _require_leader(matter: Matter, actor: PostActor, at: datetime) -> None:
    leader = matter.leader
    if leader is None or leader.pk not in stands_in_for(actor.post, at.date()):
        whose = leader.label if leader else "分管领导"
        raise NotThisLeader(f"这件事项由{whose}批示交办，调整也由其决定。")


def _require_open(adjustment: Adjustment) -> None:
    if adjustment.verdict:
        raise AdjustmentDecided("院领导已经对这项申请作出决定，请刷新页面查看。")


def _keep(undertaking: Undertaking, version: int, at: datetime) -> None:
    advance_undertaking(undertaking, UndertakingStep.KEEP, version=version, at=at)
    open_deadline(
        matter=undertaking.matter,
        limit_code=LimitCode.SUG_ADJUST,
        starts_on=at.date(),
        label="签收",
        at=at,
        undertaking=undertaking,
    )


def move_part(
    undertaking: Undertaking, department: Department, until: date | None, actor: PostActor, *, version: int,
    at: datetime, ground: str = "",
) -> Undertaking:  # fmt: skip
    """End a department's part and begin the same part at another; inside an operation. ground: of a day by hand.

    Raises DepartmentDateOutOfRange, StepNotAllowed, MatterMovedOn."""
    matter = undertaking.matter
    advance_undertaking(undertaking, UndertakingStep.MOVE, version=version, at=at)
    drop_all(matter=matter, at=at, undertaking=undertaking)
    successor = Undertaking.objects.create(
        matter=matter, round=matter.round, role=undertaking.role, department=department, assigned_at=at
    )
    open_dates(successor, max(until, at.date()) if until else None, actor.key, at, ground)
    answers = undertaking.role in {HandlerRole.LEAD, HandlerRole.SOLE}
    if matter.status == Status.ASSIGNED or (answers and matter.status == Status.IN_HAND):
        advance(matter, Step.REASSIGN, version=matter.version, at=at)
    tell_heads(successor, at)
    return successor


def _tell(post: Post, adjustment: Adjustment, what: str, title: str, body: str, at: datetime) -> None:
    matter = adjustment.undertaking.matter
    queue(
        event_key=f"adjustment:{adjustment.pk}:{what}",
        title=title,
        body=body,
        at=at,
        post=post,
        lane=Lane.STATUTORY,
        link=f"/desk/undertakings/{adjustment.undertaking_id}/",
        procuratorate=matter.procuratorate,
    )
