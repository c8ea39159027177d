"""上级院交办、督办: what an office above asks of a lower office's matter, and the table of its moves. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


class OrderKind(StrEnum):
    ASSIGNED = "assigned"
    PRESSED = "pressed"


ORDER_KIND_LABELS: Final = {OrderKind.ASSIGNED: "交办", OrderKind.PRESSED: "督办"}


class OrderState(StrEnum):
    GIVEN = "given"
    REPORTED = "reported"
    ENDED = "ended"


ORDER_STATE_LABELS: Final = {
    OrderState.GIVEN: "待下级院反馈",
    OrderState.REPORTED: "已反馈，待办结",
    OrderState.ENDED: "已结束",
}


class OrderStep(StrEnum):
    REPORT = "report"
    END = "end"


ORDER_MOVES: Final = {
    (OrderState.GIVEN, OrderStep.REPORT): OrderState.REPORTED,
    (OrderState.GIVEN, OrderStep.END): OrderState.ENDED,
    (OrderState.REPORTED, OrderStep.END): OrderState.ENDED,
}


class SuperiorOrderMovedOn(Refusal):
    """The order's state does not permit this any more, or a colleague was faster."""

    code = "matters.superior_order_moved_on"


def next_order_state(state: OrderState, step: OrderStep) -> OrderState:
    """The state after a step. Raises SuperiorOrderMovedOn."""
    try:
        return ORDER_MOVES[state, step]
    except KeyError:
        raise SuperiorOrderMovedOn(f"这件交办督办现在是“{ORDER_STATE_LABELS[state]}”，不能再这样办理。") from None
