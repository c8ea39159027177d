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
    BatchStatus.STAGING: "待核对列",  # a column the list must have was not found
    BatchStatus.PREVIEW: "待确认",
    BatchStatus.FLIPPING: "正在导入",
    BatchStatus.DONE: "已导入",
    BatchStatus.DROPPED: "已放弃",
}
OPEN: Final = frozenset({BatchStatus.STAGING, BatchStatus.PREVIEW})


class Verdict(StrEnum):
    NEW = "new"
    EQUAL = "equal"
    ORIGINAL = "original"
    CHANGED = "changed"
    BAD = "bad"


VERDICT_LABELS: Final = {
    Verdict.NEW: "新增",
    Verdict.EQUAL: "已有且相同（跳过）",
    Verdict.ORIGINAL: "已有且相同，补上原文",
    Verdict.CHANGED: "已有但不同（需确认）",
    Verdict.BAD: "有错",
}
GOES_IN: Final = frozenset({Verdict.NEW, Verdict.ORIGINAL, Verdict.CHANGED})
ORIGINAL: Final = "original"
"""Among the changes of a row: its original is given to the record known already."""


def sentence_at(line: int, column: str, sentence: str) -> str:
    """A problem with its place: 第7行“交办日”列：…"""
    return f"第{line}行“{column}”列：{sentence}" if column else f"第{line}行：{sentence}"


def lines_in_words(lines: list[int]) -> str:
    """第7、9行, at most eight of them."""
    listed = "、".join(map(str, lines[:8]))
    return f"第{listed}行" if len(lines) <= 8 else f"第{listed}行等 {len(lines)} 行"
