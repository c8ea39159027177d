"""The page of a request for more time, whoever reads it and whatever was just refused."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.permissions import CLERKS
from huiyin.approvals.queries import open_steps, stands_in_for
from huiyin.approvals.rules import ApprovalStatus
from huiyin.desk.chains import chain_of
from huiyin.desk.extensions.forms import AnswerForm, SendForm, TellForm, WithdrawForm
from huiyin.desk.proposals.forms import DecideForm
from huiyin.desk.proposals.page import substitutes_of
from huiyin.desk.proposals.sheet import Turn, turn_asked
from huiyin.desk.uploads import Kept
from huiyin.matters.extending import extensions_seen_by
from huiyin.matters.models import Extension, Matter
from huiyin.matters.operations.extensions import digest_of
from huiyin.matters.rules.extensions import ExtensionState
from huiyin.organisations.permissions import may
from huiyin.regulations.books.vocabulary import Consent
from huiyin.web.clock import today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest


def extension_or_404(request: StaffRequest, pk: int) -> Extension:
    """A request this post may read."""
    rows = extensions_seen_by(request.post).select_related(
        "matter__procuratorate", "matter__leader__staff", "deadline", "approval", "asked_by__staff",
        "asked_by__department", "approved_by__staff", "consent__scan", "told_by__staff",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def turns(request: StaffRequest, extension: Extension) -> list[Turn]:
    """Open steps this post may decide: its own first, those it may record from paper after them."""
    approval = extension.approval
    if approval is None or approval.status != ApprovalStatus.RUNNING:
        return []
    own = set(stands_in_for(request.post, today()))
    is_clerk = request.post.role_enum in CLERKS
    waiting = open_steps(approval)
    found = [Turn(step, step.post_id not in own) for step in waiting if step.post_id in own or is_clerk]
    return sorted(found, key=lambda turn: turn.is_clerk)


def decide_form(extension: Extension, turn: Turn, data: Any = None, kept: Kept | None = None) -> DecideForm:
    """The form of one step."""
    assert extension.approval is not None
    initial = {"version": extension.approval.version, "subject_hash": digest_of(extension)}
    substitutes = substitutes_of(turn.step) if turn.is_clerk else ()
    return DecideForm(data, is_clerk=turn.is_clerk, substitutes=substitutes, kept=kept, initial=initial)


def offered(request: StaffRequest, extension: Extension) -> dict[str, BaseForm]:
    """The forms of what this post may do now."""
    state, version, on = ExtensionState(extension.state), {"version": extension.version}, today()
    found: dict[str, BaseForm] = {}
    if state is ExtensionState.APPROVED and may(request.actor, "matters.send_extension", extension):
        found["send"] = SendForm(initial=version | {"sent_on": on})
    if state is ExtensionState.SENT and may(request.actor, "matters.answer_extension", extension):
        usual = {"to_on": extension.to_on, "received_on": on}
        found["answer"] = AnswerForm(initial=version | usual)
    if extension.is_to_tell and may(request.actor, "matters.tell_proposer", extension):
        found["tell"] = TellForm(initial=version | {"told_on": on, "mode": "phone"})
    if extension.is_running and may(request.actor, "matters.withdraw_extension", extension):
        found["withdraw"] = WithdrawForm(initial=version)
    return found


def extension_page(
    request: StaffRequest,
    extension: Extension,
    *,
    turn: Turn | None = None,
    deciding: DecideForm | None = None,
    refused: tuple[str, BaseForm] | None = None,
    sentence: str = "",
) -> HttpResponse:
    """The page; refused: the name and the form that was just not accepted."""
    all_turns = turns(request, extension)
    if turn is None:
        turn = turn_asked(all_turns, request.GET.get("step", ""))
    forms = offered(request, extension)
    name, form = refused or ("", None)
    if form is not None and name in forms:
        forms[name] = form
    lost = sentences_of(form) if form is not None and name not in forms else []
    chain = chain_of(extension.approval) if extension.approval is not None else None
    matter = extension.matter
    context: dict[str, Any] = {
        "title": f"延期：{matter.known_as}",
        "extension": extension,
        "matter": matter,
        "sees_matter": Matter.objects.open_to(request.post).filter(pk=matter.pk).exists(),
        "chain": chain.entries if chain else (),
        "scans": chain.scans if chain else (),
        "turn": turn,
        "decide": deciding or (decide_form(extension, turn) if turn is not None else None),
        "recordable": [each for each in all_turns if each.is_clerk and (turn is None or each.step != turn.step)],
        "is_explained": extension.leave == Consent.EXPLAINED,
        "may_print": may(request.actor, "matters.print"),
        "has_letter": extension.approved_on is not None and extension.leave != Consent.NOT_NEEDED,
        "sentences": [*lost, *([sentence] if sentence else [])],
        **forms,
    }
    is_refused = form is not None or deciding is not None or bool(sentence)
    return render(request, "desk/extensions/detail.html", context, status=422 if is_refused else 200)
