"""What follows an answer: revisits, improvement measures, promises kept or not. Words only, no Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.matters.rules.words import Mode


class RevisitState(StrEnum):
    OWED = "owed"
    DONE = "done"
    DROPPED = "dropped"


REVISIT_STATE_LABELS: Final = {
    RevisitState.OWED: "待回访",
    RevisitState.DONE: "已回访",
    RevisitState.DROPPED: "不再回访",
}


class RevisitMode(StrEnum):
    PHONE = "phone"
    VISIT = "visit"
    QUESTIONNAIRE = "questionnaire"


REVISIT_MODE_LABELS: Final = {
    RevisitMode.PHONE: "电话",
    RevisitMode.VISIT: "走访",
    RevisitMode.QUESTIONNAIRE: "问卷",
}
AS_ACT: Final = {
    RevisitMode.PHONE: Mode.PHONE,
    RevisitMode.VISIT: Mode.VISIT,
    RevisitMode.QUESTIONNAIRE: Mode.WRITTEN,
}
"""How the contact of a revisit stands among the contacts of its matter."""


class RevisitResult(StrEnum):
    SETTLED = "settled"
    WATCHED = "watched"
    REOPENED = "reopened"
    UNREACHED = "unreached"


REVISIT_RESULT_LABELS: Final = {
    RevisitResult.SETTLED: "已经落实，没有新的意见",
    RevisitResult.WATCHED: "还在落实，继续回访",
    RevisitResult.REOPENED: "有新的意见，制定改进措施",
    RevisitResult.UNREACHED: "没有联系上，改日再访",
}


class MeasureState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"


MEASURE_LABELS: Final = {
    MeasureState.OPEN: "落实中",
    MeasureState.DONE: "已落实",
    MeasureState.NOT_DONE: "未落实",
}


class Horizon(StrEnum):
    """Steps of a stage, or a plan for the long run (S3-112)."""

    STAGE = "stage"
    LONG = "long"


HORIZON_LABELS: Final = {Horizon.STAGE: "阶段举措", Horizon.LONG: "长远谋划"}
