"""The list of these matters by kind, its Excel, and the sheet of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.due import chip
from huiyin.desk.oversight.entering import oversight_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.matters.models import Deadline
from huiyin.matters.operations.exports import note_export
from huiyin.organisations.permissions import may
from huiyin.oversight.models import Oversight
from huiyin.oversight.papers import oversight_sheet
from huiyin.oversight.queries import answered_for, oversights_open_to, with_list_facts
from huiyin.oversight.rules import KIND_LABELS, Kind
from huiyin.oversight.wording import words_of
from huiyin.regulations.queries import calendar
from huiyin.regulations.rules import Calendar
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VIEW: Final = "oversight.list"
COLUMNS: Final = (
    ("类别", 16), ("形式", 14), ("来文号", 22), ("收文号", 20), ("标题", 48), ("来文机关", 30), ("会议或者活动", 28),
    ("日期", 12), ("来文日", 12), ("期限", 12), ("责任人", 14), ("意见", 8), ("未落实", 8), ("进度", 14), ("结果", 14),
)  # fmt: skip
STATES: Final = {"": "全部", "open": "在办", "mine": "由我负责", "ended": "已办结"}


def _chosen(request: StaffRequest, asked: Any) -> tuple[QuerySet[Oversight], str, str]:
    """The rows of a kind and a state, and what was chosen."""
    kind, state = asked.get("kind", ""), asked.get("state", "")
    rows = answered_for(request.post) if state == "mine" else oversights_open_to(request.post)
    if kind in set(Kind):
        rows = rows.filter(matter__kind=kind)
    if state in {"open", "ended"}:
        rows = rows.filter(matter__is_open=state == "open")
    return with_list_facts(rows), kind if kind in set(Kind) else "", state if state in STATES else ""


@desk_page(VIEW)
def listed(request: StaffRequest) -> HttpResponse:
    """By kind, the latest first."""
    rows, kind, state = _chosen(request, request.GET)
    paged = keyset(request, rows, key="-matter_id", size=40, unit="件")
    on, working_days = today(), calendar()
    context: dict[str, Any] = {
        "title": "审议意见和监督", "kind": kind, "state": state, "states": STATES, "pager": paged.pager,
        "kinds": [{"code": "", "label": "全部"}, *({"code": each.value, "label": KIND_LABELS[each]} for each in Kind)],
        "rows": [_row(each, on, working_days) for each in paged.rows],
        "may_register": may(request.actor, "oversight.register"), "may_export": may(request.actor, "matters.export"),
    }  # fmt: skip
    return render(request, "desk/oversight/list.html", context)


def _row(found: Oversight, on: date, working_days: Calendar) -> dict[str, Any]:
    day = _day(found)
    return {
        "found": found, "matter": found.matter, "kind": KIND_LABELS[found.kind], "day": day,
        "chip": chip(day, on, working_days) if day else None,
        "who": found.owner or found.answerer, "said": found.said, "left": found.left,  # type: ignore[attr-defined]
    }  # fmt: skip


def _day(found: Oversight) -> Deadline | None:
    days: list[Deadline] = getattr(found.matter, "open_days", [])
    return days[0] if days else None


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, on record."""
    rows, kind, state = _chosen(request, request.POST)
    found = list(rows.order_by("-matter_id"))
    note_export(rows=len(found), filters={"kind": kind, "state": state}, actor=request.actor, at=now())
    content = xlsx("审议意见和监督", COLUMNS, _cells(found))
    return bytes_response(f"审议意见和监督{today():%Y%m%d}.xlsx", XLSX, content)


def _cells(found: list[Oversight]) -> Iterator[list[Cell]]:
    for row in found:
        matter, coming, day = row.matter, row.matter.suggestion, _day(row)
        who = row.owner or row.answerer
        yield [
            KIND_LABELS[row.kind], row.what, coming.list_number, matter.number, matter.title, str(coming.body or ""),
            row.occasion, row.held_on.isoformat() if row.held_on else "", coming.assigned_on.isoformat(),
            day.due_on.isoformat() if day else "", who.staff.name if who else "",
            row.said, row.left, matter.get_status_display(), row.get_result_display(),  # type: ignore[attr-defined]
        ]  # fmt: skip


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The sheet of one, to print and file."""
    form = kind_or_404(kind)
    matter, found = oversight_or_404(request, pk)
    title = words_of(found.kind, found.form).sheet
    name = f"{title}{matter.number}"
    return printed(request, oversight_sheet(found), form, title=title, name=name, matter=matter)
