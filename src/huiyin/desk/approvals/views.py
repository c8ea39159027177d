"""The inbox of signatures, and of papers to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals import registry
from huiyin.approvals.models import Approval, ApprovalStep, Circulation, Decision
from huiyin.approvals.operations import object_to
from huiyin.approvals.queries import Effect, decided_by, effect_of, to_read, waiting_for
from huiyin.audit.actors import Target
from huiyin.desk.approvals.forms import ObjectForm
from huiyin.desk.chains import signed_by
from huiyin.kernel.refusals import Refusal
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

MOST = 200  # the longest waiting first; a signer with more signs from the top
LATELY = 20
DISPUTED = {
    Effect.SIGN_AGAIN: "已登记您的异议，文稿退回这一环节重签，已通知代录人和送审人。",
    Effect.HELD: "已登记您的异议，文稿停在这里，不能取号、用印、印发。已通知代录人、送审人和联络办公室退回重签。",
    Effect.NOTED: "已登记您的异议，已通知代录人和送审人。文稿的审签已经结束，不再退回，由联络办公室处理。",
}


@dataclass(frozen=True)
class Waiting:
    """One paper that waits for this post."""

    kind: str
    title: str
    url: str
    step: ApprovalStep
    in_place_of: str


@dataclass(frozen=True)
class ToRead:
    """One paper given to this post to read (圈阅)."""

    kind: str
    title: str
    url: str
    given: Circulation


@dataclass(frozen=True)
class Signed:
    """One decision of this post."""

    decision: Decision
    title: str
    url: str
    how: str
    at: datetime
    can_object: bool


@desk_page("approvals.inbox")
def inbox(request: StaffRequest) -> HttpResponse:
    """What waits for me, and what I signed lately."""
    return inbox_page(request)


def inbox_page(
    request: StaffRequest, *, refused_form: ObjectForm | None = None, of: int = 0, sentence: str = "", status: int = 200
) -> HttpResponse:
    """The inbox; sentence: why something was just refused."""
    waiting = [_waiting(step, request.post.pk) for step in waiting_for(request.post, today())[:MOST]]
    signed = decided_by(request.post).select_related("in_place_of__staff", "post__staff")[:LATELY]
    context = {
        "title": "待我审签",
        "waiting": waiting,
        "to_read": [_to_read(given) for given in to_read(request.post)[:MOST]],
        "sentence": sentence,
        "signed": [_signed(decision, request.post.pk) for decision in signed],
        "form": refused_form,
        "form_of": of,
    }
    return render(request, "desk/approvals/inbox.html", context, status=status)


def _waiting(step: ApprovalStep, own: int) -> Waiting:
    kind, title, url = _subject(step.approval)
    stands_in = step.post.staff.name if step.post is not None and step.post_id != own else ""
    return Waiting(kind, title, url, step, stands_in)


def _signed(decision: Decision, own: int) -> Signed:
    _, title, url = _subject(decision.approval)
    recorded = decision.recorded_by_id is not None and decision.post_id == own and decision.objected_at is None
    return Signed(decision, title, url, signed_by(decision), decision.decided_at, recorded)


def _to_read(given: Circulation) -> ToRead:
    kind, title, _ = _subject(given.approval)
    return ToRead(kind, title, registry.address_of(given.approval), given)


def _subject(approval: Approval) -> tuple[str, str, str]:
    """What it is, how it is called, where it is read."""
    kind = registry.kind_of(approval.subject_kind)
    label, _, title = approval.subject_label.partition("：")
    return (
        (label, title, kind.url(approval.subject_id)) if title else (kind.label, label, kind.url(approval.subject_id))
    )


@desk_page("approvals.object", methods=["POST"])
def object_to_record(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that what a clerk recorded is not what I signed."""
    decision = get_object_or_404(Decision.objects.select_related("approval", "step"), pk=pk, post=request.post)
    form = ObjectForm(request.POST)
    if form.is_valid():
        try:
            approval = object_to(decision=decision, reason=form.cleaned_data["reason"], actor=request.actor, at=now())
        except Refusal as refusal:
            target = Target(kind="approvals.approval", key=str(decision.approval_id))
            form.add_error(None, refused(request, "approvals.object", refusal, target=target))
        else:
            messages.success(request, DISPUTED[effect_of(approval, today())])
            return go_to(request, "desk:approvals:inbox")
    return inbox_page(request, refused_form=form, of=pk, status=422)
