"""督办单 on its way to the department: proposed, signed by whom the level names, withdrawn (practice 13, S0-61)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from huiyin.approvals.queries import stands_in_for
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter, Supervision, Undertaking
from huiyin.matters.operations.supervision_days import drop_days, open_days
from huiyin.matters.queries import department_heads, posts_with
from huiyin.matters.rules import Status
from huiyin.matters.rules.supervision import (
    OUT,
    RUNNING_SUPERVISION,
    SUPERVISION_LABELS,
    SupervisionMovedOn,
    SupervisionState,
    SupervisionStep,
    next_supervision_state,
)
from huiyin.matters.supervising import answer_day, orderers
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import ROLE_LABELS, Role
from huiyin.regulations.books import SupervisionLevel
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules.wording import day_text

SUBJECT = "matters.supervision"


class CannotSupervise(Refusal):
    """No matter, not the department's, pressed already, or something is missing."""

    code = "matters.cannot_supervise"


class NotAskedToOrder(Refusal):
    """Somebody else was asked to sign the order."""

    code = "matters.not_asked_to_order"


@dataclass(frozen=True, kw_only=True)
class SupervisionFacts:
    """What an order says. answer_by_on: None: as the book counts it."""

    matters: Sequence[Matter]
    department: Department
    level: str
    orderer: Post
    reason: str
    demand: str
    answer_by_on: date | None = None
    follows: Supervision | None = None


@operation
def propose_supervision(*, facts: SupervisionFacts, request_key: UUID, actor: PostActor, at: datetime) -> Supervision:
    """Write an order; it goes to whom the level names, or is issued at once where that is the writer himself.

    One request_key proposes once. Raises NotAllowed, CannotSupervise."""
    if not facts.matters:
        raise CannotSupervise("请选择要督办的事项。")
    for matter in facts.matters:
        require(actor, "matters.propose_supervision", matter)
    order = Supervision.objects.filter(proposed_by=actor.post, request_key=request_key).first()
    made = order is None
    if order is None:
        level = _checked(facts, at)
        order = Supervision.objects.create(
            procuratorate=actor.post.procuratorate, department=facts.department, level=level.code,
            level_title=level.title, reason=clip(facts.reason.strip(), 500), demand=clip(facts.demand.strip(), 500),
            answer_by_on=facts.answer_by_on, follows=facts.follows, orderer=facts.orderer, proposed_by=actor.post,
            proposed_at=at, request_key=request_key,
        )  # fmt: skip
        order.matters.set(facts.matters)
    record(
        "matters.supervision_proposed", actor=actor, target=target_of(order), at=at, again=not made,
        level=order.level_title, department=str(order.department),
        matters=[matter.known_as for matter in facts.matters],
    )  # fmt: skip
    if made and order.orderer_id == actor.post.pk:
        return order_supervision(supervision=order, agrees=True, remark="", actor=actor, version=order.version, at=at)
    if made:
        body = f"{actor.post.label}提出对{order.department}{order.level_title}，请签发。"
        tell(order, [order.orderer], f"待签发：{order.level_title}督办单", body, at)
    return order


def _checked(facts: SupervisionFacts, at: datetime) -> SupervisionLevel:
    on, office = at.date(), facts.matters[0].procuratorate
    levels = {level.code: level for level in stack_for(office, on=on).supervision_levels(on)}
    if not levels:
        raise CannotSupervise("施行的制度没有规定督办层级，请先装载并施行相应制度。")
    level = levels.get(facts.level)
    if level is None:
        raise CannotSupervise("请选择制度规定的督办层级。")
    if facts.orderer.pk not in {post.pk for post in orderers(office, level, on=on)}:
        who = "、".join(ROLE_LABELS[Role(role.value)] for role in level.by)
        raise CannotSupervise(f"{level.basis}规定{level.title}由{who}签发，请选择在任的{who}。")
    if not facts.reason.strip() or not facts.demand.strip():
        raise CannotSupervise("请写明督办的缘由和要求。")
    if facts.answer_by_on is None and not level.limit:
        raise CannotSupervise(f"制度没有规定{level.title}的回报期限，请填写反馈期限。")
    if facts.answer_by_on is not None and facts.answer_by_on < on:
        raise CannotSupervise("反馈期限不能早于今天。")
    _check_raising(facts, list(levels))
    for matter in facts.matters:
        _check_matter(matter, facts)
    return level


def _check_raising(facts: SupervisionFacts, codes: list[str]) -> None:
    lower = facts.follows
    if lower is None:
        return
    if lower.state not in OUT or lower.department_id != facts.department.pk:
        raise CannotSupervise(f"督办单{lower}现在是“{lower.get_state_display()}”，不能升级。")
    if lower.level in codes and codes.index(facts.level) <= codes.index(lower.level):
        raise CannotSupervise(f"升级督办的层级要高于{lower.level_title}。")


def _check_matter(matter: Matter, facts: SupervisionFacts) -> None:
    if matter.status == Status.ARCHIVED:
        raise CannotSupervise(f"{matter.known_as}已经归档，不能督办。")
    held = Undertaking.objects.filter(matter=matter, department=facts.department).exclude(status="moved")
    if not held.exists():
        raise CannotSupervise(f"{matter.known_as}没有交{facts.department}承办，不能对它督办。")
    same = Supervision.objects.filter(matters=matter, department=facts.department, state__in=RUNNING_SUPERVISION)
    if facts.follows is not None:
        same = same.exclude(pk=facts.follows.pk)
    other = same.select_related("number").first()
    if other is not None:
        raise CannotSupervise(f"{matter.known_as}已经对{facts.department}发起督办（{other}），请在那张督办单上办理。")


