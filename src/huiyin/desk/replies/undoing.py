"""What can be undone of a letter that is not out: back to be signed, its number voided, the letter given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from huiyin.desk.replies.forms import ReasonForm
from huiyin.desk.replies.page import detail_page, reply_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Reply
from huiyin.matters.operations.replies_signing import send_back
from huiyin.matters.operations.replies_undoing import void_letter, void_number
from huiyin.matters.operations.undertakings import target
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("matters.send_back_letter", methods=["POST"])
def back_to_signer(request: StaffRequest, pk: int) -> HttpResponse:
    """Something of substance must change, or a recorded signature is disputed: back to be signed."""
    done = "已退回重签，已通知签批人。"
    return _undo(request, pk, "send_back", "matters.send_back_letter", send_back, done, auto_id="back_%s")


@desk_page("matters.void_number", methods=["POST"])
def give_up_number(request: StaffRequest, pk: int) -> HttpResponse:
    """The number was taken by mistake."""
    done = "文号已作废，记入文号簿。需要时重新登记取号。"
    return _undo(request, pk, "void_number", "matters.void_number", void_number, done, auto_id="number_%s")


@desk_page("matters.void_letter", methods=["POST"])
def give_up_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter does not go out."""
    done = "文稿已作废，可以重新起草。"
    return _undo(request, pk, "void", "matters.void_letter", void_letter, done, auto_id="void_%s")


def _undo(
    request: StaffRequest, pk: int, name: str, verb: str, act: Callable[..., Reply], done: str, *, auto_id: str
) -> HttpResponse:
    reply = reply_or_404(request, pk)
    form = ReasonForm(request.POST, auto_id=auto_id)
    if form.is_valid():
        said = form.cleaned_data
        try:
            act(reply=reply, reason=said["reason"], actor=request.actor, version=said["version"], at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal, target=target(reply.matter)))
        else:
            messages.success(request, done)
            return _after(request, pk)
    given: dict[str, Any] = {name: form}
    return detail_page(request, reply_or_404(request, pk), status=422, **given)


def _after(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter, or where it is no longer this post's to read, the letters."""
    if Reply.objects.open_to(request.post).filter(pk=pk).exists():
        return go_to(request, "desk:replies:detail", pk)
    return go_to(request, "desk:replies:list")
