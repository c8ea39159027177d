"""After the last signature: proofread, number, seal, issue, deliver, enter in the congress system."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.replies.forms import DeliverForm, UploadedForm
from huiyin.desk.replies.page import detail_page, letter_form, newest, reply_or_404, waiting_recipients
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import OPINION
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Reply
from huiyin.matters.operations.replies_delivery import deliver, mark_uploaded
from huiyin.matters.operations.replies_issuing import issue, proofread, seal, take_number
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import ReplyStatus
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("matters.proofread_letter", methods=["GET", "POST"])
def proof(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the signed letter once more; wrong characters may be corrected."""
    reply = reply_or_404(request, pk)
    if request.method != "POST" and reply.status != ReplyStatus.SIGNED:
        return go_to(request, "desk:replies:detail", pk)
    form = letter_form(reply, newest(reply), request.POST if request.method == "POST" else None, has_note=False)
    if request.method == "POST" and form.is_valid():
        text = None if "as_it_is" in request.POST else form.to_text()
        try:
            proofread(reply=reply, text=text, actor=request.actor, version=form.cleaned_data["version"], at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.proofread_letter", refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已复核，可以登记取号。")
            return go_to(request, "desk:replies:detail", pk)
    context = {"title": f"复核：{reply.matter.title}", "reply": reply, "matter": reply.matter, "form": form}
    return render(request, "desk/replies/proofread.html", context, status=422 if form.errors else 200)


@desk_page("matters.number_letter", methods=["POST"])
def number(request: StaffRequest, pk: int) -> HttpResponse:
    """The next number of the year."""
    return _act(request, pk, "matters.number_letter", take_number, "已登记取号：{reply.number}")


@desk_page("matters.seal_letter", methods=["POST"])
def set_seal(request: StaffRequest, pk: int) -> HttpResponse:
    """The seal was set."""
    return _act(request, pk, "matters.seal_letter", seal, "已登记用印。")


@desk_page("matters.issue_letter", methods=["POST"])
def send_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Out it goes."""
    return _act(request, pk, "matters.issue_letter", issue, "{reply.number}已印发，已通知对方。")


def _act(request: StaffRequest, pk: int, verb: str, act: Callable[..., Reply], done: str) -> HttpResponse:
    reply = reply_or_404(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return detail_page(request, reply, sentence="\n".join(sentences_of(form)), status=422)
    try:
        act(reply=reply, actor=request.actor, version=form.cleaned_data["version"], at=now())
    except Refusal as refusal:
        sentence = refused(request, verb, refusal, target=target(reply.matter))
        return detail_page(request, reply_or_404(request, pk), sentence=sentence, status=422)
    messages.success(request, done.format(reply=reply_or_404(request, pk)))
    return go_to(request, "desk:replies:detail", pk)


@desk_page("matters.deliver_letter", methods=["POST"])
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Who has the letter now."""
    reply = reply_or_404(request, pk)
    verb = "matters.deliver_letter"
    kept = keep_uploads(request, "evidence", verb=verb)
    is_reply = reply.kind != OPINION
    form = DeliverForm(request.POST, participants=waiting_recipients(reply), is_reply=is_reply, auto_id="deliver_%s")
    for sentence in kept.refusals:
        form.add_error("evidence", sentence)
    if form.is_valid():
        said = form.cleaned_data
        try:
            deliver(
                reply=reply, participants=list(said.get("participant") or ()), mode=said["mode"],
                recipient="" if is_reply else kind_of(reply.matter).wording(reply.matter).addressee_of_opinion,
                delivered_on=said["delivered_on"], evidence=kept.last, note=said["note"], actor=request.actor,
                version=said["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已登记送达。")
            return go_to(request, "desk:replies:detail", pk)
    return detail_page(request, reply_or_404(request, pk), deliver=form, status=422)


@desk_page("matters.mark_uploaded", methods=["POST"])
def entered_outside(request: StaffRequest, pk: int) -> HttpResponse:
    """The day it was entered in the congress system."""
    reply = reply_or_404(request, pk)
    form = UploadedForm(request.POST, auto_id="uploaded_%s")
    if form.is_valid():
        try:
            mark_uploaded(reply=reply, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.mark_uploaded", refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已登记录入人大系统。")
            return go_to(request, "desk:replies:detail", pk)
    return detail_page(request, reply_or_404(request, pk), uploaded=form, status=422)