@operation
def order_supervision(
    *, supervision: Supervision, agrees: bool, remark: str, actor: PostActor, version: int, at: datetime
) -> Supervision:
    """Sign the order, or decline; signed, it has its number and the department its day.

    Raises NotAllowed, NotAskedToOrder, CannotSupervise, SupervisionMovedOn."""
    require(actor, "matters.order_supervision", supervision)
    if supervision.orderer_id not in stands_in_for(actor.post, at.date()):
        raise NotAskedToOrder(f"这张督办单请{supervision.orderer.label}签发。")
    if not agrees and not remark.strip():
        raise CannotSupervise("不同意签发的，请写明意见。")
    step = SupervisionStep.ORDER if agrees else SupervisionStep.DECLINE
    signed = {"remark": clip(remark.strip(), 300), "ordered_by": actor.post, "ordered_at": at}
    move(supervision, step, version=version, **signed)
    facts = {"agrees": agrees, "level": supervision.level_title, "department": str(supervision.department)}
    record("matters.supervision_ordered", actor=actor, target=target_of(supervision), at=at, **facts)
    if not agrees:
        body = f"{actor.post.label}不同意签发督办单：{remark}"
        tell(supervision, [supervision.proposed_by], "督办单没有签发", body, at)
        return supervision
    open_days(supervision, by_hand=supervision.answer_by_on, at=at)
    if supervision.follows is not None:
        _raise_from(supervision.follows, at)
    _tell_department(supervision, at)
    number = allot(
        procuratorate=supervision.procuratorate, code="supervision", year=at.year,
        pattern="{prefix}督〔{year}〕{value}号", actor=actor, at=at, subject=target_of(supervision),
    )  # fmt: skip
    Supervision.objects.filter(pk=supervision.pk).update(number=number)
    supervision.number = number
    return supervision


def _raise_from(lower: Supervision, at: datetime) -> None:
    """The lower order ends in the higher one."""
    lower.refresh_from_db()
    if lower.state in OUT:
        move(lower, SupervisionStep.RAISE, version=lower.version, ended_at=at)
        drop_days(lower, at)


@operation
def withdraw_supervision(
    *, supervision: Supervision, reason: str, actor: PostActor, version: int, at: datetime
) -> Supervision:
    """Take an order back: routed elsewhere, answered meanwhile; its number stays in the register.

    Raises NotAllowed, CannotSupervise, SupervisionMovedOn."""
    require(actor, "matters.withdraw_supervision", supervision)
    if not reason.strip():
        raise CannotSupervise("请写明撤销的原因。")
    was_out = supervision.state in OUT
    move(supervision, SupervisionStep.WITHDRAW, version=version, ended_at=at, end_reason=clip(reason.strip(), 300))
    drop_days(supervision, at)
    if was_out:
        posts = department_heads(supervision.department, on=at.date())
        tell(supervision, posts, f"督办单{supervision}已撤销", f"督办单{supervision}已经撤销：{reason}", at)
    record("matters.supervision_withdrawn", actor=actor, target=target_of(supervision), at=at, reason=reason)
    return supervision


def move(supervision: Supervision, step: SupervisionStep, *, version: int, **updates: Any) -> None:
    """The one place where its state is written, guarded by the version as read. Raises SupervisionMovedOn."""
    new = next_supervision_state(SupervisionState(supervision.state), step)
    as_read = Supervision.objects.filter(pk=supervision.pk, version=version, state=supervision.state)
    if not as_read.update(version=F("version") + 1, state=new, **updates):
        supervision.refresh_from_db()
        now = SUPERVISION_LABELS[supervision.state_enum]
        raise SupervisionMovedOn(f"这张督办单现在是“{now}”，刚刚由同事办理过，请刷新后再看。")
    supervision.refresh_from_db()


def _tell_department(supervision: Supervision, at: datetime) -> None:
    parts = Undertaking.objects.filter(
        matter__supervisions=supervision, department=supervision.department, handler__isnull=False
    )
    handlers = [part.handler for part in parts.exclude(status="moved").select_related("handler__staff") if part.handler]
    posts = [*department_heads(supervision.department, on=at.date()), *handlers]
    day = answer_day(supervision)
    until = f"，请在{day_text(day.due_on)}前回报办理结果" if day else ""
    body = f"{supervision.level_title}：{supervision.reason}要求：{supervision.demand}{until}。请先签收。"
    tell(supervision, posts, f"{supervision.level_title}：请签收督办单", body, at)


def office_posts(supervision: Supervision, at: datetime) -> list[Post]:
    """Who keeps orders in the office."""
    return posts_with(supervision.procuratorate, Role.LIAISON_OFFICE, Role.OFFICE_HEAD, on=at.date())


def tell(supervision: Supervision, posts: Sequence[Post], title: str, body: str, at: datetime) -> None:
    """Word to posts, once an event: a state and the reports so far."""
    event = f"supervision:{supervision.pk}:{supervision.state}:{supervision.version}"
    for post in {post.pk: post for post in posts}.values():
        queue(
            event_key=event, title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
            link=f"/desk/supervisions/{supervision.pk}/", procuratorate=supervision.procuratorate,
        )  # fmt: skip


def target_of(supervision: Supervision) -> Target:
    """An order as the audit and the register of numbers name it: never by what it is about."""
    named = f"{supervision.number} " if supervision.number_id else ""
    return Target(kind=SUBJECT, key=str(supervision.pk), label=f"{named}督办单（{supervision.department}）")
