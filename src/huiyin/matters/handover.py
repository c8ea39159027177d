"""What a post still has in hand of matters, and how it goes to a successor when the post is closed (practice 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.models import Matter, RatingCall, Undertaking
from huiyin.matters.permissions import HEADS
from huiyin.matters.rules import UndertakingStatus
from huiyin.matters.second_letters import awaiting_letter
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work

IN_HAND = (UndertakingStatus.ASSIGNED, UndertakingStatus.ADJUSTING, UndertakingStatus.IN_HAND, UndertakingStatus.GIVEN)


class SuccessorCannotCall(Refusal):
    """The successor is no head of department."""

    code = "matters.successor_cannot_call"


def register_handover() -> None:
    """Called once, from MattersConfig.ready()."""
    register_open_work(
        OpenWork(
            code="matters.undertakings",
            label="承办的事项",
            count=lambda post: _handled_by(post).count(),
            hand_over=_hand_over_undertakings,
        )
    )
    register_open_work(
        OpenWork(
            code="matters.led",
            label="领衔的事项",
            count=lambda post: _open_with(leader=post).count(),
            hand_over=_hand_over_leading,
        )
    )
    register_open_work(
        OpenWork(
            code="matters.accompanied",
            label="联络的事项",
            count=lambda post: _open_with(liaison_officer=post).count(),
            hand_over=_hand_over_liaison,
        )
    )
    register_open_work(
        OpenWork(
            code="matters.rating_calls",
            label="待回访的电话",
            count=lambda post: _calls_of(post).count(),
            hand_over=_hand_over_calls,
        )
    )


def _handled_by(post: Post) -> QuerySet[Undertaking]:
    """Of open matters, and of closed ones that still owe a second letter."""
    owing = awaiting_letter().values("matter")
    held = Undertaking.objects.filter(handler=post, status__in=IN_HAND)
    return held.filter(Q(matter__is_open=True) | Q(matter__in=owing))


def _open_with(**who: Post) -> QuerySet[Matter]:
    return Matter.objects.filter(is_open=True, **who)


def _calls_of(post: Post) -> QuerySet[RatingCall]:
    return RatingCall.objects.filter(post=post, done_at=None)


def _hand_over_undertakings(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    held = list(_handled_by(post).select_related("matter"))
    Undertaking.objects.filter(pk__in=[each.pk for each in held]).update(handler=successor, version=F("version") + 1)
    for each in held:
        indexing.reindex(each.matter)
    return len(held)


def _hand_over_leading(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    return _reassign(_open_with(leader=post), at, leader=successor)


def _hand_over_liaison(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    return _reassign(_open_with(liaison_officer=post), at, liaison_officer=successor)


def _hand_over_calls(post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """Calls owed to dissatisfied deputies; only a head makes them."""
    if successor.role_enum not in HEADS:
        raise SuccessorCannotCall(
            f"{post.label}还有待回访的电话，由部门负责人回访，{successor.label}的岗位不能接手。请选择部门负责人接手。"
        )
    calls = list(_calls_of(post).select_related("rating__participant", "rating__matter__procuratorate"))
    RatingCall.objects.filter(pk__in=[call.pk for call in calls]).update(post=successor)
    for call in calls:
        matter = call.rating.matter
        queue(
            event_key=f"rating:{call.rating_id}:call", title=f"请回访：{matter.known_as}评价不满意", at=at,
            body=f"{post.label}的岗位结束，由您接手：{call.rating.participant.name}对{matter.naming}的答复表示不满意，"
            "请电话了解情况并登记。",
            post=successor, lane=Lane.STATUTORY, link=f"/desk/matters/{matter.pk}/", procuratorate=matter.procuratorate,
        )  # fmt: skip
    return len(calls)


def _reassign(matters: QuerySet[Matter], at: datetime, **changes: Any) -> int:
    held = list(matters)
    same = Matter.objects.filter(pk__in=[matter.pk for matter in held])
    same.update(version=F("version") + 1, changed_at=at, **changes)
    for matter in same:
        indexing.reindex(matter)
    return len(held)
