"""督办: the states of an order to a department, and the table of its moves. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


class SupervisionState(StrEnum):
    PROPOSED = "proposed"
    DECLINED = "declined"
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    ENDED = "ended"
    RAISED = "raised"
    WITHDRAWN = "withdrawn"


SUPERVISION_LABELS: Final = {
    SupervisionState.PROPOSED: "待签发",
    SupervisionState.DECLINED: "不同意签发",
    SupervisionState.ISSUED: "已签发，待签收",
    SupervisionState.ACKNOWLEDGED: "已签收，待回报",
    SupervisionState.REPORTED: "已回报，待审核",
    SupervisionState.ENDED: "已办结",
    SupervisionState.RAISED: "已升级督办",
    SupervisionState.WITHDRAWN: "已撤销",
}


class SupervisionStep(StrEnum):
    DECLINE = "decline"
    ORDER = "order"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    SEND_BACK = "send_back"
    END = "end"
    RAISE = "raise"
    WITHDRAW = "withdraw"


_State, _Step = SupervisionState, SupervisionStep
SUPERVISION_MOVES: Final = {
    (_State.PROPOSED, _Step.ORDER): _State.ISSUED,
    (_State.PROPOSED, _Step.DECLINE): _State.DECLINED,
    (_State.PROPOSED, _Step.WITHDRAW): _State.WITHDRAWN,
    (_State.ISSUED, _Step.ACKNOWLEDGE): _State.ACKNOWLEDGED,
    (_State.ISSUED, _Step.RAISE): _State.RAISED,
    (_State.ISSUED, _Step.WITHDRAW): _State.WITHDRAWN,
    (_State.ACKNOWLEDGED, _Step.REPORT): _State.REPORTED,
    (_State.ACKNOWLEDGED, _Step.RAISE): _State.RAISED,
    (_State.ACKNOWLEDGED, _Step.WITHDRAW): _State.WITHDRAWN,
    (_State.REPORTED, _Step.SEND_BACK): _State.ACKNOWLEDGED,
    (_State.REPORTED, _Step.END): _State.ENDED,
    (_State.REPORTED, _Step.RAISE): _State.RAISED,
    (_State.REPORTED, _Step.WITHDRAW): _State.WITHDRAWN,
}
WITH_DEPARTMENT: Final = (SupervisionState.ISSUED, SupervisionState.ACKNOWLEDGED)
OUT: Final = (*WITH_DEPARTMENT, SupervisionState.REPORTED)
RUNNING_SUPERVISION: Final = (SupervisionState.PROPOSED, *OUT)
NUMBERED: Final = (*OUT, SupervisionState.ENDED, SupervisionState.RAISED)
"""Signed and on its way or at its end; one withdrawn may have a number too."""


class SupervisionMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "matters.supervision_moved_on"


def next_supervision_state(state: SupervisionState, step: SupervisionStep) -> SupervisionState:
    """The state after a step; raises SupervisionMovedOn."""
    try:
        return SUPERVISION_MOVES[state, step]
    except KeyError:
        raise SupervisionMovedOn(
            f"这张督办单现在是“{SUPERVISION_LABELS[state]}”，不能这样办理。请刷新页面查看最新情况。"
        ) from None
