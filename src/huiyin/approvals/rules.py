"""States of an approval and its steps, verdicts."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ApprovalStatus(StrEnum):
    RUNNING = "running"
    AGREED = "agreed"
    RETURNED = "returned"
    STOPPED = "stopped"


APPROVAL_STATUS_LABELS: Final = {
    ApprovalStatus.RUNNING: "审批中",
    ApprovalStatus.AGREED: "已同意",
    ApprovalStatus.RETURNED: "已退回",
    ApprovalStatus.STOPPED: "已撤回",
}


class StepStatus(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    AGREED = "agreed"
    RETURNED = "returned"
    SKIPPED = "skipped"


STEP_STATUS_LABELS: Final = {
    StepStatus.WAITING: "未到",
    StepStatus.OPEN: "待办",
    StepStatus.AGREED: "同意",
    StepStatus.RETURNED: "退回",
    StepStatus.SKIPPED: "不需要",
}


class Verdict(StrEnum):
    AGREE = "agree"
    RETURN = "return"


VERDICT_LABELS: Final = {Verdict.AGREE: "同意", Verdict.RETURN: "退回修改"}
