"""Editing, issuing and giving up a report; figures reported elsewhere put beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.statistics.forms import BesideForm, EditForm, IssueForm
from huiyin.desk.statistics.reports import report_or_404, report_page
from huiyin.kernel.refusals import Refusal
from huiyin.statistics.operations.reported import put_beside
from huiyin.statistics.operations.reports import drop_report, issue_report, save_report, target_of
from huiyin.statistics.queries.reports import counted_for
from huiyin.statistics.rules.reports import ReportStatus
from huiyin.statistics.rules.texts import doubts
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused


@desk_page("statistics.draft_report", methods=["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of a draft, with the names of figures beside them."""
    report = report_or_404(request, pk)
    words = {name: getattr(report, name) for name in ("title", "salutation", "text", "closing", "version")}
    form = EditForm(posted(request), initial=words)
    if form.is_bound and form.is_valid():
        try:
            save_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "statistics.draft_report", refusal, target=target_of(report)))
        else:
            messages.success(request, "已保存。")
            return go_to(request, "desk:statistics:report", pk)
    is_draft = report.status == ReportStatus.DRAFT
    found = counted_for(report) if is_draft else None
    context = {
        "title": "修改报告",
        "report": report,
        "form": form if is_draft else None,
        "sentences": [] if is_draft else sentences_of(form if form.is_bound else None),
        "figures": found.figures.values() if found else [],
        "tables": list(found.tables) if found else [],
    }
    return render(request, "desk/statistics/edit.html", context, status=422 if form.errors else 200)


@desk_page("statistics.issue_report", methods=["POST"])
def issue(request: StaffRequest, pk: int) -> HttpResponse:
    """Freeze it."""
    report = report_or_404(request, pk)
    found = counted_for(report)
    has_doubts = bool(doubts(report.text, found.figures.values()))
    form = IssueForm(request.POST, has_doubts=has_doubts, auto_id="issue-%s")
    if form.is_valid():
        try:
            issue_report(report=report, actor=request.actor, at=now(), **form.facts())
        except Refusal as refusal:
            form.add_error(None, refused(request, "statistics.issue_report", refusal, target=target_of(report)))
        else:
            messages.success(request, "报告已印发，数字已经固定。")
            return go_to(request, "desk:statistics:report", pk)
    return _again(request, pk, form)


@desk_page("statistics.draft_report", methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    report, form = report_or_404(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "页面已经过期，请刷新后再试。")
        return go_to(request, "desk:statistics:report", pk)
    try:
        drop_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refused(request, "statistics.draft_report", refusal, target=target_of(report)))
        return go_to(request, "desk:statistics:report", pk)
    messages.success(request, "已放弃这份报告。")
    return go_to(request, "desk:statistics:reports")


@desk_page("statistics.draft_report", methods=["POST"])
def beside(request: StaffRequest, pk: int) -> HttpResponse:
    """A figure reported elsewhere."""
    report, form = report_or_404(request, pk), BesideForm(request.POST)
    if form.is_valid():
        try:
            put_beside(report=report, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "statistics.draft_report", refusal, target=target_of(report)))
        else:
            messages.success(request, "已列在统计数旁边。")
            return go_to(request, "desk:statistics:report", pk)
    return report_page(request, report, beside=form)


def _again(request: StaffRequest, pk: int, form: IssueForm) -> HttpResponse:
    """The report as it stands now, with what was wrong; where it can be issued no more, as a sentence."""
    report = report_or_404(request, pk)
    if report.status != ReportStatus.DRAFT:
        for sentence in sentences_of(form):
            messages.error(request, sentence)
        return go_to(request, "desk:statistics:report", pk)
    return report_page(request, report, form=form)
