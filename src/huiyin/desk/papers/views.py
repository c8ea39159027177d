"""Registers and sheets to print; each print leaves a record."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.papers.forms import RegisterForm
from huiyin.gongwen.structure import ListPaper
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.operations.exports import register_of
from huiyin.matters.papers.contacts import undertaking_notice
from huiyin.matters.papers.registers import receipt_register
from huiyin.matters.queries import with_row_facts
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.operations.propose import target_of
from huiyin.suggestions.papers import proposal_sheet, suggestion_register
from huiyin.suggestions.queries import proposals_open_to
from huiyin.web.clock import today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.sheets import xlsx

MOST: Final = 500  # rows of one printed register; the form asks for a shorter period beyond it
CHARACTERS: Final = 5  # of a workbook for one of a printed column's parts
REGISTERS: Final = {"receipts": "收文登记簿", "suggestions": "建议登记表"}


@desk_page("matters.print")
def choose(request: StaffRequest) -> HttpResponse:
    """Which register, of which days."""
    return _choose(request, RegisterForm(request.GET or RegisterForm.this_year(today())))


def _choose(request: StaffRequest, form: RegisterForm, *, status: int = 200) -> HttpResponse:
    chosen = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "title": "打印文书",
        "form": form,
        "fields": form.days if chosen else {},
        "registers": [_register(code, label) for code, label in REGISTERS.items()],
        "count": _matters(request, form).count() if chosen else None,
        "most": MOST,
    }
    return render(request, "desk/papers/choose.html", context, status=status)


def _register(code: str, label: str) -> dict[str, str]:
    addresses = {kind: reverse(f"desk:papers:{code}", args=[kind]) for kind in ("pdf", "docx", "xlsx", "html")}
    return {"label": label} | addresses


@desk_page("matters.print", methods=["POST"])
def receipts(request: StaffRequest, kind: str) -> HttpResponse:
    """收文登记簿 of the days asked for."""
    kind, form = _kind_or_404(kind), RegisterForm(request.POST)
    if not form.is_valid():
        return _choose(request, form, status=422)
    found = with_row_facts(_matters(request, form)).select_related("suggestion__body")
    rows = list(found.order_by("received_on", "id")[:MOST])
    paper = receipt_register(rows, organ=request.post.procuratorate.name, on=today())
    return _register_as(request, "receipts", paper, kind, form)


@desk_page("matters.print", methods=["POST"])
def suggestions(request: StaffRequest, kind: str) -> HttpResponse:
    """建议登记表 of the days asked for."""
    kind, form = _kind_or_404(kind), RegisterForm(request.POST)
    if not form.is_valid():
        return _choose(request, form, status=422)
    own = _matters(request, form).filter(kind__in=ACCOUNTED)
    found = with_row_facts(own).select_related("suggestion", "leader__staff", "procuratorate")
    rows = list(found.prefetch_related("replies", "ratings").order_by("external_number", "id")[:MOST])
    paper = suggestion_register(rows, organ=request.post.procuratorate.name, on=today())
    return _register_as(request, "suggestions", paper, kind, form)


def _kind_or_404(kind: str) -> str:
    return kind if kind == "xlsx" else kind_or_404(kind)


def _register_as(request: StaffRequest, code: str, paper: ListPaper, kind: str, form: RegisterForm) -> HttpResponse:
    """A register in the format asked for; as a workbook its columns are the printed ones."""
    label = REGISTERS[code]
    columns = [(column.title, int(column.width * CHARACTERS) + 2) for column in paper.columns]
    is_book = kind == "xlsx"
    book = bytes_response(f"{label}.xlsx", XLSX, xlsx(label, columns, paper.rows)) if is_book else None
    return printed(
        request, book or paper, kind, title=label,
        target=register_of(request.actor, label), rows=len(paper.rows), fields=form.days,
    )  # fmt: skip


def _matters(request: StaffRequest, form: RegisterForm) -> QuerySet[Matter]:
    own = Matter.objects.open_to(request.post).filter(suggestion__isnull=False)
    return own.filter(received_on__gte=form.cleaned_data["since"], received_on__lte=form.cleaned_data["until"])


@desk_page("matters.print", methods=["POST"])
def proposal(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """拟办单."""
    seen = proposals_open_to(request.post).select_related("procuratorate", "drafted_by__staff", "approval")
    sheet, form = get_object_or_404(seen, pk=pk), kind_or_404(kind)
    name, rows = f"{sheet.number}拟办单", sheet.rows.count()
    return printed(request, proposal_sheet(sheet), form, title="拟办单", name=name, target=target_of(sheet), rows=rows)


@desk_page("matters.print", methods=["POST"])
def notice(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """承办通知单."""
    seen = Undertaking.objects.filter(matter__in=Matter.objects.open_to(request.post))
    part = get_object_or_404(
        seen.select_related(
            "matter__procuratorate", "matter__leader__staff", "department", "organ", "handler__staff",
            "signed_for_by__staff",
        ),
        pk=pk,
    )  # fmt: skip
    name = f"{part.matter.number}承办通知单"
    return printed(
        request, undertaking_notice(part), kind_or_404(kind), title="承办通知单", name=name, matter=part.matter
    )
