"""The road of a request for more time: its states and the table of moves between them. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ExtensionState(StrEnum):
    ASKED = "asked"
    TURNED_DOWN = "turned_down"
    APPROVED = "approved"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


EXTENSION_LABELS: Final = {
    ExtensionState.ASKED: "院内审批中",
    ExtensionState.TURNED_DOWN: "院内未同意",
    ExtensionState.APPROVED: "院领导已同意，待发函",
    ExtensionState.SENT: "已发函，待交办机关答复",
    ExtensionState.GRANTED: "已延期",
    ExtensionState.REFUSED: "交办机关不同意，按原期限办理",
    ExtensionState.WITHDRAWN: "已撤回申请",
    ExtensionState.LAPSED: "期限已经了结，不再需要",
}


class ExtensionStep(StrEnum):
    APPROVE = "approve"
    TURN_DOWN = "turn_down"
    SEND = "send"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


EXTENSION_MOVES: Final = {
    (ExtensionState.ASKED, ExtensionStep.APPROVE): ExtensionState.APPROVED,
    (ExtensionState.ASKED, ExtensionStep.TURN_DOWN): ExtensionState.TURNED_DOWN,
    (ExtensionState.ASKED, ExtensionStep.WITHDRAW): ExtensionState.WITHDRAWN,
    (ExtensionState.ASKED, ExtensionStep.LAPSE): ExtensionState.LAPSED,
    (ExtensionState.APPROVED, ExtensionStep.SEND): ExtensionState.SENT,
    (ExtensionState.APPROVED, ExtensionStep.GRANT): ExtensionState.GRANTED,  # the book asks nobody outside
    (ExtensionState.APPROVED, ExtensionStep.WITHDRAW): ExtensionState.WITHDRAWN,
    (ExtensionState.APPROVED, ExtensionStep.LAPSE): ExtensionState.LAPSED,
    (ExtensionState.SENT, ExtensionStep.GRANT): ExtensionState.GRANTED,
    (ExtensionState.SENT, ExtensionStep.REFUSE): ExtensionState.REFUSED,
    (ExtensionState.SENT, ExtensionStep.WITHDRAW): ExtensionState.WITHDRAWN,
    (ExtensionState.SENT, ExtensionStep.LAPSE): ExtensionState.LAPSED,
}
RUNNING: Final = (ExtensionState.ASKED, ExtensionState.APPROVED, ExtensionState.SENT)
"""Asked for and not ended: the date it asks to move still runs."""
