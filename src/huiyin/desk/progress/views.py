"""办理进度表: the tables of the office, and one with its lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.progress.forms import LinesForm, OpenForm, SignOffForm
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.models import ProgressLine, ProgressTable, TableState
from huiyin.suggestions.operations.progress import (
    note_progress_export,
    open_progress,
    sign_off_progress,
    target_of,
    urge_progress,
    write_progress,
)
from huiyin.suggestions.progress_papers import progress_table
from huiyin.suggestions.progress_queries import (
    COLUMNS,
    SetDate,
    cells_of,
    lines_open_to,
    lists_under_way,
    next_set_date,
    tables_open_to,
    with_counts,
    with_row_facts,
)
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset
from huiyin.web.sheets import xlsx

OPEN, WRITE, URGE = "suggestions.open_progress", "suggestions.write_progress", "suggestions.urge_progress"
SIGN_OFF, EXPORT = "suggestions.sign_off_progress", "suggestions.export_progress"
WIDTHS = (12, 40, 14, 10, 14, 12, 60, 12, 12, 16)


@desk_page("suggestions.list_progress")
def tables(request: StaffRequest) -> HttpResponse:
    """The tables of the office, the newest first."""
    paged = keyset(request, with_counts(tables_open_to(request.post)), unit="张")
    context = {
        "title": "办理进度表", "rows": paged.rows, "pager": paged.pager, "may_open": may(request.actor, OPEN),
        "ahead": _ahead(request),
    }  # fmt: skip
    return render(request, "desk/progress/list.html", context)


def _ahead(request: StaffRequest) -> SetDate | None:
    on = today()
    return next_set_date(stack_for(request.post.procuratorate, on=on), on)


@desk_page(OPEN, methods=["GET", "POST"])
def lay_out(request: StaffRequest) -> HttpResponse:
    """Lay out a table for the departments to write."""
    ahead = _ahead(request)
    due_on = ahead.on if ahead is not None else None
    initial = {"due_on": due_on, "title": f"代表建议办理进度表（{_month(due_on or today())}）"}
    form = OpenForm(posted(request), lists=lists_under_way(request.post.procuratorate), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            table = open_progress(actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, OPEN, refusal))
        else:
            messages.success(request, "已布置，已通知各承办部门填写。")
            return go_to(request, "desk:progress:detail", table.pk)
    context = {"title": "布置办理进度表", "form": form, "ahead": ahead}
    return render(request, "desk/progress/open.html", context, status=422 if form.errors else 200)


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _table_or_404(request: StaffRequest, pk: int) -> ProgressTable:
    seen = tables_open_to(request.post).select_related("procuratorate", "opened_by__staff", "signed_off_by__staff")
    return get_object_or_404(seen, pk=pk)


@desk_page("suggestions.view_progress")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One table: what was written, who has not."""
    return _page(request, _table_or_404(request, pk))


def _lines(request: StaffRequest, table: ProgressTable) -> list[ProgressLine]:
    return with_row_facts(lines_open_to(request.post).filter(table=table))


def _page(
    request: StaffRequest,
    table: ProgressTable,
    *,
    form: LinesForm | None = None,
    signing: SignOffForm | None = None,
    sentences: list[str] | None = None,
) -> HttpResponse:
    lines = _lines(request, table)
    writing = table.state == TableState.WRITING
    writes = writing and may(request.actor, WRITE, table)
    shown = form or LinesForm(lines=lines)
    cells = cells_of(lines)
    missing = [line for line in lines if not line.text]
    may_sign = writing and may(request.actor, SIGN_OFF, table)
    context: dict[str, Any] = {
        "title": table.title,
        "table": table,
        "rows": [_row(line, cells[line.pk], shown if writes else None) for line in lines],
        "missing": len(missing),
        "behind": sorted({line.department.short_name for line in missing}),
        "writes": writes,
        "form": shown,
        "may_urge": writing and bool(missing) and may(request.actor, URGE, table),
        "signing": (signing or SignOffForm(initial={"version": table.version})) if may_sign else None,
        "may_export": may(request.actor, EXPORT, table),
        "may_print": may(request.actor, "matters.print") and may(request.actor, EXPORT, table),
        "on": today(),
        "sentences": sentences or [],
    }
    status = 422 if sentences or (signing is not None and signing.errors) else 200
    return render(request, "desk/progress/detail.html", context, status=status)


