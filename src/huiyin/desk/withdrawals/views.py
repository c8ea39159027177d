"""撤回: papers come in, consent is asked, handling ends; or it is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import rated_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.uploads import keep_uploads
from huiyin.desk.withdrawals.forms import AnswerForm, AskForm, PaperForm, ReasonForm, RemoveForm
from huiyin.matters.models import Matter
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import Withdrawal, WithdrawalState
from huiyin.suggestions.operations.ending import CannotEnd, require_endable
from huiyin.suggestions.operations.withdrawals import (
    answer_withdrawal,
    ask_withdrawal,
    drop_withdrawal,
    finish_withdrawal,
    record_withdrawal,
    remove_withdrawal,
)
from huiyin.suggestions.papers import withdrawal_letter
from huiyin.suggestions.queries import Missing, still_to_withdraw, to_withdraw
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page

VIEW, RECORD, END = "suggestions.view_withdrawal", "suggestions.record_withdrawal", "suggestions.end_withdrawal"


def latest(matter: Matter) -> Withdrawal | None:
    """The attempt shown: the last that was begun."""
    found = matter.withdrawals.select_related("consent__scan", "begun_by__staff", "ended_by__staff").order_by("-id")
    withdrawal = found.prefetch_related("papers__scan", "papers__recorded_by__staff").first()
    if withdrawal is not None:
        withdrawal.matter = matter
    return withdrawal


@desk_page(VIEW)
def withdrawal(request: StaffRequest, pk: int) -> HttpResponse:
    """Who has taken it back, who not yet, and what comes next."""
    return _page(request, rated_or_404(request, pk))


@desk_page(RECORD, methods=["POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """A paper with one or more signatures."""
    matter = rated_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=RECORD)
    left = _left(matter, latest(matter))
    form = PaperForm(request.POST, kept=kept, left=left.listed, unlisted=left.unlisted)

    def act() -> None:
        record_withdrawal(
            matter=matter, signers=form.chosen(), others=form.named(), signed_on=form.cleaned_data["signed_on"],
            scan=kept.last, request_key=form.cleaned_data["request_key"], actor=request.actor, at=now(),
        )  # fmt: skip

    return _act(request, pk, RECORD, "record", form, act, "已登记书面撤回。没有终止以前，办理和期限照常。")


@desk_page(RECORD, methods=["POST"])
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """A paper that does not count after all."""
    begun = _begun_or_404(request, pk)
    form = RemoveForm(request.POST, papers=list(begun.papers.all()))

    def act() -> None:
        said = form.cleaned_data
        paper = form.papers[said["paper"]]
        remove_withdrawal(paper=paper, reason=said["reason"], version=said["version"], actor=request.actor, at=now())

    return _act(request, pk, RECORD, "remove", form, act, "已取消这份登记。")


@desk_page(END, methods=["POST"])
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter that asks for consent."""
    begun, form = _begun_or_404(request, pk), AskForm(request.POST)

    def act() -> None:
        ask_withdrawal(withdrawal=begun, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, END, "ask", form, act, "已登记。请打印商请函、用印、送出，再等交办机关答复。")


