"""Registers and sheets to print."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.papers.answer import paper_response
from huiyin.desk.papers.forms import RegisterForm
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.papers.contacts import undertaking_notice
from huiyin.matters.papers.registers import receipt_register
from huiyin.matters.queries import with_row_facts
from huiyin.suggestions.papers import proposal_sheet, suggestion_register
from huiyin.suggestions.queries import proposals_open_to
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page

KINDS: Final = frozenset({"pdf", "docx", "html"})
MOST: Final = 500  # rows of one printed register; the form asks for a shorter period beyond it


@desk_page("matters.print")
def choose(request: StaffRequest) -> HttpResponse:
    """Which register, of which days."""
    form = RegisterForm(request.GET or None, initial=RegisterForm.this_year(today()))
    count = _matters(request, form).count() if request.GET and form.is_valid() else None
    context = {"title": "打印文书", "form": form, "query": request.GET.urlencode(), "count": count, "most": MOST}
    return render(request, "desk/papers/choose.html", context)


@desk_page("matters.print")
def receipts(request: StaffRequest, kind: str) -> HttpResponse:
    """收文登记簿 of the days asked for."""
    rows = list(_asked(request, kind).order_by("received_on", "id")[:MOST])
    paper = receipt_register(rows, organ=request.post.procuratorate.name, on=today())
    return paper_response(request, paper, "收文登记簿", kind)


@desk_page("matters.print")
def suggestions(request: StaffRequest, kind: str) -> HttpResponse:
    """建议登记表 of the days asked for."""
    found = _asked(request, kind).select_related("suggestion", "leader__staff", "procuratorate")
    rows = list(found.prefetch_related("replies", "ratings").order_by("external_number", "id")[:MOST])
    paper = suggestion_register(rows, organ=request.post.procuratorate.name, on=today())
    return paper_response(request, paper, "建议登记表", kind)


def _asked(request: StaffRequest, kind: str) -> QuerySet[Matter]:
    if kind not in KINDS:
        raise Http404
    form = RegisterForm(request.GET or RegisterForm.this_year(today()))
    if not form.is_valid():
        raise Http404
    return with_row_facts(_matters(request, form))


def _matters(request: StaffRequest, form: RegisterForm) -> QuerySet[Matter]:
    own = Matter.objects.open_to(request.post).filter(suggestion__isnull=False)
    return own.filter(received_on__gte=form.cleaned_data["since"], received_on__lte=form.cleaned_data["until"])


@desk_page("suggestions.view_proposal")
def proposal(request: StaffRequest, pk: int, kind: str = "pdf") -> HttpResponse:
    """拟办单."""
    if kind not in KINDS:
        raise Http404
    sheet = get_object_or_404(
        proposals_open_to(request.post).select_related("procuratorate", "drafted_by__staff", "approval"), pk=pk
    )
    return paper_response(request, proposal_sheet(sheet), f"{sheet.number}拟办单", kind)


@desk_page("matters.print")
def notice(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """承办通知单."""
    if kind not in KINDS:
        raise Http404
    seen = Undertaking.objects.filter(matter__in=Matter.objects.open_to(request.post))
    part = get_object_or_404(
        seen.select_related(
            "matter__procuratorate", "matter__leader__staff", "department", "organ", "handler__staff",
            "signed_for_by__staff",
        ),
        pk=pk,
    )  # fmt: skip
    return paper_response(request, undertaking_notice(part), f"{part.matter.number}承办通知单", kind)
