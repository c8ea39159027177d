"""The list, a new report, its page with the countdown, on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.permissions import CLERKS
from huiyin.approvals.queries import open_steps, stands_in_for
from huiyin.desk.chains import chain_of
from huiyin.desk.congress.forms import BeginForm, ConcludeForm, EditForm, ResignForm, SendForm, usual_recipients
from huiyin.desk.due import RUNG_CODES, words
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.proposals.forms import DecideForm
from huiyin.desk.proposals.page import substitutes_of
from huiyin.desk.proposals.sheet import Turn, turn_asked
from huiyin.desk.uploads import Kept
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Calendar, Rung, RungDay, current_rung
from huiyin.suggestions.models import SECTIONS, CongressDue, CongressReport, CongressState, Sending
from huiyin.suggestions.operations.congress import (
    begin_congress_report,
    digest_of,
    missing_recipients,
    save_congress_report,
    target_of,
)
from huiyin.suggestions.papers import congress_paper
from huiyin.suggestions.queries import congress_open_to
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset

DRAFT = "suggestions.draft_congress_report"
OWED = "congress_report"


@desk_page("suggestions.list_congress_reports")
def reports(request: StaffRequest) -> HttpResponse:
    """Those this post may read, the latest begun first; how many the year asks for."""
    found = congress_open_to(request.post).select_related("number").prefetch_related("dues")
    paged = keyset(request, found, size=25, unit="份")
    on, working_days = today(), calendar()
    context = {
        "title": "向常委会报告",
        "rows": [{"report": each, "next": _next(each, on, working_days)} for each in paged.rows],
        "pager": paged.pager,
        "owed": owed_this_year(request, on),
        "may_begin": may(request.actor, DRAFT),
    }
    return render(request, "desk/congress/list.html", context)


def owed_this_year(request: StaffRequest, on: date) -> dict[str, Any] | None:
    """How often the books ask for such a report in a year, and how often it was heard in this one (S0-52)."""
    stack = stack_for(request.post.procuratorate, on=on)
    asked = next((each for each in stack.cadences(on) if each.code == OWED), None)
    if asked is None:
        return None
    own = CongressReport.objects.filter(procuratorate=request.post.procuratorate_id, state=CongressState.HEARD)
    heard = own.filter(heard_on__year=on.year).count()
    return {"year": on.year, "times": asked.times, "heard": heard, "left": max(asked.times - heard, 0),
            "basis": str(asked.basis)}  # fmt: skip


def _next(report: CongressReport, on: date, working_days: Calendar) -> dict[str, Any] | None:
    waiting = [due for due in report.dues.all() if due.met_at is None and due.dropped_at is None]
    return face(waiting[0], on, working_days) if waiting and report.is_open else None


def face(due: CongressDue, on: date, working_days: Calendar) -> dict[str, Any]:
    """What web/ui/deadline.html shows of a day before the meeting."""
    shown = {
        "label": due.label, "due_on": due.due_on, "said": due.said_on, "cap_on": None,
        "provisional": due.provisional, "lines": due.explanation,
    }  # fmt: skip
    if due.met_at is not None:
        return shown | {"rung": "done", "words": "已办"}
    reached = current_rung([RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in due.rungs], on)
    late = on > due.due_on
    return shown | {"rung": RUNG_CODES[Rung.OVERDUE if late else reached], "words": words(due.due_on, on, working_days)}


@desk_page(DRAFT, methods=["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """A new report."""
    form = BeginForm(posted(request), initial={"recipients": usual_recipients(request.post)})
    if form.is_bound and form.is_valid():
        try:
            key = form.cleaned_data["request_key"]
            begun = begin_congress_report(facts=form.facts(), actor=request.actor, request_key=key, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, DRAFT, refusal))
        else:
            messages.success(request, "已建立，报送的日子已经从会议日期倒推。")
            return go_to(request, "desk:congress:detail", begun.pk)
    context = {"title": "起草向常委会的报告", "form": form}
    return render(request, "desk/congress/form.html", context, status=422 if form.errors else 200)


def report_or_404(request: StaffRequest, pk: int) -> CongressReport:
    """A report this post may read."""
    seen = congress_open_to(request.post).select_related("procuratorate", "approval", "number", "drafted_by__staff")
    return get_object_or_404(seen, pk=pk)


@desk_page(DRAFT, methods=["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Its words, while it is drafted."""
    report = report_or_404(request, pk)
    form = EditForm(posted(request), initial=EditForm.now(report))
    if form.is_bound and form.is_valid():
        try:
            save_congress_report(
                report=report, facts=form.facts(), actor=request.actor, version=form.cleaned_data["version"], at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, DRAFT, refusal, target=target_of(report)))
        else:
            messages.success(request, "已保存。")
            return go_to(request, "desk:congress:detail", pk)
    is_draft = report.state == CongressState.DRAFT
    context = {
        "title": "修改报告", "report": report, "form": form if is_draft else None,
        "sentences": [] if is_draft else sentences_of(form if form.is_bound else None),
    }  # fmt: skip
    return render(request, "desk/congress/form.html", context, status=422 if form.errors else 200)


