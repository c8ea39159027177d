"""Departments take a matter on: assigned by the leader, signed for, handed to a handler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.kinds import publish
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.moves import advance, advance_undertaking
from huiyin.matters.operations.deadlines import drop, meet, open_deadline, set_department_date
from huiyin.matters.queries import department_heads, handlers_in, running_parts
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole, Status, Step, UndertakingStatus, UndertakingStep
from huiyin.matters.steps import WorkStepCode, mark_step
from huiyin.matters.together import twins_of
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import CongressBody, Department, Post
from huiyin.organisations.permissions import require
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules.wording import day_text


class RoutingIncomplete(Refusal):
    """A routing without a leader or without a department that answers for the matter."""

    code = "matters.routing_incomplete"


class HandlerNotOfDepartment(Refusal):
    """The handler chosen does not belong to the department that signs for the matter."""

    code = "matters.handler_not_of_department"


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one department or outside organ shall do, by when."""

    role: HandlerRole
    department: Department | None = None
    organ: CongressBody | None = None
    due_on: date | None = None

    @property
    def who(self) -> str:
        return str(self.department or self.organ)


def check_parts(parts: Sequence[Part], number: str) -> None:
    """One department answers for the matter, or several separately; nobody twice. Raises RoutingIncomplete."""
    own = [part for part in parts if part.department is not None]
    heads = [part for part in own if part.role in {HandlerRole.LEAD, HandlerRole.SOLE}]
    separate = [part for part in own if part.role is HandlerRole.SEPARATE]
    named = [part.who for part in parts]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise RoutingIncomplete(f"{number}的承办单位重复：{'、'.join(twice)}。请每个单位只列一次。")
    if len(heads) > 1:
        raise RoutingIncomplete(f"{number}列了两个主办部门，请只留一个，其余改为协办；各自答复的请都选“分办”。")
    if not heads and not separate:
        raise RoutingIncomplete(f"{number}还没有主办部门，请选择一个部门主办（独办）。")
    if heads and separate:
        raise RoutingIncomplete(f"{number}不能既有主办部门又有分办部门，请统一为主办加协办，或者全部分办。")


@operation
def assign(
    *, matter: Matter, leader: Post, parts: Sequence[Part], actor: PostActor, version: int, at: datetime
) -> list[Undertaking]:
    """Carry out an approved routing: leader, undertakings, dates, word to the heads of department.

    The caller (an approved 拟办 sheet) has asked who may. Raises RoutingIncomplete, DepartmentDateOutOfRange,
    StepNotAllowed, MatterMovedOn."""
    check_parts(parts, matter.number)
    advance(matter, Step.ASSIGN, version=version, at=at, leader=leader)
    undertakings = [_undertake(matter, part, actor, at) for part in parts]
    drop(matter=matter, limit_code=LimitCode.SUG_RETURN, at=at)
    _mark_first_steps(matter, actor, at)
    for undertaking in undertakings:
        tell_heads(undertaking, at)
    indexing.reindex(matter)
    routed = [{"role": part.role.value, "who": part.who, "due_on": part.due_on} for part in parts]
    record("matters.assigned", actor=actor, target=target(matter), at=at, leader=leader.label, parts=routed)
    publish(matter, at=at)
    return undertakings


def _undertake(matter: Matter, part: Part, actor: PostActor, at: datetime) -> Undertaking:
    undertaking = Undertaking.objects.create(
        matter=matter,
        round=matter.round,
        role=part.role,
        department=part.department,
        organ=part.organ,
        assigned_at=at,
    )
    open_dates(undertaking, part.due_on, actor.key, at)
    return undertaking


def open_dates(undertaking: Undertaking, due_on: date | None, actor_key: str, at: datetime, ground: str = "") -> None:
    """The days of a new undertaking: to hand in its part, and for a department to sign for it."""
    if due_on is not None:
        set_department_date(undertaking=undertaking, due_on=due_on, actor_key=actor_key, at=at, ground=ground)
    if undertaking.department_id is not None:
        open_deadline(
            matter=undertaking.matter,
            limit_code=LimitCode.SUG_ADJUST,
            starts_on=at.date(),
            label="签收或申请调整",
            at=at,
            undertaking=undertaking,
        )


def _mark_first_steps(matter: Matter, actor: PostActor, at: datetime) -> None:
    named = {step.code for step in stack_for(matter.procuratorate, on=at.date()).steps(at.date())}
    for code in (WorkStepCode.LEAD, WorkStepCode.DOCKET):
        if code in named:
            mark_step(matter=matter, code=code, by=actor.key, at=at)


