"""Signing a sheet: agree, change rows, write a 批示, return it, enter a meeting's or a paper's decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse

from huiyin.approvals.operations import NotYourTurn
from huiyin.approvals.rules import Verdict
from huiyin.desk.proposals.page import Signing, proposal_or_404, sheet_page, signing_of
from huiyin.desk.proposals.sheet import Sheet, turn_asked, turns
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.operations.decide_proposal import decide_proposal
from huiyin.suggestions.operations.propose import target_of
from huiyin.web.clock import now, today
from huiyin.web.forms import pressed
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "suggestions.decide_proposal"


@desk_page(VERB, methods=["POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide one step; `more` only shows one more line in a row."""
    proposal = proposal_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=VERB)
    sheet = Sheet(proposal, post=request.post, on=today())
    turn = turn_asked(turns(request, sheet), request.POST.get("step", ""))
    if turn is None:
        refusal = NotYourTurn("这一环节已经办理过，或者还没有轮到您。请看下面的最新进度。")
        sentence = refused(request, VERB, refusal, target=target_of(proposal))
        return sheet_page(request, proposal, sentence=sentence, status=422)
    signing = signing_of(sheet, turn, data=request.POST, kept=kept)
    if "more" in request.POST:
        signing.forget_faults()
        return sheet_page(request, proposal, signing=signing)
    buttons = {each.value: each for each in (Verdict.AGREE, Verdict.RETURN)}
    verdict = pressed(signing.form, buttons, request.POST.get("verdict"), sentence="请选择同意或者退回修改。")
    if verdict is not None and signing.is_valid(verdict) and _decided(request, proposal, signing, verdict):
        return go_to(request, "desk:proposals:detail", pk)
    return sheet_page(request, proposal_or_404(request, pk), signing=signing, status=422)


def _decided(request: StaffRequest, proposal: Proposal, signing: Signing, verdict: Verdict) -> bool:
    said = signing.form.cleaned_data
    try:
        decide_proposal(
            proposal=proposal,
            step=signing.turn.step,
            verdict=verdict,
            opinion=said["opinion"],
            changes=signing.changes(verdict),
            subject_hash=said["subject_hash"],
            actor=request.actor,
            version=said["version"],
            at=now(),
            paper=signing.form.paper(),
            meeting=signing.form.meeting(),
        )
    except Refusal as refusal:
        signing.form.add_error(None, refused(request, VERB, refusal, target=target_of(proposal)))
        return False
    done = "已退回修改。" if verdict is Verdict.RETURN else f"：{signing.turn.step.label}已办理。"
    messages.success(request, f"{proposal.number}{done}")
    return True
