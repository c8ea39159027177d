"""Reports: begun from the figures, edited as text, issued once with every figure frozen; exports on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.text import normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.statistics.models import Report, ReportSnapshot
from huiyin.statistics.queries.reports import Counted, begun_text, blocks_now, counted_for, noun_of
from huiyin.statistics.rules.drafting import CLOSING
from huiyin.statistics.rules.figures import Figure
from huiyin.statistics.rules.periods import Period, period_of
from huiyin.statistics.rules.reports import (
    FIRST_HALF_ENDS,
    DayOutOfRange,
    NumbersNotChecked,
    PeriodUnknown,
    ReportKind,
    ReportMovedOn,
    ReportStatus,
    ReportStepNotAllowed,
    TextNotReady,
    title_of,
)
from huiyin.statistics.rules.texts import doubts, faults


def begin_report(
    *, matter_kind: str, period: str, as_of_on: date, salutation: str, actor: PostActor, request_key: UUID,
    at: datetime, kind: ReportKind = ReportKind.HANDLING,
) -> Report:  # fmt: skip
    """Begin a report with the text the figures give; the second post of one key is given the first report.

    period: as rules/periods.py writes it; a summary is of a year, of its first half with figures up to that half's
    end. Raises NotAllowed, PeriodUnknown, DayOutOfRange."""
    known = Report.objects.filter(drafted_by=actor.post, request_key=request_key)
    first = known.first()
    if first is not None:
        return first
    facts = {
        "matter_kind": matter_kind, "period": period, "as_of_on": as_of_on, "salutation": salutation, "kind": kind,
    }  # fmt: skip
    try:
        return _begin(facts=facts, actor=actor, request_key=request_key, at=at)
    except IntegrityError:  # the other half of a double click was faster
        first = known.first()
        if first is None:
            raise
        return first


@operation
def _begin(*, facts: dict[str, Any], actor: PostActor, request_key: UUID, at: datetime) -> Report:
    require(actor, "statistics.draft_report")
    office, period = actor.post.procuratorate, period_of(facts["period"])
    if period is None:
        raise PeriodUnknown("没有这个期间，请重新选择年度或者届次。")
    if facts["as_of_on"] > at.date():
        raise DayOutOfRange("数据截至日不能晚于今天，请改正。")
    _require_span(facts["kind"], period, facts["as_of_on"])
    report = Report.objects.create(
        procuratorate=office,
        title=title_of(facts["kind"], office.name, period, noun_of(facts["matter_kind"])),
        text=begun_text(office, period, facts["matter_kind"], facts["as_of_on"]),
        closing=CLOSING if facts["kind"] == ReportKind.HANDLING else "",
        drafted_by=actor.post,
        drafted_at=at,
        request_key=request_key,
        **facts,
    )
    record("statistics.report_begun", actor=actor, target=target_of(report), at=at, period=period.code)
    return report


def _require_span(kind: ReportKind, period: Period, as_of_on: date) -> None:
    if kind == ReportKind.HANDLING:
        return
    if period.year is None:
        raise PeriodUnknown("半年小结和年度总结按年度统计，请选择年度。")
    if kind == ReportKind.HALF_YEAR and as_of_on > date(period.year, *FIRST_HALF_ENDS):
        raise DayOutOfRange(f"半年小结的数据截至日应在{period.year}年6月30日以前，请改正。")


@operation
def save_report(
    *, report: Report, title: str, salutation: str, text: str, closing: str, actor: PostActor, version: int,
    at: datetime,
) -> Report:  # fmt: skip
    """Keep the text as a person wrote it. Raises NotAllowed, ReportStepNotAllowed, ReportMovedOn."""
    require(actor, "statistics.draft_report", report)
    _require_draft(report)
    words = {"title": title, "salutation": salutation, "text": text, "closing": closing}
    _write(report, version, **{name: normalise(given) for name, given in words.items()})
    record("statistics.report_saved", actor=actor, target=target_of(report), at=at)
    return report


@operation
def issue_report(
    *, report: Report, number: str, issued_on: date, is_checked: bool, actor: PostActor, version: int, at: datetime,
    signer: str = "",
) -> Report:  # fmt: skip
    """Freeze the report: its text as printed and every figure with the records behind it.

    number: as the registry gave it. signer: whose name stands as 签发人. is_checked: somebody looked at the typed
    numbers that no figure bears out.
    Raises NotAllowed, ReportStepNotAllowed, DayOutOfRange, TextNotReady, NumbersNotChecked, ReportMovedOn."""
    require(actor, "statistics.issue_report", report)
    _require_draft(report)
    if not report.as_of_on <= issued_on <= at.date():
        raise DayOutOfRange("成文日期应在数据截至日与今天之间，请改正。")
    found = counted_for(report)
    wrong = faults(report.text, found.figures.values(), found.tables)
    if wrong:
        raise TextNotReady(wrong[0] + (f"共有{len(wrong)}处，见页面提示。" if len(wrong) > 1 else ""))
    loose = doubts(report.text, found.figures.values())
    if loose and not is_checked:
        raise NumbersNotChecked(f"正文里有{len(loose)}处手填数字与统计不一致，请逐处核对后勾选“已核对”。")
    _write(
        report, version, status=ReportStatus.ISSUED, number=number.strip(), issued_on=issued_on, issued_at=at,
        issued_by=actor.post, content=blocks_now(report, found), signer=normalise(signer),
    )  # fmt: skip
    _freeze(report, found)
    typed = [each.number for each in loose]
    record("statistics.report_issued", actor=actor, target=target_of(report), at=at, typed=typed, number=report.number)
    return report


def _freeze(report: Report, found: Counted) -> None:
    ReportSnapshot.objects.bulk_create(
        _snapshot(report, place, figure) for place, figure in enumerate(found.figures.values(), start=1)
    )


def _snapshot(report: Report, place: int, figure: Figure) -> ReportSnapshot:
    return ReportSnapshot(
        report=report,
        position=place,
        indicator=figure.code,
        label=figure.label,
        definition_version=figure.version,
        unit=figure.unit,
        value=figure.value,
        n=figure.n,
        ids=list(figure.counted),
        of_ids=None if figure.of is None else list(figure.of),
    )


@operation
def drop_report(*, report: Report, actor: PostActor, version: int, at: datetime) -> Report:
    """Give up a draft. Raises NotAllowed, ReportStepNotAllowed, ReportMovedOn."""
    require(actor, "statistics.draft_report", report)
    _require_draft(report)
    _write(report, version, status=ReportStatus.DROPPED)
    record("statistics.report_dropped", actor=actor, target=target_of(report), at=at)
    return report


@operation
def note_export(*, sheet: str, filters: Mapping[str, str], actor: PostActor, at: datetime) -> None:
    """Record an export of the figures, before it leaves. Raises NotAllowed."""
    require(actor, "statistics.export")
    target = Target(kind="statistics.sheet", key=actor.procuratorate, label=sheet)
    record("statistics.exported", actor=actor, target=target, at=at, filters=dict(filters))


def _require_draft(report: Report) -> None:
    if report.status != ReportStatus.DRAFT:
        raise ReportStepNotAllowed(f"这份报告{report.get_status_display()}，不能再修改。")


def _write(report: Report, version: int, **changes: Any) -> None:
    as_read = Report.objects.filter(pk=report.pk, version=version, status=ReportStatus.DRAFT)
    if not as_read.update(version=F("version") + 1, **changes):
        raise ReportMovedOn("同事刚刚改过这份报告，请刷新页面看过最新内容以后再办理。")
    report.refresh_from_db()


def target_of(report: Report) -> Target:
    """The report as audit names it."""
    return Target(kind="statistics.report", key=str(report.pk), label=report.title)
