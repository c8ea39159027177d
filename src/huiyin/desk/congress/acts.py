"""What is done to a report to the standing committee."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse

from huiyin.approvals.operations import NotYourTurn
from huiyin.approvals.rules import Verdict
from huiyin.desk.congress.forms import ConcludeForm, ResignForm, SendForm
from huiyin.desk.congress.views import DRAFT, decide_form, page, report_or_404, turns
from huiyin.desk.proposals.sheet import turn_asked
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.suggestions.models import CongressReport
from huiyin.suggestions.operations.congress import (
    conclude_congress_report,
    decide_congress_report,
    drop_congress_report,
    note_sending,
    number_congress_report,
    resign_congress_report,
    submit_congress_report,
    target_of,
)
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm, pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

DECIDE, NUMBER = "suggestions.decide_congress_report", "suggestions.number_congress_report"
SEND = "suggestions.send_congress_report"


@desk_page(DRAFT, methods=["POST"])
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Up the road of signatures."""
    form = VersionForm(request.POST, auto_id="submit-%s")

    def act(report: CongressReport) -> None:
        submit_congress_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, DRAFT, ("submit", form), act, "已送审。")


@desk_page(DECIDE, methods=["POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """One signature, made here or taken down from paper."""
    report = report_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=DECIDE)
    turn = turn_asked(turns(request, report), request.POST.get("step", ""))
    if turn is None:
        refusal = NotYourTurn("这一环节已经办理过，或者还没有轮到您。请看下面的最新进度。")
        return page(request, report, sentence=refused(request, DECIDE, refusal, target=target_of(report)))
    form = decide_form(report, turn, request.POST, kept)
    buttons = {"agree": Verdict.AGREE, "return": Verdict.RETURN}
    verdict = pressed(form, buttons, request.POST.get("decision"), sentence="请选择同意或者退回修改。")

    def act() -> None:
        assert verdict is not None
        said = form.cleaned_data
        decide_congress_report(
            report=report, step=turn.step, verdict=verdict, opinion=said["opinion"], subject_hash=said["subject_hash"],
            actor=request.actor, version=said["version"], at=now(), paper=form.paper(), meeting=form.meeting(),
        )  # fmt: skip

    done = "已签。" if verdict is Verdict.AGREE else "已退回修改。"
    done = f"已代录。{done}" if turn.is_clerk else done
    to = ("desk:congress:detail", pk)
    went_on = carried_out(request, form, act, verb=DECIDE, done=done, to=to, target=target_of(report))
    return went_on or page(request, report_or_404(request, pk), ("decide", form), turn=turn)


@desk_page(DRAFT, methods=["POST"])
def resign(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to the signers before it has its number."""
    form = ResignForm(request.POST, auto_id="resign-%s")

    def act(report: CongressReport) -> None:
        resign_congress_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, DRAFT, ("resign", form), act, "已退回重签。")


@desk_page(NUMBER, methods=["POST"])
def number(request: StaffRequest, pk: int) -> HttpResponse:
    """Its number."""
    form = VersionForm(request.POST, auto_id="number-%s")

    def act(report: CongressReport) -> None:
        number_congress_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, NUMBER, ("number", form), act, "已取号，请用印。")


@desk_page(SEND, methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """What went out, or came back."""
    report = report_or_404(request, pk)
    form = SendForm(request.POST, recipients=report.recipients)

    def act(report: CongressReport) -> None:
        key = form.cleaned_data["request_key"]
        note_sending(report=report, facts=form.facts(), actor=request.actor, request_key=key, at=now())

    return _act(request, pk, SEND, ("send", form), act, "已登记。")


@desk_page(SEND, methods=["POST"])
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """The meeting heard it."""
    form = ConcludeForm(request.POST, auto_id="conclude-%s")

    def act(report: CongressReport) -> None:
        conclude_congress_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, SEND, ("conclude", form), act, "已登记听取情况，这份报告办完了。")


@desk_page(DRAFT, methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    report, form = report_or_404(request, pk), VersionForm(request.POST, auto_id="drop-%s")
    if form.is_valid():
        try:
            drop_congress_report(report=report, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, DRAFT, refusal, target=target_of(report)))
        else:
            messages.success(request, "已放弃这份报告。")
            return go_to(request, "desk:congress:list")
    return page(request, report_or_404(request, pk), ("drop", form))


def _act(
    request: StaffRequest, pk: int, verb: str, given: tuple[str, BaseForm], act: Callable[[CongressReport], None],
    sentence: str,
) -> HttpResponse:  # fmt: skip
    """Do it, or show the page again with what was wrong and what was typed."""
    report, form = report_or_404(request, pk), given[1]
    about, to = target_of(report), ("desk:congress:detail", pk)
    went_on = carried_out(request, form, partial(act, report), verb=verb, done=sentence, to=to, target=about)
    return went_on or page(request, report_or_404(request, pk), given)
