"""What is done to a request for more time: signed, sent, answered, told, taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse

from huiyin.approvals.operations import NotYourTurn
from huiyin.approvals.rules import Verdict
from huiyin.desk.extensions.forms import AnswerForm, SendForm, TellForm, WithdrawForm
from huiyin.desk.extensions.page import decide_form, extension_or_404, extension_page, turns
from huiyin.desk.proposals.sheet import turn_asked
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Extension
from huiyin.matters.operations.consents import CongressAnswer
from huiyin.matters.operations.extensions import decide_extension, withdraw_extension
from huiyin.matters.operations.extensions_outside import answer_extension, send_extension, tell_proposer
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Mode
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

DECIDE, SEND, ANSWER = "matters.decide_extension", "matters.send_extension", "matters.answer_extension"
TELL, WITHDRAW = "matters.tell_proposer", "matters.withdraw_extension"


@desk_page(DECIDE, methods=["POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign one step, or record what was signed on paper."""
    found = extension_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=DECIDE)
    turn = turn_asked(turns(request, found), request.POST.get("step", ""))
    if turn is None:
        refusal = NotYourTurn("这一环节已经办理过，或者还没有轮到您。请看下面的最新进度。")
        return extension_page(
            request, found, sentence=refused(request, DECIDE, refusal, target=target(found.matter))
        )  # fmt: skip
    form = decide_form(found, turn, request.POST, kept)
    buttons = {each.value: each for each in (Verdict.AGREE, Verdict.RETURN)}
    verdict = pressed(form, buttons, request.POST.get("verdict"), sentence="请选择同意或者不同意。")
    if verdict is not None and form.is_valid():
        said = form.cleaned_data
        try:
            decide_extension(
                extension=found, step=turn.step, verdict=verdict, opinion=said["opinion"],
                subject_hash=said["subject_hash"], actor=request.actor, version=said["version"], at=now(),
                paper=form.paper(), meeting=form.meeting(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, DECIDE, refusal, target=target(found.matter)))
        else:
            messages.success(request, "已同意。" if verdict is Verdict.AGREE else "已退回，原来的期限不变。")
            return go_to(request, "desk:extensions:detail", pk)
    return extension_page(request, extension_or_404(request, pk), turn=turn, deciding=form)


@desk_page(SEND, methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter to whoever assigned the matter, or the explanation."""
    form = SendForm(request.POST)

    def act(found: Extension) -> None:
        send_extension(extension=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, SEND, "send", form, act, "已登记。请打印、用印、送出。")


@desk_page(ANSWER, methods=["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What they answered."""
    kept = keep_uploads(request, "scan", verb=ANSWER)
    form = AnswerForm(request.POST, kept=kept)

    def act(found: Extension) -> None:
        said = form.cleaned_data
        given = CongressAnswer(
            agreed=said["agreed"] == "yes", document_number=said["document_number"], dated_on=said["dated_on"],
            received_on=said["received_on"], scan=kept.last, note=said["note"],
        )  # fmt: skip
        answer_extension(
            extension=found, answer=given, to_on=said["to_on"], actor=request.actor, version=said["version"], at=now()
        )

    agreed = request.POST.get("agreed") == "yes"
    sentence = "期限已重算，已通知承办人告知提出人。" if agreed else "已记录，原来的期限不变，已通知承办人。"
    return _act(request, pk, ANSWER, "answer", form, act, sentence)


@desk_page(TELL, methods=["POST"])
def tell(request: StaffRequest, pk: int) -> HttpResponse:
    """The day whoever brought it was told."""
    form = TellForm(request.POST)

    def act(found: Extension) -> None:
        said = form.cleaned_data
        tell_proposer(
            extension=found, told_on=said["told_on"], mode=Mode(said["mode"]), note=said["note"], actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip

    return _act(request, pk, TELL, "tell", form, act, "已登记告知日。")


@desk_page(WITHDRAW, methods=["POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Not needed any more."""
    form = WithdrawForm(request.POST)

    def act(found: Extension) -> None:
        withdraw_extension(extension=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, WITHDRAW, "withdraw", form, act, "已撤回，按原来的期限办理。")


def _act(
    request: StaffRequest,
    pk: int,
    verb: str,
    name: str,
    form: BaseForm,
    act: Callable[[Extension], None],
    done: str,
) -> HttpResponse:
    found, to = extension_or_404(request, pk), ("desk:extensions:detail", pk)
    about = target(found.matter)
    went_on = carried_out(request, form, partial(act, found), verb=verb, done=done, to=to, target=about)
    return went_on or extension_page(request, extension_or_404(request, pk), refused=(name, form))
