"""What a post still has in hand of 督办, and how it goes to a successor when the post is closed (practice 8)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Measure, Revisit, Supervision
from huiyin.matters.rules.following import MeasureState, RevisitState
from huiyin.matters.rules.supervision import SupervisionState
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work


class SuccessorCannotOrder(Refusal):
    """The successor's role does not sign orders of these levels."""

    code = "matters.successor_cannot_order"


def register_follow_handover() -> None:
    """Called once, from MattersConfig.ready()."""
    register_open_work(
        OpenWork(
            code="matters.supervisions",
            label="待签发的督办单",
            count=lambda post: _to_order(post).count(),
            hand_over=_hand_over_orders,
        )
    )

    register_open_work(
        OpenWork(
            code="matters.revisits",
            label="待办的回访",
            count=lambda post: _to_revisit(post).count(),
            hand_over=_hand_over_revisits,
        )
    )
    register_open_work(
        OpenWork(
            code="matters.measures",
            label="落实中的改进措施",
            count=lambda post: _to_carry_out(post).count(),
            hand_over=_hand_over_measures,
        )
    )


def _to_revisit(post: Post) -> QuerySet[Revisit]:
    return Revisit.objects.filter(post=post, state=RevisitState.OWED)


def _to_carry_out(post: Post) -> QuerySet[Measure]:
    return Measure.objects.filter(owner=post, status=MeasureState.OPEN)


def _hand_over_revisits(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    return _to_revisit(post).update(post=successor, version=F("version") + 1)


def _hand_over_measures(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The measure stays with its department whoever answers for it."""
    return _to_carry_out(post).update(owner=successor, version=F("version") + 1)


def _to_order(post: Post) -> QuerySet[Supervision]:
    return Supervision.objects.filter(orderer=post, state=SupervisionState.PROPOSED)


def _hand_over_orders(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """Orders that wait for a signature; only who holds the same role signs them."""
    held = list(_to_order(post).select_related("department", "procuratorate"))
    if held and successor.role != post.role:
        raise SuccessorCannotOrder(
            f"{post.label}还有待签发的督办单，{successor.label}的岗位不能签发。请选择同样岗位的人员接手。"
        )
    orders = Supervision.objects.filter(pk__in=[order.pk for order in held])
    orders.update(orderer=successor, version=F("version") + 1)
    for order in held:
        queue(
            event_key=f"supervision:{order.pk}:handed", title=f"待签发：{order.level_title}督办单", at=at,
            body=f"{post.label}的岗位结束，由您接手：对{order.department}{order.level_title}，请签发。",
            post=successor, lane=Lane.STATUTORY, link=f"/desk/supervisions/{order.pk}/",
            procuratorate=order.procuratorate,
        )  # fmt: skip
    return len(held)
