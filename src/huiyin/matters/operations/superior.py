"""上级院交办、督办: recorded by the office above, reported on by the lower office, ended by the office above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Deadline, Matter, SuperiorOrder
from huiyin.matters.operations.deadlines import fill, refresh_next_due
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import Status
from huiyin.matters.rules.superior import (
    ORDER_KIND_LABELS,
    OrderKind,
    OrderState,
    OrderStep,
    SuperiorOrderMovedOn,
    next_order_state,
)
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Due, Line, LineKind, late_from
from huiyin.regulations.rules.wording import day_text

BY_HAND = "SUPERIOR_DAY"  # a day named by the office above; no book holds a length for it


class CannotOrder(Refusal):
    """Ordered already, archived, or something is missing."""

    code = "matters.cannot_order_below"


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What the office above decided. number or ground must be there; answer_by_on: None asks for no day."""

    kind: OrderKind
    number: str
    ground: str
    reason: str
    given_on: date
    answer_by_on: date | None = None


@operation
def give_superior(
    *, matter: Matter, facts: OrderFacts, request_key: UUID, actor: PostActor, at: datetime
) -> SuperiorOrder:
    """Record a 交办 or 督办 on a lower office's matter; the office above may now read it, the lower one reports.

    One request_key gives once. Raises NotAllowed, CannotOrder."""
    require(actor, "matters.give_superior", matter)
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    order = SuperiorOrder.objects.filter(given_by=actor.post, request_key=request_key).first()
    again = order is not None
    if order is None:
        _check(matter, facts, actor, at)
        order = SuperiorOrder.objects.create(
            procuratorate=actor.post.procuratorate, matter=matter, kind=facts.kind,
            number=clip(facts.number.strip(), 60), ground=clip(facts.ground.strip(), 200),
            reason=clip(facts.reason.strip(), 500), given_on=facts.given_on, answer_by_on=facts.answer_by_on,
            given_by=actor.post, recorded_at=at, request_key=request_key,
        )  # fmt: skip
        _open_day(order, at)
        until = f"，请在{day_text(order.answer_by_on)}前反馈办理情况" if order.answer_by_on else "，请反馈办理情况"
        body = f"{order.procuratorate}{_kind(order)}{matter.naming}：{order.reason}{until}。"
        _tell(order, _below(order, at), f"上级院{_kind(order)}：{matter.pressing}", body, at)
    record(
        "matters.superior_given", actor=actor, target=target(matter), at=at, again=again, kind=_kind(order),
        named=str(order), by=order.procuratorate.name, reason=order.reason,
    )  # fmt: skip
    return order


def _check(matter: Matter, facts: OrderFacts, actor: PostActor, at: datetime) -> None:
    if matter.status == Status.ARCHIVED:
        raise CannotOrder(f"{matter.known_as}已经归档，不能再交办督办。")
    if not facts.number.strip() and not facts.ground.strip():
        raise CannotOrder("请填写文号，没有文号的写明依据。")
    if not facts.reason.strip():
        raise CannotOrder("请写明交办督办的缘由和要求。")
    if not matter.received_on <= facts.given_on <= at.date():
        raise CannotOrder(f"交办督办的日期应在下级院收到日（{matter.received_on:%Y-%m-%d}）与今天之间，请核对。")
    if facts.answer_by_on is not None and facts.answer_by_on < at.date():
        raise CannotOrder("反馈期限不能早于今天。")
    own = matter.superior_orders.filter(procuratorate_id=actor.post.procuratorate_id)
    if own.exclude(state=OrderState.ENDED).exists():
        raise CannotOrder(f"{matter.known_as}已经有一件没有结束的交办督办，请在那一件上办理。")


def _open_day(order: SuperiorOrder, at: datetime) -> None:
    day, matter, working_days = order.answer_by_on, order.matter, calendar()
    if day is None:
        return
    lines = (Line(LineKind.BASIS, f"{order.procuratorate}{_kind(order)}（{order}）定为{day_text(day)}前反馈。"),)
    due = Due(
        start_on=day, raw_on=day, due_on=day, late_from=late_from(day), explanation=lines,
        provisional=not working_days.is_known(day), basis=None,
    )  # fmt: skip
    deadline = Deadline(
        matter=matter, superior=order, round=matter.round, label=f"上级院{_kind(order)}反馈", limit_code=BY_HAND,
        set_by=f"post:{order.given_by_id}",
    )  # fmt: skip
    stack = stack_for(matter.procuratorate, on=at.date())
    fill(deadline, due, starts_on=at.date(), stack=stack, working_days=working_days)
    deadline.article = f"上级院{_kind(order)}"
    deadline.save()
    refresh_next_due(matter)


