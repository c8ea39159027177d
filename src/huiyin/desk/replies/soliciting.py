"""征求意见稿: giving the draft out, recording what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from huiyin.desk.replies.forms import AnswerForm, SolicitForm
from huiyin.desk.replies.page import detail_page, reply_or_404, signers_of
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Reply, Solicitation
from huiyin.matters.operations.solicitations import answer_solicitation, solicit
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Mode
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "matters.solicit"


@desk_page(VERB, methods=["POST"])
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """The newest text went to somebody for comment."""
    reply = reply_or_404(request, pk)
    form = SolicitForm(request.POST, participants=signers_of(reply), auto_id="ask_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            solicit(
                reply=reply, participant=said["participant"], mode=Mode(said["mode"]), given_on=said["given_on"],
                answer_by_on=said["answer_by_on"], actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已登记征求意见稿。")
            return go_to(request, "desk:replies:detail", pk)
    return detail_page(request, reply_or_404(request, pk), solicit=form, status=422)


@desk_page(VERB, methods=["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What was said of the draft."""
    seen = Solicitation.objects.filter(reply_version__reply__in=Reply.objects.open_to(request.post))
    solicitation = get_object_or_404(seen.select_related("participant", "reply_version__reply__matter"), pk=pk)
    reply = solicitation.reply_version.reply
    form = AnswerForm(request.POST, auto_id=f"answer_{pk}_%s")
    if form.is_valid():
        try:
            answer_solicitation(solicitation=solicitation, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已登记对征求意见稿的答复。")
            return go_to(request, "desk:replies:detail", reply.pk)
    sentence = "；".join(str(error) for errors in form.errors.values() for error in errors)
    return detail_page(
        request, reply_or_404(request, reply.pk), sentence=sentence, answered=pk, answer_form=form, status=422
    )
