"""The tables of moves of a matter, an undertaking and a letter, and what refuses a step. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


class Status(StrEnum):
    """How far a matter is; what came of it is `Outcome`."""

    REGISTERED = "registered"
    PROPOSING = "proposing"
    ASSIGNED = "assigned"
    IN_HAND = "in_hand"
    SIGNING = "signing"
    SIGNED = "signed"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"


STATUS_LABELS: Final = {
    Status.REGISTERED: "已登记",
    Status.PROPOSING: "拟办待批",
    Status.ASSIGNED: "已交办待签收",
    Status.IN_HAND: "办理中",
    Status.SIGNING: "审签中",
    Status.SIGNED: "已签发待印发",
    Status.REPLIED: "已答复",
    Status.CLOSED: "已办结",
    Status.ARCHIVED: "已归档",
}


class Step(StrEnum):
    TAKE_UP = "take_up"
    PROPOSE = "propose"
    RETURN_PROPOSAL = "return_proposal"
    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    REASSIGN = "reassign"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    ISSUE = "issue"
    REDO = "redo"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    ARCHIVE = "archive"
    CONVERT = "convert"
    WITHDRAW = "withdraw"
    SETTLE = "settle"


STEP_LABELS: Final = {
    Step.TAKE_UP: "直接承办",
    Step.PROPOSE: "拟办送批",
    Step.RETURN_PROPOSAL: "退回拟办",
    Step.ASSIGN: "批准交办",
    Step.SIGN_FOR: "签收",
    Step.REASSIGN: "改派",
    Step.SUBMIT: "送审",
    Step.RETURN: "退回修改",
    Step.SIGN: "签发",
    Step.ISSUE: "印发",
    Step.REDO: "重新办理",
    Step.GIVE_BACK: "退回交办机关",
    Step.CLOSE: "办结",
    Step.ARCHIVE: "归档",
    Step.CONVERT: "转其他途径办理",
    Step.WITHDRAW: "撤回终止",
    Step.SETTLE: "当场答复办结",
}

MOVES: Final = {
    (Status.REGISTERED, Step.TAKE_UP): Status.IN_HAND,  # kinds that are not routed: case inquiries
    (Status.REGISTERED, Step.PROPOSE): Status.PROPOSING,
    (Status.REGISTERED, Step.GIVE_BACK): Status.CLOSED,  # not ours, and whoever assigned it agrees
    (Status.PROPOSING, Step.RETURN_PROPOSAL): Status.REGISTERED,
    (Status.PROPOSING, Step.ASSIGN): Status.ASSIGNED,
    (Status.ASSIGNED, Step.SIGN_FOR): Status.IN_HAND,
    (Status.ASSIGNED, Step.REASSIGN): Status.ASSIGNED,
    (Status.IN_HAND, Step.REASSIGN): Status.ASSIGNED,
    (Status.IN_HAND, Step.SUBMIT): Status.SIGNING,
    (Status.SIGNING, Step.RETURN): Status.IN_HAND,
    (Status.SIGNING, Step.SIGN): Status.SIGNED,
    (Status.SIGNED, Step.RETURN): Status.SIGNING,
    (Status.SIGNED, Step.ISSUE): Status.REPLIED,
    (Status.REPLIED, Step.REDO): Status.IN_HAND,
    (Status.CLOSED, Step.REDO): Status.IN_HAND,
    (Status.REPLIED, Step.CLOSE): Status.CLOSED,
    (Status.CLOSED, Step.ARCHIVE): Status.ARCHIVED,
    (Status.REGISTERED, Step.SETTLE): Status.CLOSED,  # 审议意见 answered where it was said, or split into measures
    (Status.REGISTERED, Step.CONVERT): Status.CLOSED,  # handled elsewhere as a whole, nothing is answered here
    (Status.ASSIGNED, Step.CONVERT): Status.CLOSED,
    (Status.IN_HAND, Step.CONVERT): Status.CLOSED,
    (Status.REGISTERED, Step.WITHDRAW): Status.CLOSED,  # all who brought it took it back in writing
    (Status.ASSIGNED, Step.WITHDRAW): Status.CLOSED,
    (Status.IN_HAND, Step.WITHDRAW): Status.CLOSED,
}
OPEN: Final = frozenset(Status) - {Status.CLOSED, Status.ARCHIVED}


class UndertakingStatus(StrEnum):
    ASSIGNED = "assigned"
    ADJUSTING = "adjusting"
    IN_HAND = "in_hand"
    GIVEN = "given"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


UNDERTAKING_STATUS_LABELS: Final = {
    UndertakingStatus.ASSIGNED: "待签收",
    UndertakingStatus.ADJUSTING: "待协调",
    UndertakingStatus.IN_HAND: "办理中",
    UndertakingStatus.GIVEN: "已报办理意见",
    UndertakingStatus.MOVED: "已改派",
    UndertakingStatus.WITHDRAWN: "已终止",
}


class UndertakingStep(StrEnum):
    SIGN_FOR = "sign_for"
    ASK_ADJUSTMENT = "ask_adjustment"
    KEEP = "keep"
    MOVE = "move"
    GIVE = "give"
    ENTER = "enter"  # an outside organ's opinion, entered for it; organs sign for nothing
    HAND_OVER = "hand_over"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


UNDERTAKING_MOVES: Final = {
    (UndertakingStatus.ASSIGNED, UndertakingStep.SIGN_FOR): UndertakingStatus.IN_HAND,
    (UndertakingStatus.ASSIGNED, UndertakingStep.ASK_ADJUSTMENT): UndertakingStatus.ADJUSTING,
    (UndertakingStatus.ADJUSTING, UndertakingStep.KEEP): UndertakingStatus.ASSIGNED,
    (UndertakingStatus.ADJUSTING, UndertakingStep.MOVE): UndertakingStatus.MOVED,
    (UndertakingStatus.IN_HAND, UndertakingStep.MOVE): UndertakingStatus.MOVED,  # signed for, then reassigned
    (UndertakingStatus.IN_HAND, UndertakingStep.HAND_OVER): UndertakingStatus.IN_HAND,
    (UndertakingStatus.GIVEN, UndertakingStep.HAND_OVER): UndertakingStatus.GIVEN,  # a letter that came back
    (UndertakingStatus.IN_HAND, UndertakingStep.GIVE): UndertakingStatus.GIVEN,
    (UndertakingStatus.ASSIGNED, UndertakingStep.ENTER): UndertakingStatus.GIVEN,
    (UndertakingStatus.IN_HAND, UndertakingStep.ENTER): UndertakingStatus.GIVEN,
    (UndertakingStatus.GIVEN, UndertakingStep.REOPEN): UndertakingStatus.IN_HAND,
    (UndertakingStatus.ASSIGNED, UndertakingStep.WITHDRAW): UndertakingStatus.WITHDRAWN,  # the matter was taken back
    (UndertakingStatus.ADJUSTING, UndertakingStep.WITHDRAW): UndertakingStatus.WITHDRAWN,
    (UndertakingStatus.IN_HAND, UndertakingStep.WITHDRAW): UndertakingStatus.WITHDRAWN,
    (UndertakingStatus.GIVEN, UndertakingStep.WITHDRAW): UndertakingStatus.WITHDRAWN,
}


class ReplyStatus(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    DELIVERED = "delivered"
    VOIDED = "voided"


REPLY_STATUS_LABELS: Final = {
    ReplyStatus.DRAFT: "拟稿",
    ReplyStatus.SIGNING: "审签中",
    ReplyStatus.SIGNED: "已签发",
    ReplyStatus.NUMBERED: "已取号",
    ReplyStatus.SEALED: "已用印",
    ReplyStatus.ISSUED: "已印发",
    ReplyStatus.DELIVERED: "已送达",
    ReplyStatus.VOIDED: "已作废",
}


class ReplyStep(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    PROOFREAD = "proofread"
    NUMBER = "number"
    UNNUMBER = "unnumber"
    SEAL = "seal"
    ISSUE = "issue"
    DELIVER = "deliver"
    VOID = "void"


REPLY_MOVES: Final = {
    (ReplyStatus.DRAFT, ReplyStep.SUBMIT): ReplyStatus.SIGNING,
    (ReplyStatus.SIGNING, ReplyStep.RETURN): ReplyStatus.DRAFT,
    (ReplyStatus.SIGNING, ReplyStep.SIGN): ReplyStatus.SIGNED,
    (ReplyStatus.SIGNED, ReplyStep.RETURN): ReplyStatus.SIGNING,
    (ReplyStatus.SIGNED, ReplyStep.PROOFREAD): ReplyStatus.SIGNED,
    (ReplyStatus.SIGNED, ReplyStep.NUMBER): ReplyStatus.NUMBERED,
    (ReplyStatus.NUMBERED, ReplyStep.SEAL): ReplyStatus.SEALED,
    (ReplyStatus.NUMBERED, ReplyStep.UNNUMBER): ReplyStatus.SIGNED,  # its number is voided
    (ReplyStatus.SEALED, ReplyStep.UNNUMBER): ReplyStatus.SIGNED,
    (ReplyStatus.NUMBERED, ReplyStep.RETURN): ReplyStatus.SIGNING,
    (ReplyStatus.SEALED, ReplyStep.RETURN): ReplyStatus.SIGNING,
    (ReplyStatus.SEALED, ReplyStep.ISSUE): ReplyStatus.ISSUED,
    (ReplyStatus.ISSUED, ReplyStep.DELIVER): ReplyStatus.DELIVERED,
    (ReplyStatus.DRAFT, ReplyStep.VOID): ReplyStatus.VOIDED,  # what is out for signature is called back first
    (ReplyStatus.SIGNED, ReplyStep.VOID): ReplyStatus.VOIDED,
    (ReplyStatus.NUMBERED, ReplyStep.VOID): ReplyStatus.VOIDED,
    (ReplyStatus.SEALED, ReplyStep.VOID): ReplyStatus.VOIDED,
}
AFTER_SIGNING: Final = frozenset({ReplyStatus.SIGNED, ReplyStatus.NUMBERED, ReplyStatus.SEALED})
"""Signed to the end and not out yet."""


class StepNotAllowed(Refusal):
    """The matter's present status does not permit this step."""

    code = "matters.step_not_allowed"


class MatterMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "matters.moved_on"


def next_status(status: Status, step: Step) -> Status:
    """The status after a step; raises StepNotAllowed."""
    try:
        return MOVES[status, step]
    except KeyError:
        now, asked = STATUS_LABELS[status], STEP_LABELS[step]
        raise StepNotAllowed(f"这件事项现在是“{now}”，不能{asked}。请刷新页面查看最新进度。") from None


def next_undertaking_status(status: UndertakingStatus, step: UndertakingStep) -> UndertakingStatus:
    """The status of an undertaking after a step; raises StepNotAllowed."""
    try:
        return UNDERTAKING_MOVES[status, step]
    except KeyError:
        now = UNDERTAKING_STATUS_LABELS[status]
        raise StepNotAllowed(f"这项承办现在是“{now}”，不能这样办理。请刷新页面查看最新进度。") from None


def next_reply_status(status: ReplyStatus, step: ReplyStep) -> ReplyStatus:
    """The status of a letter after a step; raises StepNotAllowed."""
    try:
        return REPLY_MOVES[status, step]
    except KeyError:
        now = REPLY_STATUS_LABELS[status]
        raise StepNotAllowed(f"这份文稿现在是“{now}”，不能这样办理。请刷新页面查看最新进度。") from None