@operation
def report_superior(*, order: SuperiorOrder, text: str, actor: PostActor, version: int, at: datetime) -> SuperiorOrder:
    """The lower office says how far it is; meets the day. Raises NotAllowed, CannotOrder, SuperiorOrderMovedOn."""
    require(actor, "matters.report_superior", order)
    if not text.strip():
        raise CannotOrder("请写明办理情况。")
    _move(order, OrderStep.REPORT, version, report=text.strip(), reported_by=actor.post, reported_at=at)
    _end_day(order, met_at=at)
    body = f"{order.matter.procuratorate}已反馈{order.matter.naming}的办理情况，请查看后办结。"
    _tell(order, [order.given_by], f"{_kind(order)}已反馈：{order.matter.known_as}", body, at)
    record("matters.superior_reported", actor=actor, target=target(order.matter), at=at, named=str(order))
    return order


@operation
def end_superior(*, order: SuperiorOrder, remark: str, actor: PostActor, version: int, at: datetime) -> SuperiorOrder:
    """End the order: the office above reads the matter no more.

    Raises NotAllowed, CannotOrder, SuperiorOrderMovedOn."""
    require(actor, "matters.end_superior", order)
    if order.state == OrderState.GIVEN and not remark.strip():
        raise CannotOrder("下级院还没有反馈，结束的请写明原因。")
    _move(order, OrderStep.END, version, ended_by=actor.post, ended_at=at, end_remark=clip(remark.strip(), 300))
    _end_day(order, dropped_at=at)
    said = f"：{order.end_remark}" if order.end_remark else "。"
    body = f"{order.procuratorate}对{order.matter.naming}的{_kind(order)}已经结束{said}"
    _tell(order, _below(order, at), f"上级院{_kind(order)}已结束：{order.matter.known_as}", body, at)
    record(
        "matters.superior_ended", actor=actor, target=target(order.matter), at=at, named=str(order),
        remark=order.end_remark,
    )  # fmt: skip
    return order


@operation
def open_superior(*, order: SuperiorOrder, actor: PostActor, at: datetime) -> SuperiorOrder:
    """Let a post above read the matter; each reading is on record, at the matter itself. Raises NotAllowed."""
    require(actor, "matters.open_superior", order)
    record(
        "matters.superior_opened", actor=actor, target=target(order.matter), at=at, named=str(order),
        by=order.procuratorate.name,
    )  # fmt: skip
    return order


def _move(order: SuperiorOrder, step: OrderStep, version: int, **updates: Any) -> None:
    """The one place where its state is written, guarded by the version as read. Raises SuperiorOrderMovedOn."""
    new = next_order_state(OrderState(order.state), step)
    as_read = SuperiorOrder.objects.filter(pk=order.pk, version=version, state=order.state)
    if not as_read.update(version=F("version") + 1, state=new, **updates):
        order.refresh_from_db()
        raise SuperiorOrderMovedOn(f"这件交办督办现在是“{order.get_state_display()}”，刚刚由同事办理过，请刷新后再看。")
    order.refresh_from_db()


def drop_superior_days(*, matter: Matter, at: datetime) -> None:
    """Drop what is owed by a day to offices above: it went to a road they do not read; inside an operation."""
    for order in matter.superior_orders.exclude(state=OrderState.ENDED):
        _end_day(order, dropped_at=at)


def _end_day(order: SuperiorOrder, **ended: datetime) -> None:
    order.deadlines.filter(met_at=None, dropped_at=None).update(rung_on=None, **ended)
    refresh_next_due(order.matter)


def _kind(order: SuperiorOrder) -> str:
    return ORDER_KIND_LABELS[OrderKind(order.kind)]


def _below(order: SuperiorOrder, at: datetime) -> list[Post]:
    """Who keeps the matter in the lower office, and its leader."""
    posts = posts_with(order.matter.procuratorate, Role.LIAISON_OFFICE, Role.OFFICE_HEAD, on=at.date())
    return [*posts, *([order.matter.leader] if order.matter.leader else [])]


def _tell(order: SuperiorOrder, posts: Iterable[Post], title: str, body: str, at: datetime) -> None:
    for post in {post.pk: post for post in posts}.values():
        queue(
            event_key=f"superior:{order.pk}:{order.state}", title=title, body=body, at=at, post=post,
            lane=Lane.STATUTORY, link=f"/desk/superior/{order.pk}/", procuratorate=post.procuratorate,
        )  # fmt: skip
