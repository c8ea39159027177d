"""The records behind a figure: of a period as it is counted now, of an issued report as it was frozen."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.statistics.forms import KINDS, chosen_period
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.queries import with_row_facts
from huiyin.statistics.models import Report
from huiyin.statistics.queries.loading import cases_of, listed, within
from huiyin.statistics.queries.reports import Behind, behind, counted_for, frozen_figure, reports_open_to
from huiyin.statistics.rules.figures import Figure
from huiyin.statistics.rules.groups import figure_of
from huiyin.statistics.rules.indicators import BY_CODE
from huiyin.statistics.rules.reports import ReportStatus
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset

SIZE = 50


@desk_page("statistics.view")
def of_period(request: StaffRequest) -> HttpResponse:
    """A figure of the statistics page: ?period=&kind=&figure=."""
    code = request.GET.get("figure") or "received"
    period = chosen_period(request.GET.get("period", "")[:20], "", today())
    kind = request.GET.get("kind", "")
    rows = within(listed(request.post), period, kind if kind in dict(KINDS) else "")
    figure = figure_of(code, cases_of(rows), today())
    if figure is None:
        raise Http404
    return _page(request, figure, rows, where=period.label, back=reverse("desk:statistics:overview"), back_to="统计")


@desk_page("statistics.list_reports")
def of_report(request: StaffRequest, pk: int) -> HttpResponse:
    """A figure of a report: frozen once it was issued."""
    report = get_object_or_404(reports_open_to(request.post).select_related("procuratorate"), pk=pk)
    figure = _figure(report, request.GET.get("figure") or "received")
    back = reverse("desk:statistics:report", args=[pk])
    return _page(request, figure, listed(request.post), where=report.title, back=back, back_to="报告")


def _figure(report: Report, code: str) -> Figure:
    if report.status == ReportStatus.ISSUED:
        return frozen_figure(get_object_or_404(report.snapshots, indicator=code))
    found = counted_for(report).figures.get(code)
    if found is None:
        raise Http404
    return found


def _page(
    request: StaffRequest, figure: Figure, rows: QuerySet[Matter], *, where: str, back: str, back_to: str
) -> HttpResponse:
    found = behind(figure, rows, request.post.procuratorate)
    paged = keyset(request, with_row_facts(found.matters).select_related("suggestion"), key="id", size=SIZE, unit="件")
    indicator = BY_CODE.get(figure.code.partition("@")[0])
    context = {
        "title": figure.label,
        "figure": figure,
        "where": where,
        "back": back,
        "back_to": back_to,
        "about": indicator.about if indicator else "",
        "rows": [_row(matter, figure, found) for matter in paged.rows],
        "pager": paged.pager,
        "hidden": found.hidden,
    }
    return render(request, "desk/statistics/records.html", context)


def _row(matter: Matter, figure: Figure, found: Behind) -> dict[str, Any]:
    parts: list[Undertaking] = getattr(matter, "parts", [])
    inside = [part for part in parts if part.department]
    answering = [part for part in inside if part.role != "assist"] or inside
    return {
        "matter": matter,
        "departments": "、".join(part.department.short_name for part in answering if part.department),
        "notes": found.notes.get(matter.pk, []),
        "is_counted": matter.pk in found.counted,
    }
