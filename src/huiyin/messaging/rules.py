"""States of a message, its lanes and channels; what happens to a lease that ran out; what a text may say. No Django."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final


class MessageState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    SUPPRESSED = "suppressed"


MESSAGE_STATE_LABELS: Final = {
    MessageState.WAITING: "待发送",
    MessageState.CLAIMED: "发送中",
    MessageState.SENT: "已发出",
    MessageState.DELIVERED: "已送达",
    MessageState.FAILED: "未送达",
    MessageState.IN_DOUBT: "是否发出待查",
    MessageState.SUPPRESSED: "未发送（对方未绑定或已退订）",
}
ARRIVED: Final = frozenset({MessageState.SENT, MessageState.DELIVERED})


class Lane(StrEnum):
    """What never waits behind what."""

    CODE = "code"
    STATUTORY = "statutory"
    CONVENIENCE = "convenience"


LANE_ORDER: Final = {Lane.CODE: 0, Lane.STATUTORY: 1, Lane.CONVENIENCE: 2}


class MessageChannel(StrEnum):
    IN_SITE = "in_site"
    SMS = "sms"


MESSAGE_CHANNEL_LABELS: Final = {MessageChannel.IN_SITE: "站内消息", MessageChannel.SMS: "短信"}

LEASE: Final = timedelta(seconds=60)
PAUSES: Final = (  # before the second try, the third, …; after the last one the message has failed
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
)


def state_after_lease(*, handed_over: bool, tries: int) -> MessageState:
    """What becomes of a claimed message whose drainer went silent.

    handed_over: it may have left through a channel that would show a repetition; then it is never sent again, and
    said to be in doubt. Everything else is tried again, until the tries are used up."""
    if handed_over:
        return MessageState.IN_DOUBT
    return MessageState.WAITING if next_pause(tries) is not None else MessageState.FAILED


def next_pause(tries: int) -> timedelta | None:
    """How long to wait after so many tries, None when it was the last."""
    return PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else timedelta(0) if tries <= 0 else None


def may_be_muted(lane: int) -> bool:
    """Whether an opt-out silences it: convenience only, statutory notices and codes cannot be muted."""
    return lane == LANE_ORDER[Lane.CONVENIENCE]


def notice_text(*, office: str, addressee: str, address: str) -> str:
    """A text that points to the phone site and carries no fact of any matter (practice 33)."""
    where = f"：{address}" if address else "。"
    return f"【{office}】{addressee}，您好！您有一条新的通知，请登录代表委员手机端查看{where}"


def code_text(*, office: str, code: str, minutes: int) -> str:
    """The text with a one-time code."""
    return f"【{office}】您的登录验证码是{code}，{minutes}分钟内有效。工作人员不会向您索要验证码，请勿告诉他人。"
