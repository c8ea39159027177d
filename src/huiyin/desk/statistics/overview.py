"""统计: this year at a glance, then the tables; every number opens its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.statistics.forms import PeriodForm
from huiyin.desk.statistics.showing import address, bars, months, shown, table
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.statistics.operations.reports import note_export
from huiyin.statistics.queries.loading import cases_of, listed, within
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.groups import DIMENSIONS, all_figures, grouped
from huiyin.statistics.rules.indicators import BY_CODE, INDICATORS
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.sheets import Cell, xlsx

TILES: Final = (
    "received", "closure_rate", "on_time", "satisfied_result_final", "satisfied_attitude_final", "met", "redone",
    "overdue",
)  # fmt: skip
TABLES: Final = ("department", "problem_class", "category", "leader", "role", "kind", "session", "outcome", "reason")
MONTHS_SHOWN: Final = 18
COLUMNS: Final = (("统计项目", 30), ("分组", 24), ("数值", 18), ("计入", 8), ("总数", 8), ("单位", 8), ("口径", 80))


@desk_page("statistics.view")
def overview(request: StaffRequest) -> HttpResponse:
    """The figures of the period asked for, this year unless asked otherwise."""
    form = PeriodForm(request.GET, post=request.post, today=today())
    period, kind = form.chosen()
    day, cases = today(), cases_of(within(listed(request.post), period, kind))
    to = address(period, kind)
    figures = {each.code: shown(each.figure(cases, day), to) for each in INDICATORS}
    context = {
        "title": "统计",
        "form": form,
        "period": period,
        "kind": kind,
        "day": day,
        "is_own_part": request.post.role_enum is Role.DEPUTY_CHIEF,
        "has_cases": bool(cases),
        "tiles": [figures[code] for code in TILES],
        "figures": [(figures[each.code], each) for each in INDICATORS],
        "months": months(cases, day, to, at_most=MONTHS_SHOWN),
        "bars": bars(grouped(cases, "department", day), day, to),
        "tables": [found for code in TABLES if (found := table(cases, code, day, to)).rows],
        "may_export": may(request.actor, "statistics.export"),
        "may_report": may(request.actor, "statistics.draft_report"),
    }
    return render(request, "desk/statistics/overview.html", context)


@desk_page("statistics.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The same figures as .xlsx; by POST, since it leaves a record."""
    form = PeriodForm(request.POST, post=request.post, today=today())
    period, kind = form.chosen()
    day, cases = today(), cases_of(within(listed(request.post), period, kind))
    note_export(sheet="统计表", filters={"period": period.code, "kind": kind}, actor=request.actor, at=now())
    content = xlsx(f"{period.label}统计", COLUMNS, _cells(cases, day))
    return bytes_response(f"统计表{period.label}{day:%Y%m%d}.xlsx", XLSX, content)


def _cells(cases: Sequence[Case], day: date) -> Iterator[list[Cell]]:
    dimensions = {each.code: each.label for each in DIMENSIONS}
    for figure in all_figures(cases, day).values():
        indicator, _, group = figure.code.partition("@")
        label, _, name = figure.label.partition("·")
        where = f"{dimensions[group.partition('=')[0]]}：{name}" if group else "全部"
        yield [label, where, figure.percent, len(figure.counted), figure.n, figure.unit, BY_CODE[indicator].about]
