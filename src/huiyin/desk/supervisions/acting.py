"""What is done with an order: signed, signed for, reported on, judged, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.forms import BaseForm
from django.http import HttpResponse

from huiyin.desk.supervisions.forms import JudgeForm, OrderForm, ReportForm, WithdrawForm
from huiyin.desk.supervisions.views import ACKNOWLEDGE, JUDGE, ORDER, REPORT, WITHDRAW, order_or_404, order_page
from huiyin.desk.uploads import keep_uploads
from huiyin.matters.models import Supervision
from huiyin.matters.operations.supervision_reports import (
    acknowledge_supervision,
    judge_supervision,
    report_supervision,
)
from huiyin.matters.operations.supervisions import order_supervision, target_of, withdraw_supervision
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm, pressed
from huiyin.web.pages import StaffRequest, desk_page


@desk_page(ORDER, methods=["POST"])
def order(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign it or decline."""
    form = OrderForm(request.POST)
    said = request.POST.get("decision")
    agrees = pressed(form, {"order": True, "decline": False}, said, sentence="请选择签发或者不同意签发。") or False

    def act(found: Supervision) -> None:
        order_supervision(supervision=found, agrees=agrees, actor=request.actor, at=now(), **form.cleaned_data)

    sentence = "已签发并取号，已通知承办部门签收。" if agrees else "已退给提出人，没有签发。"
    return _act(request, pk, ORDER, form, act, sentence, shown="order_form")


@desk_page(ACKNOWLEDGE, methods=["POST"])
def acknowledge(request: StaffRequest, pk: int) -> HttpResponse:
    """The department signs for it."""
    form = VersionForm(request.POST)

    def act(found: Supervision) -> None:
        acknowledge_supervision(supervision=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, ACKNOWLEDGE, form, act, "已签收，请在期限前回报办理结果。")


@desk_page(REPORT, methods=["POST"])
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """The department reports."""
    kept = keep_uploads(request, "file", verb=REPORT)
    form = ReportForm(request.POST, kept=kept)

    def act(found: Supervision) -> None:
        said = form.cleaned_data
        report_supervision(
            supervision=found, text=said["text"], file=kept.last, actor=request.actor, version=said["version"], at=now()
        )

    return _act(request, pk, REPORT, form, act, "已回报，等办公室审核。", shown="report_form")


@desk_page(JUDGE, methods=["POST"])
def judge(request: StaffRequest, pk: int) -> HttpResponse:
    """The office ends it or sends it back."""
    form = JudgeForm(request.POST)
    said = request.POST.get("decision")
    ends = pressed(form, {"end": True, "send_back": False}, said, sentence="请选择同意办结或者退回再办。") or False

    def act(found: Supervision) -> None:
        judge_supervision(supervision=found, ends=ends, actor=request.actor, at=now(), **form.cleaned_data)

    sentence = "督办已办结。" if ends else "已退回再办，期限已重新计算。"
    return _act(request, pk, JUDGE, form, act, sentence, shown="judge_form")


@desk_page(WITHDRAW, methods=["POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it back."""
    form = WithdrawForm(request.POST)

    def act(found: Supervision) -> None:
        withdraw_supervision(supervision=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, WITHDRAW, form, act, "已撤销。", shown="withdraw_form")


def _act(
    request: StaffRequest,
    pk: int,
    verb: str,
    form: BaseForm,
    act: Callable[[Supervision], None],
    done: str,
    *,
    shown: str = "",
) -> HttpResponse:
    found, to = order_or_404(request, pk), ("desk:supervisions:detail", pk)
    went_on = carried_out(request, form, partial(act, found), verb=verb, done=done, to=to, target=target_of(found))
    forms = {shown: form} if shown else {}
    return went_on or order_page(request, order_or_404(request, pk), refused_form=form, **forms)
