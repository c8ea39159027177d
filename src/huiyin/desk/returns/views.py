"""退回交办机关: propose, decide, send the letter, record the answer, give it up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.matters.page import rated_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.returns.forms import AnswerForm, DecideForm, ProposeForm, WithdrawForm
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import leaders
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import NotOurs, ReturnState
from huiyin.suggestions.operations.returns import (
    answer_return,
    decide_return,
    propose_return,
    send_return,
    withdraw_return,
)
from huiyin.suggestions.papers import return_letter
from huiyin.suggestions.queries import returns_open_to
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, pressed, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

PROPOSE, VIEW, DECIDE = "suggestions.propose_return", "suggestions.view_return", "suggestions.decide_return"
SEND, ANSWER, WITHDRAW = "suggestions.send_return", "suggestions.answer_return", "suggestions.withdraw_return"


@desk_page(PROPOSE, methods=["GET", "POST"])
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose that a suggestion is not ours."""
    matter = rated_or_404(request, pk)
    form = ProposeForm(posted(request), leaders=leaders(matter.procuratorate, on=today()))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            giving = propose_return(
                matter=matter, reason=said["reason"], proper_unit=said["proper_unit"],
                leader=form.leaders[said["leader"]], request_key=said["request_key"], actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, PROPOSE, refusal, target=target(matter)))
        else:
            messages.success(request, f"已提出，请{giving.leader.label}决定。没有退回以前，原来的期限照走。")
            return go_to(request, "desk:returns:detail", giving.pk)
    context = {"title": "提出不属本院职责", "matter": matter, "form": form}
    return render(request, "desk/returns/propose.html", context, status=422 if form.errors else 200)


@desk_page(VIEW)
def giving_back(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it has come, and what this post may do about it."""
    return _page(request, _giving_or_404(request, pk))


@desk_page(DECIDE, methods=["POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader's decision."""
    form = DecideForm(request.POST)
    said = request.POST.get("decision")
    agrees = pressed(form, {"agree": True, "keep": False}, said, sentence="请选择同意退回或者不退回。") or False

    def act(giving: NotOurs) -> None:
        decide_return(giving=giving, agrees=agrees, actor=request.actor, at=now(), **form.cleaned_data)

    sentence = "已同意退回，请办公室发退回函。" if agrees else "已决定不退回，由本院办理。"
    return _act(request, pk, DECIDE, form, act, sentence, shown="decide")


@desk_page(SEND, methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Number and send the letter."""
    form = VersionForm(request.POST)

    def act(giving: NotOurs) -> None:
        send_return(giving=giving, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, SEND, form, act, "退回函已取号，请打印、用印、送出，再等交办机关答复。")


@desk_page(ANSWER, methods=["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What whoever assigned it said."""
    kept = keep_uploads(request, "scan", verb=ANSWER)
    form = AnswerForm(request.POST, kept=kept)

    def act(giving: NotOurs) -> None:
        said = form.cleaned_data
        found = CongressAnswer(
            agreed=said["agreed"] == "yes", document_number=said["document_number"], dated_on=said["dated_on"],
            scan=kept.last, note=said["note"],
        )  # fmt: skip
        answer_return(giving=giving, answer=found, actor=request.actor, version=said["version"], at=now())

    agreed = request.POST.get("agreed") == "yes"
    sentence = "已退回交办机关，本件办结。" if agreed else "已记录。请列入拟办单，原来的期限不变。"
    return _act(request, pk, ANSWER, form, act, sentence, shown="answer")


@desk_page(WITHDRAW, methods=["POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the attempt up."""
    form = WithdrawForm(request.POST)

    def act(giving: NotOurs) -> None:
        withdraw_return(giving=giving, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, WITHDRAW, form, act, "已撤回，本件由本院办理。", shown="withdraw")


@desk_page("matters.print", methods=["POST"])
def letter(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """退回函, to print and seal."""
    kind_or_404(kind)
    giving = _giving_or_404(request, pk)
    name = f"退回函-{giving.matter.known_as}"
    # who may see it on its way back may print it, though the matter itself is not his to open
    return printed(request, return_letter(giving), kind, title="退回函", name=name, target=target(giving.matter))


def _giving_or_404(request: StaffRequest, pk: int) -> NotOurs:
    rows = returns_open_to(request.post, on=today()).select_related(
        "matter__procuratorate", "matter__suggestion__body", "proposed_by__staff", "leader__staff",
        "decided_by__staff", "number", "consent__scan",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _act(
    request: StaffRequest,
    pk: int,
    verb: str,
    form: BaseForm,
    act: Callable[[NotOurs], None],
    done: str,
    *,
    shown: str = "",
) -> HttpResponse:
    giving, to = _giving_or_404(request, pk), ("desk:returns:detail", pk)
    about = target(giving.matter)
    went_on = carried_out(request, form, partial(act, giving), verb=verb, done=done, to=to, target=about)
    forms = {shown: form} if shown else {}
    return went_on or _page(request, _giving_or_404(request, pk), refused_form=form, **forms)


def _page(
    request: StaffRequest, giving: NotOurs, *, refused_form: BaseForm | None = None, **forms: BaseForm
) -> HttpResponse:
    state, initial = ReturnState(giving.state), {"version": giving.version}
    offered: dict[str, BaseForm] = {}
    if state is ReturnState.PROPOSED and may(request.actor, DECIDE, giving):
        offered["decide"] = DecideForm(initial=initial)
    if state is ReturnState.SENT and may(request.actor, ANSWER, giving):
        offered["answer"] = AnswerForm(initial=initial)
    if giving.is_running and may(request.actor, WITHDRAW, giving):
        offered["withdraw"] = WithdrawForm(initial=initial)
    shown = offered | {name: form for name, form in forms.items() if name in offered}
    context: dict[str, Any] = {
        "title": f"退回交办机关：{giving.matter.known_as}",
        "giving": giving,
        "matter": giving.matter,
        "sees_matter": Matter.objects.open_to(request.post).filter(pk=giving.matter_id).exists(),
        "may_send": state is ReturnState.AGREED and may(request.actor, SEND, giving),
        "may_print": state in {ReturnState.AGREED, ReturnState.SENT, ReturnState.TAKEN_BACK, ReturnState.REFUSED}
        and may(request.actor, "matters.print"),
        "sentences": sentences_of(refused_form) if refused_form not in shown.values() else [],
        **shown,
    }
    status = 422 if refused_form is not None else 200
    return render(request, "desk/returns/detail.html", context, status=status)
