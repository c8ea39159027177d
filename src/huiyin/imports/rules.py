"""States of a batch and verdicts on a row."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class BatchStatus(StrEnum):
    STAGING = "staging"
    PREVIEW = "preview"
    FLIPPING = "flipping"
    DONE = "done"
    DROPPED = "dropped"


BATCH_STATUS_LABELS: Final = {
    BatchStatus.STAGING: "正在读取",
    BatchStatus.PREVIEW: "待确认",
    BatchStatus.FLIPPING: "正在导入",
    BatchStatus.DONE: "已导入",
    BatchStatus.DROPPED: "已放弃",
}


class Verdict(StrEnum):
    NEW = "new"
    EQUAL = "equal"
    CHANGED = "changed"
    BAD = "bad"


VERDICT_LABELS: Final = {
    Verdict.NEW: "新增",
    Verdict.EQUAL: "已有且相同（跳过）",
    Verdict.CHANGED: "已有但不同（需确认）",
    Verdict.BAD: "有错",
}
