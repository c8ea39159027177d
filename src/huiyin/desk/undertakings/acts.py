"""One view an act: sign for, hand over, ask for an adjustment, give the office's view, decide."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse

from huiyin.desk.undertakings.forms import (
    AskForm,
    DecideForm,
    DecideReassignmentForm,
    HandlerForm,
    NoteForm,
    ReassignForm,
)
from huiyin.desk.undertakings.page import (
    departments_beside,
    open_adjustment,
    open_reassignment,
    undertaking_or_404,
    undertaking_page,
)
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Adjustment, Undertaking
from huiyin.matters.operations import adjustments, reassigning
from huiyin.matters.operations import undertakings as operations
from huiyin.matters.operations.adjustments import AdjustmentDecided
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import handlers_in
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("matters.sign_for", methods=["POST"])
def sign_for(request: StaffRequest, pk: int) -> HttpResponse:
    """The department takes its part on."""
    undertaking = undertaking_or_404(request, pk)
    form = _handler_form(request, undertaking)

    def act() -> str:
        operations.sign_for(
            undertaking=undertaking,
            handler=form.post,
            actor=request.actor,
            version=form.cleaned_data["version"],
            at=now(),
        )
        return f"已签收，由{form.post.staff.name}承办。"

    return _answer(request, undertaking, "sign_for", form, act)


@desk_page("matters.change_handler", methods=["POST"])
def change_handler(request: StaffRequest, pk: int) -> HttpResponse:
    """Another colleague of the department goes on with it."""
    undertaking = undertaking_or_404(request, pk)
    form = _handler_form(request, undertaking)

    def act() -> str:
        operations.change_handler(
            undertaking=undertaking,
            handler=form.post,
            actor=request.actor,
            version=form.cleaned_data["version"],
            at=now(),
        )
        return f"已改由{form.post.staff.name}承办。"

    return _answer(request, undertaking, "change_handler", form, act)


@desk_page("matters.ask_adjustment", methods=["POST"])
def ask_adjustment(request: StaffRequest, pk: int) -> HttpResponse:
    """The department holds that it belongs elsewhere."""
    undertaking = undertaking_or_404(request, pk)
    form = AskForm(request.POST, departments=departments_beside(undertaking, today()))

    def act() -> str:
        adjustments.ask_adjustment(
            undertaking=undertaking,
            reason=form.cleaned_data["reason"],
            proposed_department=form.chosen,
            actor=request.actor,
            version=form.cleaned_data["version"],
            at=now(),
        )
        return "已提出调整申请，联络办公室提出意见后报院领导决定。"

    return _answer(request, undertaking, "ask_adjustment", form, act)


@desk_page("matters.note_adjustment", methods=["POST"])
def note_adjustment(request: StaffRequest, pk: int) -> HttpResponse:
    """The liaison office's view goes to the leader."""
    undertaking = undertaking_or_404(request, pk)
    form = NoteForm(request.POST)

    def act() -> str:
        adjustments.note_adjustment(
            adjustment=_waiting(undertaking), opinion=form.cleaned_data["opinion"], actor=request.actor, at=now()
        )
        return "意见已报院领导。"

    return _answer(request, undertaking, "note_adjustment", form, act)


@desk_page("matters.decide_adjustment", methods=["POST"])
def decide_adjustment(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader who assigned it decides again."""
    undertaking = undertaking_or_404(request, pk)
    form = DecideForm(request.POST, departments=departments_beside(undertaking, today()))

    def act() -> str:
        said = form.cleaned_data
        adjustments.decide_adjustment(
            adjustment=_waiting(undertaking),
            verdict=said["verdict"],
            department=form.chosen,
            due_on=said["due_on"],
            instruction=said["instruction"],
            actor=request.actor,
            version=said["version"],
            at=now(),
        )
        return "已决定维持原交办。" if said["verdict"] == "keep" else "已改派。"

    return _answer(request, undertaking, "decide_adjustment", form, act)


@desk_page("matters.propose_reassignment", methods=["POST"])
def propose_reassignment(request: StaffRequest, pk: int) -> HttpResponse:
    """Another department is to take over what was signed for."""
    undertaking = undertaking_or_404(request, pk)
    form = ReassignForm(request.POST, departments=departments_beside(undertaking, today()))

    def act() -> str:
        proposed = reassigning.propose_reassignment(
            undertaking=undertaking, facts=form.facts(), request_key=form.cleaned_data["request_key"],
            actor=request.actor, at=now(),
        )  # fmt: skip
        return "已改派，两个部门都已收到通知。" if proposed.verdict else "已提出改派，等领衔院领导决定。"

    return _answer(request, undertaking, "propose_reassignment", form, act)


@desk_page("matters.decide_reassignment", methods=["POST"])
def decide_reassignment(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader who assigned it decides."""
    undertaking = undertaking_or_404(request, pk)
    form = DecideReassignmentForm(request.POST)
    agreed = form.verdict(request.POST.get("verdict")) if form.is_valid() else None

    def act() -> str:
        waiting = open_reassignment(undertaking)
        if waiting is None:
            raise reassigning.CannotReassign("这一项现在没有待决定的改派，请刷新页面查看。")
        waiting.undertaking = undertaking
        said = form.cleaned_data
        reassigning.decide_reassignment(
            proposed=waiting, agreed=bool(agreed), opinion=said["opinion"], actor=request.actor,
            version=said["version"], at=now(),
        )  # fmt: skip
        return "已改派，两个部门都已收到通知。" if agreed else "已决定不改派。"

    return _answer(request, undertaking, "decide_reassignment", form, act)


def _handler_form(request: StaffRequest, undertaking: Undertaking) -> HandlerForm:
    handlers = handlers_in(undertaking.department, on=today()) if undertaking.department else []
    return HandlerForm(request.POST, handlers=handlers)


def _waiting(undertaking: Undertaking) -> Adjustment:
    adjustment = open_adjustment(undertaking)
    if adjustment is None:
        raise AdjustmentDecided("这项承办现在没有待决定的调整申请，请刷新页面查看。")
    adjustment.undertaking = undertaking
    return adjustment


def _answer(
    request: StaffRequest, undertaking: Undertaking, act: str, form: Form, do: Callable[[], str]
) -> HttpResponse:
    """Do it and say so, or show the page again with the sentence and everything typed."""
    if form.is_valid():
        try:
            messages.success(request, do())
            return go_to(request, "desk:undertakings:detail", undertaking.pk)
        except Refusal as refusal:
            form.add_error(None, refused(request, f"matters.{act}", refusal, target=target(undertaking.matter)))
    return undertaking_page(request, undertaking_or_404(request, undertaking.pk), typed={act: form}, status=422)
