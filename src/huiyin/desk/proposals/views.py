"""拟办单: list, begin, write, send, take back, give up. Signing one stands in deciding.py."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.proposals.forms import DraftForm, Editor, RecallForm
from huiyin.desk.proposals.page import proposal_or_404, sheet_page
from huiyin.desk.proposals.sheet import Sheet, is_draft
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.queries import proposer_text
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.operations.propose import (
    draft_proposal,
    drop_proposal,
    fill_proposal,
    recall_proposal,
    send_proposal,
    target_of,
)
from huiyin.suggestions.queries import matters_to_propose, proposals_open_to, sheet_of, with_list_facts, with_sheets
from huiyin.suggestions.rules import PROPOSAL_STATUS_LABELS, ROWS_A_SHEET, ProposalStatus
from huiyin.web.clock import now, today
from huiyin.web.forms import KEY_LENGTH, VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset


@desk_page("suggestions.view_proposal")
def sheets(request: StaffRequest) -> HttpResponse:
    """All sheets this post may read, by status."""
    found = proposals_open_to(request.post)
    status = request.GET.get("status", "")
    if status in PROPOSAL_STATUS_LABELS:
        found = found.filter(status=status)
    paged = keyset(request, with_list_facts(found), size=30, unit="张")
    tabs = [{"label": "全部", "value": ""}, *({"label": label, "value": key} for key, label in _TABS.items())]
    context: dict[str, Any] = {
        "title": "拟办单",
        "sheets": paged.rows,
        "pager": paged.pager,
        "tabs": tabs,
        "status": status,
    }
    context["may_draft"] = may(request.actor, "suggestions.propose")
    return render(request, "desk/proposals/list.html", context)


_TABS = {status: PROPOSAL_STATUS_LABELS[status] for status in ProposalStatus}


@desk_page("suggestions.propose", methods=["GET", "POST"])
def draft(request: StaffRequest) -> HttpResponse:
    """Choose registered matters and begin a sheet; the register posts its ticks here as well."""
    waiting = matters_to_propose(request.post)
    if request.method != "POST":
        return _draft_page(request, DraftForm(matters=waiting))
    seen = Matter.objects.open_to(request.post).order_by("next_due_on", "external_number", "id")
    form = DraftForm(request.POST, matters=seen)
    if form.is_valid():
        matters = list(form.cleaned_data["matter"].select_related("procuratorate"))
        key = form.cleaned_data["request_key"]
        try:
            proposal = draft_proposal(matters=matters, actor=request.actor, request_key=key, at=now())
            return go_to(request, "desk:proposals:fill", proposal.pk)
        except Refusal as refusal:
            form.add_error(None, refused(request, "suggestions.propose", refusal))
    return _draft_page(request, form, status=422)


def _draft_page(request: StaffRequest, form: DraftForm, status: int = 200) -> HttpResponse:
    waiting = matters_to_propose(request.post).prefetch_related("participants", "suggestion")
    ticked = set((request.POST if request.method == "POST" else request.GET).getlist("matter"))
    rows = [
        {"matter": matter, "proposer": proposer_text(matter.participants.all()), "ticked": str(matter.pk) in ticked}
        for matter in waiting[: ROWS_A_SHEET + 1]
    ]
    named = Matter.objects.open_to(request.post).filter(pk__in=_keys(ticked))
    listed = [(matter, sheet_of(matter)) for matter in with_sheets(named).order_by("external_number", "id")]
    context = {
        "title": "新建拟办单",
        "form": form,
        "held": [(matter, sheet) for matter, sheet in listed if sheet],
        "rows": rows[:ROWS_A_SHEET],
        "more": len(rows) > ROWS_A_SHEET,
        "limit": ROWS_A_SHEET,
    }
    return render(request, "desk/proposals/draft.html", context, status=status)


def _keys(asked: Collection[str]) -> list[int]:
    """What can be keys of matters, as many as a sheet takes."""
    keys = [int(key) for key in asked if key.isascii() and key.isdecimal() and len(key) <= KEY_LENGTH]
    return sorted(keys)[:ROWS_A_SHEET]


@desk_page("suggestions.view_proposal")
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole sheet at a glance; signers decide here."""
    return sheet_page(request, proposal_or_404(request, pk), step=request.GET.get("step", ""))


@desk_page("suggestions.propose", methods=["GET", "POST"])
def fill(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the sheet row by row; “再加一个单位” only shows one more line."""
    proposal = proposal_or_404(request, pk)
    shown = Sheet(proposal, post=request.post, on=today())
    data = request.POST if request.method == "POST" else None
    editor = Editor(proposal, shown.rows, shown.choosable(drafting=True), shown.defaults, data)
    if data is None and not is_draft(proposal):
        return go_to(request, "desk:proposals:detail", pk)
    status = 200
    if data is not None and "more" in data:
        editor.forget_faults()
    elif data is not None:
        status = 422
        if editor.is_valid() and _filled(request, proposal, editor):
            messages.success(request, "已保存。核对无误后送批。")
            return go_to(request, "desk:proposals:detail", pk)
    context: dict[str, Any] = {
        "title": f"填写拟办单 {proposal.number}",
        "proposal": proposal,
        "editor": editor,
        "rows": shown.shown(editor.rows),
        "has_faults": status == 422 and any(row.errors for row in editor.rows),
    }
    return render(request, "desk/proposals/fill.html", context, status=status)


def _filled(request: StaffRequest, proposal: Proposal, editor: Editor) -> bool:
    said = editor.sheet.cleaned_data
    try:
        fill_proposal(
            proposal=proposal,
            opinion=said["opinion"],
            plans=editor.plans(),
            actor=request.actor,
            version=said["version"],
            at=now(),
        )
    except Refusal as refusal:
        editor.sheet.add_error(None, refused(request, "suggestions.propose", refusal, target=target_of(proposal)))
        return False
    return True


@desk_page("suggestions.propose", methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the sheet up."""
    proposal = proposal_or_404(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return sheet_page(request, proposal, sentence="\n".join(sentences_of(form)), status=422)
    try:
        send_proposal(proposal=proposal, actor=request.actor, version=form.cleaned_data["version"], at=now())
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, f"{proposal.number}已送批。")
    return go_to(request, "desk:proposals:detail", pk)


@desk_page("suggestions.propose", methods=["POST"])
def recall(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the sheet back from the road."""
    proposal = proposal_or_404(request, pk)
    form = RecallForm(request.POST)
    if not form.is_valid():
        return sheet_page(request, proposal, recall=form, status=422)
    try:
        recall_proposal(proposal=proposal, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refused(request, "suggestions.propose", refusal, target=target_of(proposal)))
        return sheet_page(request, proposal_or_404(request, pk), recall=form, status=422)
    messages.success(request, f"{proposal.number}已撤回，可以修改后重新送批。")
    return go_to(request, "desk:proposals:detail", pk)


@desk_page("suggestions.propose", methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a draft sheet up."""
    proposal = proposal_or_404(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return sheet_page(request, proposal, sentence="\n".join(sentences_of(form)), status=422)
    try:
        drop_proposal(proposal=proposal, actor=request.actor, version=form.cleaned_data["version"], at=now())
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, f"{proposal.number}已作废，所列事项可以另行拟办。")
    return go_to(request, "desk:proposals:detail", pk)


def _refused(request: StaffRequest, pk: int, refusal: Refusal) -> HttpResponse:
    proposal = proposal_or_404(request, pk)  # as it stands after the rollback
    sentence = refused(request, "suggestions.propose", refusal, target=target_of(proposal))
    return sheet_page(request, proposal, sentence=sentence, status=422)