@desk_page(END, methods=["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What they answered."""
    begun = _begun_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=END)
    form = AnswerForm(request.POST, kept=kept)

    def act() -> None:
        said = form.cleaned_data
        given = CongressAnswer(
            agreed=said["agreed"] == "yes", document_number=said["document_number"], dated_on=said["dated_on"],
            received_on=said["received_on"], scan=kept.last, note=said["note"],
        )  # fmt: skip
        answer_withdrawal(
            withdrawal=begun, answer=given, actor=request.actor, version=said["version"], at=now()
        )  # fmt: skip

    agreed = request.POST.get("agreed") == "yes"
    return _act(request, pk, END, "answer", form, act, "已终止办理，材料可以归档。" if agreed else "已记录，继续办理。")


@desk_page(END, methods=["POST"])
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """End handling where nobody else is asked."""
    begun, form = _begun_or_404(request, pk), VersionForm(request.POST)

    def act() -> None:
        finish_withdrawal(withdrawal=begun, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, END, "", form, act, "已终止办理，材料可以归档。")


@desk_page(RECORD, methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """They do not take it back after all."""
    begun, form = _begun_or_404(request, pk), ReasonForm(request.POST)

    def act() -> None:
        drop_withdrawal(withdrawal=begun, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, RECORD, "drop", form, act, "已取消撤回，继续办理。")


@desk_page("matters.print", methods=["POST"])
def letter(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """商请函, to print and seal."""
    kind_or_404(kind)
    begun = _begun_or_404(request, pk)
    name = f"商请撤回函-{begun.matter.known_as}"
    return printed(request, withdrawal_letter(begun), kind, title="商请撤回函", name=name, target=target(begun.matter))


def _begun_or_404(request: StaffRequest, pk: int) -> Withdrawal:
    begun = latest(rated_or_404(request, pk))
    if begun is None:
        raise Http404
    return begun


def _act(
    request: StaffRequest, pk: int, verb: str, name: str, form: BaseForm, act: Callable[[], None], done: str
) -> HttpResponse:
    about, to = target(rated_or_404(request, pk)), ("desk:withdrawals:detail", pk)
    went_on = carried_out(request, form, act, verb=verb, done=done, to=to, target=about)
    return went_on or _page(request, rated_or_404(request, pk), refused_form=(name, form))


def _left(matter: Matter, begun: Withdrawal | None) -> Missing:
    if begun is not None and begun.is_under_way:
        return still_to_withdraw(begun)
    return to_withdraw(matter)


def _page(request: StaffRequest, matter: Matter, *, refused_form: tuple[str, BaseForm] | None = None) -> HttpResponse:
    begun = latest(matter)
    left = _left(matter, begun)
    forms = _offered(request, matter, begun, left)
    name, form = refused_form or ("", None)
    if form is not None and name in forms:
        forms[name] = form
    lost = sentences_of(form) if form is not None and name not in forms else []
    is_whole = begun is not None and begun.state == WithdrawalState.OPEN and not left.count
    ends = may(request.actor, END)
    context: dict[str, Any] = {
        "title": f"撤回：{matter.known_as}",
        "matter": matter,
        "begun": begun,
        "left": left,
        "is_whole": is_whole,
        "hindrance": "" if begun is not None and begun.is_under_way else _hindrance(matter),
        "may_finish": is_whole and begun is not None and not begun.needs_consent and ends,
        "may_print": is_whole or (begun is not None and begun.consent is not None),
        "sentences": lost,
        **forms,
    }
    return render(request, "desk/withdrawals/detail.html", context, status=422 if form is not None else 200)


def _hindrance(matter: Matter) -> str:
    try:
        require_endable(matter)
    except CannotEnd as refusal:
        return str(refusal)
    return ""


def _offered(request: StaffRequest, matter: Matter, begun: Withdrawal | None, left: Missing) -> dict[str, BaseForm]:
    found: dict[str, BaseForm] = {}
    is_free = begun is None or not begun.is_under_way
    is_open = begun is not None and begun.state == WithdrawalState.OPEN
    if left.count and (is_open or (is_free and not _hindrance(matter))) and may(request.actor, RECORD):
        found["record"] = PaperForm(left=left.listed, unlisted=left.unlisted, initial={"signed_on": today()})
    if begun is None or is_free:
        return found
    initial = {"version": begun.version}
    if is_open and not left.count and begun.needs_consent and may(request.actor, END):
        found["ask"] = AskForm(initial=initial | {"sent_on": today()})
    if begun.state == WithdrawalState.ASKED and may(request.actor, END):
        found["answer"] = AnswerForm(initial=initial | {"received_on": today()})
    if is_open and may(request.actor, RECORD):
        found["remove"] = RemoveForm(papers=list(begun.papers.all()), initial=initial)
    if may(request.actor, RECORD):
        found["drop"] = ReasonForm(initial=initial)
    return found
