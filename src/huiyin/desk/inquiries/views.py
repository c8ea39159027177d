"""The list, the form, and one page on which each does his part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.queries import stands_in_for
from huiyin.approvals.rules import StepStatus, Verdict
from huiyin.desk.chains import chain_of
from huiyin.desk.inquiries.forms import AnswerForm, DecideForm, EnterForm, InterferenceForm, SendForm
from huiyin.desk.inquiries.opening import is_open, word_for
from huiyin.kernel.refusals import Refusal
from huiyin.matters.queries import leaders
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.suggestions.models import CaseInquiry
from huiyin.suggestions.operations.inquiries import (
    InquiryFacts,
    answer_inquiry,
    decide_inquiry,
    decide_interference,
    digest_of,
    open_inquiry,
    register_inquiry,
    send_inquiry,
    target_of,
)
from huiyin.suggestions.queries import inquiries_open_to
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset


@desk_page("inquiries.list")
def inquiries(request: StaffRequest) -> HttpResponse:
    """Those this post may read, the newest first."""
    found = inquiries_open_to(request.post).select_related("matter__leader__staff")
    paged = keyset(request, found, key="-matter_id", size=25, unit="件")
    context = {
        "title": "案件咨询",
        "inquiries": paged.rows,
        "pager": paged.pager,
        "may_register": may(request.actor, "inquiries.register"),
        "is_inspector": may(request.actor, "inquiries.decide_interference"),
    }
    return render(request, "desk/inquiries/list.html", context)


@desk_page("inquiries.register", methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Note an inquiry."""
    form = EnterForm(request.POST if request.method == "POST" else None, initial={"asked_on": today()})
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        key = said.pop("request_key")
        try:
            noted = register_inquiry(facts=InquiryFacts(**said), request_key=key, actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "inquiries.register", refusal))
        else:
            messages.success(request, f"已登记，编号{noted.matter.number}。请起草答复意见送审定。")
            return go_to(request, "desk:inquiries:detail", noted.pk)
    context = {"title": "登记案件咨询", "form": form}
    return render(request, "desk/inquiries/enter.html", context, status=422 if form.errors else 200)


def _inquiry_or_404(request: StaffRequest, pk: int) -> CaseInquiry:
    seen = inquiries_open_to(request.post).select_related(
        "matter__procuratorate", "matter__leader__staff", "matter__registered_by__staff", "approval", "interference_by"
    )
    return get_object_or_404(seen, matter__id=pk)  # not pk: a relation takes any number to the database


@desk_page("inquiries.list")
def inquiry(request: StaffRequest, pk: int) -> HttpResponse:
    """One inquiry, sealed: its number, its days, how far it is."""
    return _page(request, _inquiry_or_404(request, pk))


@desk_page("inquiries.open", methods=["POST"])
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """Who asked and what, with the part this post may do now; the reading is on record."""
    found = open_inquiry(inquiry=_inquiry_or_404(request, pk), actor=request.actor, at=now())
    return _page(request, found, opened=True)


