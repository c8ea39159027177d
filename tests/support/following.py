"""What follows an assignment or an answer, built through operations: 督办 so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter, Supervision
from huiyin.matters.operations.supervision_reports import acknowledge_supervision, report_supervision
from huiyin.matters.operations.supervisions import SupervisionFacts, order_supervision, propose_supervision
from tests.support.once import kept
from tests.support.world import World


@kept
def proposed(world: World, at: datetime, *matters: Matter, by: str = "officer_wang", **changes: Any) -> Supervision:
    """A 一般督办 of 未检部, waiting for 何主任 unless said otherwise."""
    usual: dict[str, Any] = {
        "matters": matters, "department": world.departments["second"], "level": "general",
        "orderer": world.posts["office_head"], "reason": "部门办理期限已过。", "demand": "三日内办出答复稿。",
    }  # fmt: skip
    facts = SupervisionFacts(**usual | changes)
    return propose_supervision(facts=facts, request_key=uuid4(), actor=world.act(by), at=at)


@kept
def ordered(world: World, at: datetime, *matters: Matter, **changes: Any) -> Supervision:
    """Signed by whom it asks, numbered."""
    order = proposed(world, at, *matters, **changes)
    who = next(key for key, post in world.posts.items() if post.pk == order.orderer_id)
    return order_supervision(
        supervision=order, agrees=True, remark="请抓紧。", actor=world.act(who), version=order.version, at=at
    )


@kept
def acknowledged(world: World, at: datetime, *matters: Matter, **changes: Any) -> Supervision:
    """Signed for by 魏部长."""
    order = ordered(world, at, *matters, **changes)
    return acknowledge_supervision(supervision=order, actor=world.act("head_second"), version=order.version, at=at)


@kept
def reported(world: World, at: datetime, *matters: Matter, **changes: Any) -> Supervision:
    """Reported on by the handler."""
    order = acknowledged(world, at, *matters, **changes)
    report_supervision(
        supervision=order, text="答复稿已经送审。", file=None, actor=world.act("handler_second"),
        version=order.version, at=at,
    )  # fmt: skip
    order.refresh_from_db()
    return order