def _row(line: ProgressLine, cells: tuple[str, ...], form: LinesForm | None) -> dict[str, Any]:
    named = dict(zip(COLUMNS, cells, strict=True))
    return {
        "line": line,
        "number": named["建议编号"],
        "proposer": named["领衔代表"],
        "role": named["办理方式"],
        "due": named["办理期限"],
        "stage": named["目前阶段"],
        "handler": named["联系人"],
        "text": form[f"text_{line.pk}"] if form else None,
        "version": form[f"version_{line.pk}"] if form else None,
    }


@desk_page(WRITE, methods=["POST"])
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what was written; a refused form keeps every word."""
    table = _table_or_404(request, pk)
    form = LinesForm(request.POST, lines=_lines(request, table))
    if form.is_valid():
        try:
            write_progress(table=table, lines=form.written(), actor=request.actor, at=now())
        except Refusal as refusal:
            sentences = [refused(request, WRITE, refusal, target=target_of(table))]
        else:
            messages.success(request, "已保存。")
            return go_to(request, "desk:progress:detail", pk)
    else:
        sentences = sentences_of(form)
    return _page(request, _table_or_404(request, pk), form=form, sentences=sentences)


@desk_page(URGE, methods=["POST"])
def urge(request: StaffRequest, pk: int) -> HttpResponse:
    """Remind those who have not written."""
    table = _table_or_404(request, pk)
    try:
        told = urge_progress(table=table, actor=request.actor, at=now())
    except Refusal as refusal:
        return _page(request, table, sentences=[refused(request, URGE, refusal, target=target_of(table))])
    messages.success(request, f"已催填，通知了{told}人。")
    return go_to(request, "desk:progress:detail", pk)


@desk_page(SIGN_OFF, methods=["POST"])
def sign_off(request: StaffRequest, pk: int) -> HttpResponse:
    """The office head signs the table off."""
    table = _table_or_404(request, pk)
    form = SignOffForm(request.POST)
    sentences: list[str] = []
    if form.is_valid():
        said = form.cleaned_data
        try:
            sign_off_progress(
                table=table, missing_note=said["missing_note"], actor=request.actor, version=said["version"], at=now()
            )
        except Refusal as refusal:
            sentences = [refused(request, SIGN_OFF, refusal, target=target_of(table))]
        else:
            messages.success(request, "已审定，可以导出、打印后报人大。")
            return go_to(request, "desk:progress:detail", pk)
    return _page(request, _table_or_404(request, pk), signing=form, sentences=sentences)


@desk_page(EXPORT, methods=["POST"])
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """The table as a workbook, in the congress office's columns."""
    table = _table_or_404(request, pk)
    rows = _cells(request, table)
    note_progress_export(table=table, rows=len(rows), actor=request.actor, at=now())
    columns = [("序号", 6), *zip(COLUMNS, WIDTHS, strict=True)]
    content = xlsx("办理进度表", columns, [(place, *row) for place, row in enumerate(rows, start=1)])
    draft = "" if table.state == TableState.SIGNED_OFF else "（草稿）"
    return bytes_response(f"{table.title}{draft}.xlsx", XLSX, content)


@desk_page(EXPORT, methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The table as PDF, .docx or page."""
    table, form = _table_or_404(request, pk), kind_or_404(kind)
    rows = _cells(request, table)
    made = progress_table(table, rows, organ=table.procuratorate.name)
    return printed(request, made, form, title="办理进度表", name=table.title, target=target_of(table), rows=len(rows))


def _cells(request: StaffRequest, table: ProgressTable) -> list[tuple[str, ...]]:
    lines = _lines(request, table)
    cells = cells_of(lines)
    return [cells[line.pk] for line in lines]
