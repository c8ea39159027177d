"""States of a report and what keeps it from being issued. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal
from huiyin.statistics.rules.periods import Period


class ReportStatus(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    DROPPED = "dropped"


REPORT_STATUS_LABELS: Final = {
    ReportStatus.DRAFT: "起草中",
    ReportStatus.ISSUED: "已印发",
    ReportStatus.DROPPED: "已放弃",
}


class ReportKind(StrEnum):
    """Which report; another kind is one more text in drafting.py."""

    HANDLING = "handling"
    HALF_YEAR = "half_year"
    YEARLY = "yearly"


REPORT_KIND_LABELS: Final = {
    ReportKind.HANDLING: "办理情况报告",
    ReportKind.HALF_YEAR: "半年小结",
    ReportKind.YEARLY: "年度总结",
}
FIRST_HALF_ENDS: Final = (6, 30)  # month, day


def title_of(kind: ReportKind, organ: str, period: Period, noun: str) -> str:
    """What a new report is called."""
    if kind is ReportKind.HANDLING:
        return f"{organ}关于{period.label}{noun}办理情况的报告"
    span, word = (f"{period.label}上半年", "小结") if kind is ReportKind.HALF_YEAR else (period.label, "总结")
    return f"{organ}{span}{noun}办理工作{word}"


class ReportStepNotAllowed(Refusal):
    """An issued or dropped report is not changed."""

    code = "statistics.report_step_not_allowed"


class ReportMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "statistics.report_moved_on"


class PeriodUnknown(Refusal):
    """A period that no suggestion can belong to."""

    code = "statistics.period_unknown"


class DayOutOfRange(Refusal):
    """Figures up to a day that has not come, or a report dated before its figures or after today."""

    code = "statistics.day_out_of_range"


class TextNotReady(Refusal):
    """Names of figures nobody knows, or marks left to be filled in."""

    code = "statistics.text_not_ready"


class NumbersNotChecked(Refusal):
    """Numbers typed by hand that no computed figure bears out, and nobody said they were checked."""

    code = "statistics.numbers_not_checked"


class FigureUnknown(Refusal):
    """No indicator of that code."""

    code = "statistics.figure_unknown"
