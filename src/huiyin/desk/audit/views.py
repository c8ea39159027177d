"""The audit as its administrator reads it, and as an inspector opens it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.audit.models import Record
from huiyin.audit.operations import note_export, open_content
from huiyin.audit.queries import records, sealed
from huiyin.desk.audit.forms import ExportForm, FilterForm, ReasonForm
from huiyin.desk.audit.rows import COLUMNS, cells, lines
from huiyin.kernel.refusals import Refusal
from huiyin.web.clock import now
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import SeatRequest, StaffRequest, desk_page, go_to, refused, seat_page
from huiyin.web.paging import keyset
from huiyin.web.sheets import CSV, csv_bytes, xlsx

MOST: Final = 20_000  # rows of one export


@seat_page("audit.list")
def list_records(request: SeatRequest) -> HttpResponse:
    """Number, moment, verb, actor, result of every record; no content."""
    form = FilterForm(request.GET)
    found = _found(form)
    page = keyset(request, found)
    facts = {
        "title": "审计记录",
        "form": form,
        "lines": list(lines(page.rows)),
        "pager": page.pager,
        "sealed": sealed(),
        "carried": form.said().items() if form.is_valid() else [],
        "listed_url": request.path,
    }
    return render(request, "desk/audit/list.html", facts)


@seat_page("audit.export", methods=["POST"])
def export(request: SeatRequest) -> HttpResponse:
    """The filtered records as a file, without content; the export itself is recorded."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "筛选条件不对，没有导出。请重新筛选后再导出。")
        return go_to(request, "desk:audit:list")
    found = list(records(**form.given()).order_by("-id")[: MOST + 1])
    if len(found) > MOST:
        messages.error(request, f"符合条件的记录超过{MOST}条，没有导出。请缩小日期范围，分几次导出。")
        return go_to(request, "desk:audit:list")
    kind = form.cleaned_data["form"]
    at = now()
    said = {name: value for name, value in form.said().items() if name != "form"}
    note_export(count=len(found), filters=said, form=kind, actor=request.actor, at=at)
    rows = (cells(line) for line in lines(found))
    name = f"审计记录-{at:%Y%m%d-%H%M}.{kind}"
    if kind == "csv":
        return bytes_response(name, CSV, csv_bytes([heading for heading, _ in COLUMNS], rows))
    return bytes_response(name, XLSX, xlsx("审计记录", COLUMNS, rows))


@desk_page("audit.inspect")
def inspect(request: StaffRequest) -> HttpResponse:
    """Records of the inspector's own office, without content."""
    form = FilterForm(request.GET)
    page = keyset(request, _found(form, procuratorate=request.post.procuratorate.code))
    facts = {
        "title": "本院审计记录",
        "form": form,
        "lines": list(lines(page.rows)),
        "pager": page.pager,
        "inspecting": True,
        "listed_url": request.path,
    }
    return render(request, "desk/audit/list.html", facts)


@desk_page("audit.inspect")
def record_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One record without content, and the question why it is to be opened."""
    return _record_page(request, _own(request, pk), ReasonForm())


@desk_page("audit.open", methods=["POST"])
def open_record(request: StaffRequest, pk: int) -> HttpResponse:
    """The content of one record, after the reason has been recorded; shown once, nowhere kept."""
    row = _own(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            open_content(row=row, reason=form.cleaned_data["reason"], actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error("reason", refused(request, "audit.opened", refusal))
        else:
            return _record_page(request, row, None)
    return _record_page(request, row, form, status=422)


def _found(form: FilterForm, **fixed: Any) -> Any:
    return records(**form.given(), **fixed) if form.is_valid() else Record.objects.none()


def _own(request: StaffRequest, pk: int) -> Record:
    return get_object_or_404(Record, pk=pk, procuratorate=request.post.procuratorate.code)


def _record_page(request: StaffRequest, row: Record, form: ReasonForm | None, *, status: int = 200) -> HttpResponse:
    facts: dict[str, Any] = {"title": f"第{row.pk}号审计记录", "line": next(lines([row])), "form": form}
    if form is None:
        children = Record.objects.filter(parent=row).order_by("pk")
        facts |= {"row": row, "content": _content(row), "children": list(lines(children[:200]))}
    return render(request, "desk/audit/record.html", facts, status=status)


def _content(row: Record) -> list[dict[str, str]]:
    return [{"label": name, "text": _text(value)} for name, value in row.facts.items()]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(map(_text, value))
    if isinstance(value, dict):
        return "；".join(f"{name}：{_text(inner)}" for name, inner in value.items())
    return "" if value is None else str(value)
