"""向人大常委会的专项报告: its states, its sections (S0-08), the days before the meeting it runs on. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


class CongressState(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    NUMBERED = "numbered"
    HEARD = "heard"
    DROPPED = "dropped"


CONGRESS_LABELS: Final = {
    CongressState.DRAFT: "起草中",
    CongressState.SIGNING: "审签中",
    CongressState.SIGNED: "已签发，待取号",
    CongressState.NUMBERED: "已取号，待送达",
    CongressState.HEARD: "已报告",
    CongressState.DROPPED: "已放弃",
}


class CongressStep(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    AGREE = "agree"
    REOPEN = "reopen"
    NUMBER = "number"
    CONCLUDE = "conclude"
    DROP = "drop"


CONGRESS_MOVES: Final = {
    (CongressState.DRAFT, CongressStep.SUBMIT): CongressState.SIGNING,
    (CongressState.DRAFT, CongressStep.DROP): CongressState.DROPPED,
    (CongressState.SIGNING, CongressStep.RETURN): CongressState.DRAFT,
    (CongressState.SIGNING, CongressStep.AGREE): CongressState.SIGNED,
    (CongressState.SIGNED, CongressStep.REOPEN): CongressState.SIGNING,
    (CongressState.SIGNED, CongressStep.NUMBER): CongressState.NUMBERED,
    (CongressState.NUMBERED, CongressStep.CONCLUDE): CongressState.HEARD,
}
OPEN_STATES: Final = (CongressState.DRAFT, CongressState.SIGNING, CongressState.SIGNED, CongressState.NUMBERED)

SECTIONS: Final = {
    "work": "重要工作",
    "decisions": "重大部署",
    "special": "专项工作开展情况",
    "results": "取得的成效",
    "news": "新情况",
    "problems": "存在的问题",
    "remedies": "解决办法",
}
"""The parts of a report, in their order; those left empty are not printed."""


class Sending(StrEnum):
    """What went out, or came back, and is noted with its day."""

    DRAFT_SENT = "draft_sent"
    COMMENTS = "comments"
    SENT = "sent"
    TO_MEMBERS = "to_members"


SENDING_LABELS: Final = {
    Sending.DRAFT_SENT: "送征求意见稿",
    Sending.COMMENTS: "收到修改意见",
    Sending.SENT: "送达正式报告",
    Sending.TO_MEMBERS: "发给组成人员",
}
MEETS: Final = {Sending.DRAFT_SENT: "REP_DRAFT", Sending.SENT: "REP_FINAL", Sending.TO_MEMBERS: "REP_ISSUE"}
"""Which limit of the books each meets."""
COUNTDOWN: Final = {
    "REP_DRAFT": "送人大征求意见",
    "REP_FINAL": "送人大常委会",
    "REP_ISSUE": "发给组成人员",
}
NUMBERED_FIRST: Final = frozenset({Sending.SENT, Sending.TO_MEMBERS})


class CongressMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "suggestions.congress_moved_on"


class CongressNotReady(Refusal):
    """Something the next step needs is missing, or a day is impossible."""

    code = "suggestions.congress_not_ready"
