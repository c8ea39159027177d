"""States of a report and what keeps it from being issued. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


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


REPORT_KIND_LABELS: Final = {ReportKind.HANDLING: "代表建议办理报告"}


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
