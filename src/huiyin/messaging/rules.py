"""States of a message, its lanes and channels."""

from __future__ import annotations

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
