"""办理报告: the list, a new one, the report on screen with every figure a link, on paper, and beside a recount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.statistics.forms import BeginForm, BesideForm, IssueForm, chief_name
from huiyin.gongwen.headings import heading_level
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.organisations.permissions import may
from huiyin.statistics.models import Report, ReportedFigure
from huiyin.statistics.operations.reports import begin_report, target_of
from huiyin.statistics.queries.loading import listed
from huiyin.statistics.queries.reports import (
    Counted,
    blocks_now,
    blocks_of,
    corrections,
    counted_for,
    letter_of,
    named,
    reports_open_to,
    sheet_of_corrections,
)
from huiyin.statistics.rules.indicators import BY_CODE
from huiyin.statistics.rules.reports import ReportKind, ReportStatus
from huiyin.statistics.rules.texts import JsonBlock, doubts, faults, plain
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset


@desk_page("statistics.list_reports")
def reports(request: StaffRequest) -> HttpResponse:
    """Those this post may read, the newest first."""
    found = reports_open_to(request.post).select_related("drafted_by__staff")
    paged = keyset(request, found, size=25, unit="份")
    may_begin = may(request.actor, "statistics.draft_report")
    context = {"title": "办理报告", "reports": paged.rows, "pager": paged.pager, "may_begin": may_begin}
    return render(request, "desk/statistics/reports.html", context)


@desk_page("statistics.draft_report", methods=["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """A new report with the text that the figures give."""
    initial = {"as_of_on": today(), "kind": ReportKind.HANDLING}
    form = BeginForm(posted(request), initial=initial, post=request.post, today=today())
    if form.is_bound and form.is_valid():
        try:
            begun = begin_report(**form.facts(), actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "statistics.draft_report", refusal))
        else:
            return go_to(request, "desk:statistics:report", begun.pk)
    context = {"title": "起草报告", "form": form}
    return render(request, "desk/statistics/begin.html", context, status=422 if form.errors else 200)


def report_or_404(request: StaffRequest, pk: int) -> Report:
    """A report this post may read."""
    seen = reports_open_to(request.post).select_related("procuratorate", "drafted_by__staff", "issued_by__staff")
    return get_object_or_404(seen, pk=pk)


@desk_page("statistics.list_reports")
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """The report as it will be, or was, issued."""
    return report_page(request, report_or_404(request, pk))


def report_page(
    request: StaffRequest, report: Report, *, form: IssueForm | None = None, beside: BesideForm | None = None
) -> HttpResponse:
    """The page of a report, with the form that was refused, if one was."""
    is_draft = report.status == ReportStatus.DRAFT
    found = counted_for(report) if is_draft or report.reported.exists() else None
    context: dict[str, Any] = {"title": report.title, "report": report, "is_draft": is_draft}
    context |= {"may_draft": may(request.actor, "statistics.draft_report", report)}
    if is_draft and found is not None:
        loose = doubts(report.text, found.figures.values())
        context |= {
            "doubts": loose,
            "faults": faults(report.text, found.figures.values(), found.tables),
            "form": form or _issue_form(request, report, has_doubts=bool(loose)),
            "drop_form": VersionForm(initial={"version": report.version}, auto_id="drop-%s"),
        }
        blocks = blocks_now(report, found)
    else:
        blocks = blocks_of(report)
    shown = list(_shown(blocks, request, report))
    context |= {
        "blocks": [each for each in shown if each["kind"] != "annex"],
        "annexes": [each for each in shown if each["kind"] == "annex"],
        "beside": _beside(report, found),
        "beside_form": beside or (BesideForm() if context["may_draft"] else None),
    }
    wrong = (form is not None and form.errors) or (beside is not None and beside.errors)
    return render(request, "desk/statistics/report.html", context, status=422 if wrong else 200)


def _issue_form(request: StaffRequest, report: Report, *, has_doubts: bool) -> IssueForm | None:
    if not may(request.actor, "statistics.issue_report", report):
        return None
    initial = {"version": report.version, "issued_on": today(), "signer": chief_name(report.procuratorate_id, today())}
    return IssueForm(initial=initial, has_doubts=has_doubts, auto_id="issue-%s")


def _shown(blocks: Sequence[JsonBlock], request: StaffRequest, report: Report) -> Iterator[dict[str, Any]]:
    """Blocks with the addresses behind their pieces."""
    named = {piece["matter"] for block in blocks for piece in _pieces(block) if "matter" in piece}
    open_ones = set(Matter.objects.open_to(request.post).filter(pk__in=named).values_list("pk", flat=True))
    records = reverse("desk:statistics:report_records", args=[report.pk])

    def linked(pieces: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
        return [{"text": str(each["text"]), "url": _url(each, records, open_ones)} for each in pieces]

    for block in blocks:
        if block["kind"] == "annex":
            shown = list(_shown(block["blocks"], request, report))
            yield {"kind": "annex", "title": block["title"], "blocks": shown}
        elif block["kind"] == "table":
            head, *rows = [[linked(cell) for cell in row] for row in block["rows"]]
            yield {
                "kind": "table",
                "head": head,
                "rows": [list(zip(map(_text, head), row, strict=True)) for row in rows],
            }
        else:
            level = heading_level(plain(block["pieces"]))
            yield {"kind": f"h{level}" if level else "p", "pieces": linked(block["pieces"])}


def _text(pieces: Sequence[dict[str, str]]) -> str:
    return "".join(each["text"] for each in pieces)


def _pieces(block: JsonBlock) -> Iterator[dict[str, Any]]:
    if block["kind"] == "annex":
        for each in block["blocks"]:
            yield from _pieces(each)
    elif block["kind"] == "table":
        for row in block["rows"]:
            for cell in row:
                yield from cell
    else:
        yield from block["pieces"]


def _url(piece: dict[str, Any], records: str, open_ones: set[int]) -> str:
    if "figure" in piece:
        return f"{records}?{urlencode({'figure': piece['figure']})}"
    if piece.get("matter") in open_ones:
        return reverse("desk:matters:detail", args=[piece["matter"]])
    return ""


def _beside(report: Report, found: Counted | None) -> list[dict[str, Any]]:
    """Figures reported elsewhere, each with what this report computes."""
    frozen = {row.indicator: row.value for row in report.snapshots.all()} if report.reported.exists() else {}
    rows: list[ReportedFigure] = list(report.reported.select_related("entered_by__staff"))
    computed = frozen or {code: figure.value for code, figure in (found.figures if found else {}).items()}
    return [
        {"noted": row, "label": BY_CODE[row.indicator].label, "computed": computed.get(row.indicator, "—")}
        for row in rows
    ]


@desk_page("statistics.list_reports")
def corrected(request: StaffRequest, pk: int) -> HttpResponse:
    """报后更正: the frozen figures beside the same counted today."""
    report = report_or_404(request, pk)
    if report.status != ReportStatus.ISSUED:
        raise Http404
    context = {
        "title": "报后更正",
        "report": report,
        "rows": named(corrections(report), listed(request.post), report.procuratorate),
        "count": report.snapshots.count(),
    }
    return render(request, "desk/statistics/corrections.html", context)


@desk_page("statistics.list_reports", methods=["POST"])
def corrections_paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """报后更正 as a paper of its own, to lie beside the issued report."""
    report = report_or_404(request, pk)
    if report.status != ReportStatus.ISSUED:
        raise Http404
    rows = named(corrections(report), listed(request.post), report.procuratorate)
    made = sheet_of_corrections(report, rows, today())
    return printed(request, made, kind_or_404(kind), title=f"{report.title}报后更正", target=target_of(report))


@desk_page("statistics.list_reports", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The report as .docx, PDF or page to print; by POST, since it leaves a record."""
    report = report_or_404(request, pk)
    made = letter_of(report, blocks_of(report))
    return printed(request, made, kind_or_404(kind), title=report.title, target=target_of(report))