@desk_page("inquiries.draft", methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the drafted answer to the deputy chief."""
    found = _inquiry_or_404(request, pk)
    form = SendForm(request.POST, leaders=leaders(request.post.procuratorate, on=today()))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        send_inquiry(inquiry=found, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, found, form, "inquiries.draft", refusal)
    messages.success(request, "已送审定。")
    return go_to(request, "desk:inquiries:detail", pk)


@desk_page("inquiries.decide", methods=["POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree, in one's own words or as drafted, or return it."""
    found = _inquiry_or_404(request, pk)
    form, step = DecideForm(request.POST), _step_of(request, found)
    if step is None:
        messages.error(request, "这一环节已经办理过，或者还没有轮到您。")
        return go_to(request, "desk:inquiries:detail", pk)
    buttons = {"agree": Verdict.AGREE, "return": Verdict.RETURN}
    verdict = pressed(form, buttons, request.POST.get("decision"), sentence="请选择同意或者退回修改。")
    if verdict is None or not form.is_valid():
        return _page(request, found, form)
    try:
        decide_inquiry(inquiry=found, step=step, verdict=verdict, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, found, form, "inquiries.decide", refusal)
    messages.success(request, "已审定。" if verdict is Verdict.AGREE else "已退回修改。")
    return go_to(request, "desk:inquiries:detail", pk)


@desk_page("inquiries.answer", methods=["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Note the answer given."""
    found = _inquiry_or_404(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        answer_inquiry(inquiry=found, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, found, form, "inquiries.answer", refusal)
    messages.success(request, "已记录答复，转检务督察决定是否作干预记录。")
    return go_to(request, "desk:inquiries:detail", pk)


@desk_page("inquiries.decide_interference", methods=["POST"])
def interference(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide on the interference record."""
    found = _inquiry_or_404(request, pk)
    form = InterferenceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        decide_interference(inquiry=found, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, found, form, "inquiries.decide_interference", refusal)
    messages.success(request, "已决定。")
    return go_to(request, "desk:inquiries:detail", pk)


def _refused(request: StaffRequest, found: CaseInquiry, form: VersionForm, verb: str, refusal: Refusal) -> HttpResponse:
    form.add_error(None, refused(request, verb, refusal, target=target_of(found)))
    return _page(request, _inquiry_or_404(request, found.pk), form)


def _step_of(request: StaffRequest, found: CaseInquiry) -> ApprovalStep | None:
    """The open step this post decides today."""
    if found.approval is None:
        return None
    mine = stands_in_for(request.post, today())
    return found.approval.steps.filter(status=StepStatus.OPEN, post__in=mine).first()


def _page(
    request: StaffRequest, found: CaseInquiry, form: VersionForm | None = None, *, opened: bool = False
) -> HttpResponse:
    entries = chain_of(found.approval).entries if found.approval is not None else ()
    opened = opened or is_open(request.POST.get("opened", ""), found, request.post)
    context = {
        "title": found.matter.title if opened else f"案件咨询 {found.matter.number}",
        "inquiry": found,
        "matter": found.matter,
        "opened": word_for(found, request.post) if opened else "",
        "asker": found.matter.participants.first() if opened else None,
        "files": found.matter.attachments.select_related("file") if opened else (),
        "chain": entries if opened else [replace(entry, opinion="") for entry in entries],
        "task": _task(request, found, form),
    }
    return render(request, "desk/inquiries/detail.html", context, status=422 if form is not None else 200)


def _task(request: StaffRequest, found: CaseInquiry, form: VersionForm | None) -> dict[str, Any] | None:
    """What this post does next, with its form as it was typed, or fresh."""
    matter, actor = found.matter, request.actor
    version = {"version": matter.version}
    if matter.status == Status.IN_HAND and may(actor, "inquiries.draft"):
        fresh = SendForm(
            initial=version | {"draft": found.draft_answer, "leader": str(matter.leader_id or "")},
            leaders=leaders(matter.procuratorate, on=today()),
        )
        return {"name": "send", "title": "起草答复意见", "button": "送审定", "form": form or fresh}
    if matter.status == Status.SIGNING and _step_of(request, found) is not None:
        assert found.approval is not None
        covered = {"subject_hash": digest_of(found.draft_answer), "edited": found.draft_answer}
        decide_form = form or DecideForm(initial=covered | {"version": found.approval.version})
        return {"name": "decide", "title": "审定", "button": "同意", "form": decide_form, "may_return": True}
    if matter.status == Status.SIGNED and may(actor, "inquiries.answer"):
        return {
            "name": "answer",
            "title": "答复并记录",
            "button": "记录答复",
            "form": form or AnswerForm(initial=version | {"answered_on": today()}),
        }
    if found.answered_on and not found.interference and may(actor, "inquiries.decide_interference"):
        fresh_verdict = InterferenceForm(initial=version)
        return {"name": "interference", "title": "干预记录", "button": "决定", "form": form or fresh_verdict}
    return None