def tell_heads(undertaking: Undertaking, at: datetime) -> None:
    """Word to the heads of the department that a matter waits to be signed for."""
    if undertaking.department is None:
        return
    matter = undertaking.matter
    date_text = f"，部门办理期限{day_text(due)}" if (due := department_due(undertaking)) else ""
    role = HANDLER_ROLE_LABELS[HandlerRole(undertaking.role)]
    pressed = "。本件紧急，请急事急办" if matter.is_urgent else ""
    for post in department_heads(undertaking.department, on=at.date()):
        queue(
            event_key=f"undertaking:{undertaking.pk}:assigned",
            title=f"待签收：{matter.pressing}",
            body=f"{matter.naming}交{undertaking.who}{role}{date_text}，请签收{pressed}。",
            at=at,
            post=post,
            lane=Lane.STATUTORY,
            link=f"/desk/undertakings/{undertaking.pk}/",
            procuratorate=matter.procuratorate,
        )


def department_due(undertaking: Undertaking) -> date | None:
    """The open department date of an undertaking."""
    own = undertaking.deadlines.filter(limit_code=LimitCode.DEPT_HANDLE, dropped_at=None)
    return own.order_by("-id").values_list("due_on", flat=True).first()


@operation
def sign_for(*, undertaking: Undertaking, handler: Post, actor: PostActor, version: int, at: datetime) -> Undertaking:
    """The department takes its part on and names who handles it.

    Raises NotAllowed, HandlerNotOfDepartment, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.sign_for", undertaking)
    _require_of_department(handler, undertaking, at.date())
    advance_undertaking(
        undertaking,
        UndertakingStep.SIGN_FOR,
        version=version,
        at=at,
        handler=handler,
        signed_for_at=at,
        signed_for_by=actor.post,
    )
    matter = undertaking.matter
    meet(matter=matter, limit_code=LimitCode.SUG_ADJUST, at=at, undertaking=undertaking)
    if matter.status == Status.ASSIGNED and _carries(undertaking):
        advance(matter, Step.SIGN_FOR, version=matter.version, at=at)
    _tell_handler(undertaking, actor, at)
    indexing.reindex(matter)
    record(
        "matters.signed_for",
        actor=actor,
        target=target(matter),
        at=at,
        department=undertaking.who,
        handler=handler.label,
        undertaking=undertaking.pk,
    )
    publish(matter, at=at)
    for twin in twins_of(undertaking, statuses=[UndertakingStatus.ASSIGNED]):
        sign_for(undertaking=twin, handler=handler, actor=actor, version=twin.version, at=at)
    return undertaking


def _carries(undertaking: Undertaking) -> bool:
    """Whether handling begins with this department: it answers for the matter, or nobody else does."""
    own = running_parts(undertaking.matter).filter(department__isnull=False)
    return undertaking.role != HandlerRole.ASSIST or not own.exclude(role=HandlerRole.ASSIST).exists()


def _require_of_department(handler: Post, undertaking: Undertaking, on: date) -> None:
    assert undertaking.department is not None
    if handler.pk not in {post.pk for post in handlers_in(undertaking.department, on=on)}:
        raise HandlerNotOfDepartment(f"{handler.label}不是{undertaking.who}的承办人，请从本部门人员中选择。")


def _tell_handler(undertaking: Undertaking, actor: PostActor, at: datetime) -> None:
    handler, matter = undertaking.handler, undertaking.matter
    if handler is None or handler.pk == actor.post.pk:
        return
    queue(
        event_key=f"undertaking:{undertaking.pk}:handler:{undertaking.version}",
        title=f"交您承办：{matter.pressing}",
        body=f"{actor.post.label}将{matter.naming}交您承办。",
        at=at,
        post=handler,
        lane=Lane.STATUTORY,
        link=f"/desk/matters/{matter.pk}/",
        procuratorate=matter.procuratorate,
    )


@operation
def change_handler(
    *, undertaking: Undertaking, handler: Post, actor: PostActor, version: int, at: datetime
) -> Undertaking:
    """Hand an undertaking in hand to another colleague of the department.

    Raises NotAllowed, HandlerNotOfDepartment, MatterMovedOn."""
    require(actor, "matters.change_handler", undertaking)
    _require_of_department(handler, undertaking, at.date())
    before = undertaking.handler
    advance_undertaking(undertaking, UndertakingStep.HAND_OVER, version=version, at=at, handler=handler)
    _tell_handler(undertaking, actor, at)
    indexing.reindex(undertaking.matter)
    record(
        "matters.handler_changed",
        actor=actor,
        target=target(undertaking.matter),
        at=at,
        department=undertaking.who,
        before=before.label if before else "",
        after=handler.label,
    )
    publish(undertaking.matter, at=at)
    return undertaking


def target(matter: Matter) -> Target:
    """A matter as the audit names it."""
    return Target(kind="matters.matter", key=str(matter.pk), label=f"{matter.number} {matter.title}")