@desk_page("suggestions.list_congress_reports")
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """One report, how far it has come, and what this post may do about it."""
    return page(request, report_or_404(request, pk))


@desk_page("suggestions.list_congress_reports", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The report as .docx, PDF or page to print; by POST, since it leaves a record."""
    found = report_or_404(request, pk)
    return printed(request, congress_paper(found), kind_or_404(kind), title=found.title, target=target_of(found))


def turns(request: StaffRequest, report: CongressReport) -> list[Turn]:
    """Open steps this post may decide: its own first, those it may take down from paper after them."""
    if report.approval is None or report.state != CongressState.SIGNING:
        return []
    own, is_clerk = set(stands_in_for(request.post, today())), request.post.role_enum in CLERKS
    waiting = open_steps(report.approval)
    found = [Turn(step, step.post_id not in own) for step in waiting if step.post_id in own or is_clerk]
    return sorted(found, key=lambda turn: turn.is_clerk)


def decide_form(report: CongressReport, turn: Turn, data: Any = None, kept: Kept | None = None) -> DecideForm:
    """The form of one step."""
    assert report.approval is not None
    given = {"version": report.approval.version, "subject_hash": digest_of(report)}
    substitutes = substitutes_of(turn.step) if turn.is_clerk else ()
    return DecideForm(data, is_clerk=turn.is_clerk, substitutes=substitutes, kept=kept, initial=given)


def page(
    request: StaffRequest, report: CongressReport, wrong: tuple[str, BaseForm] | None = None, *,
    turn: Turn | None = None, sentence: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of a report. wrong: the act that was refused, with its form as typed; turn: the step it was about."""
    all_turns = turns(request, report)
    if turn is None:
        turn = turn_asked(all_turns, request.GET.get("step", ""))
    on, working_days = today(), calendar()
    context = {
        "title": report.title,
        "report": report,
        "sections": [(name, report.sections[code]) for code, name in SECTIONS.items() if report.sections.get(code)],
        "dues": [face(due, on, working_days) for due in report.dues.all()],
        "sendings": report.sendings.select_related("noted_by__staff"),
        "missing": missing_recipients(report) if report.state == CongressState.NUMBERED else [],
        "chain": chain_of(report.approval).entries if report.approval is not None else (),
        "may_edit": report.state == CongressState.DRAFT and may(request.actor, DRAFT, report),
        "forms": _forms(request, report, turn) | (dict([wrong]) if wrong else {}),
        "turn": turn,
        "recordable": [each for each in all_turns if each.is_clerk and (turn is None or each.step != turn.step)],
        "sentences": [sentence] if sentence else [],
    }
    return render(request, "desk/congress/detail.html", context, status=422 if wrong or sentence else 200)


def _forms(request: StaffRequest, report: CongressReport, turn: Turn | None) -> dict[str, BaseForm]:
    """What this post may do now, by name."""
    version = {"version": report.version}
    forms: dict[str, BaseForm] = {}
    if report.state == CongressState.DRAFT and may(request.actor, DRAFT, report):
        forms["submit"] = VersionForm(initial=version, auto_id="submit-%s")
        forms["drop"] = VersionForm(initial=version, auto_id="drop-%s")
    if turn is not None:
        forms["decide"] = decide_form(report, turn)
    if report.state == CongressState.SIGNED and may(request.actor, DRAFT, report):
        forms["resign"] = ResignForm(initial=version, auto_id="resign-%s")
    if report.state == CongressState.SIGNED and may(request.actor, "suggestions.number_congress_report", report):
        forms["number"] = VersionForm(initial=version, auto_id="number-%s")
    if report.is_open and may(request.actor, "suggestions.send_congress_report", report):
        usual = {"happened_on": today(), "kind": Sending.SENT if report.state == CongressState.NUMBERED else ""}
        forms["send"] = SendForm(initial=usual, recipients=report.recipients)
        if report.state == CongressState.NUMBERED:
            forms["conclude"] = ConcludeForm(initial=version | {"heard_on": report.meeting_on}, auto_id="conclude-%s")
    return forms
