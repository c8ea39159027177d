"""The page of a sheet, whoever reads it and whatever was just refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.rules import Verdict
from huiyin.desk.approvals.readers import reading_of
from huiyin.desk.proposals.forms import DecideForm, RecallForm
from huiyin.desk.proposals.rows import RowForm
from huiyin.desk.proposals.sheet import Sheet, Turn, facts_of, may_change, returned_with, turn_asked, turns
from huiyin.desk.uploads import Kept
from huiyin.organisations.models import Post
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.queries import proposals_open_to
from huiyin.suggestions.rules import ProposalStatus
from huiyin.suggestions.sheets import RowPlan, digest_of, plan_of
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest


@dataclass
class Signing:
    """What is typed at one step: the decision, and rows to change."""

    turn: Turn
    form: DecideForm
    rows: Sequence[RowForm]

    def is_valid(self, verdict: Verdict) -> bool:
        """Whether every field is; who returns a sheet changes no row."""
        asked = self.rows if verdict is Verdict.AGREE else []
        return all([self.form.is_valid(), *[row.is_valid() for row in asked]])

    @property
    def has_faults(self) -> bool:
        """Whether a row was refused."""
        return any(row.is_bound and row.errors for row in self.rows)

    def forget_faults(self) -> None:
        """Nothing was submitted yet, so nothing is wrong yet."""
        for form in (self.form, *self.rows):
            form.errors.clear()

    def changes(self, verdict: Verdict) -> list[RowPlan]:
        """The rows as the signer wants them."""
        return [row.to_plan() for row in self.rows] if verdict is Verdict.AGREE else []


def proposal_or_404(request: StaffRequest, pk: int) -> Proposal:
    """A sheet this post may read."""
    readable = proposals_open_to(request.post)
    return get_object_or_404(readable.select_related("procuratorate", "drafted_by__staff", "approval"), pk=pk)


def signing_of(sheet: Sheet, turn: Turn, *, data: Any = None, kept: Kept | None = None) -> Signing:
    """The forms of one step, as they stand or as they were typed."""
    approval = sheet.proposal.approval
    assert approval is not None
    covered = digest_of(sheet.proposal, [plan_of(row) for row in sheet.rows])
    initial = {"version": approval.version, "subject_hash": covered, "request_key": uuid4()}
    form = DecideForm(
        data,
        is_clerk=turn.is_clerk,
        substitutes=substitutes_of(turn.step) if turn.is_clerk else (),
        kept=kept,
        initial=initial,
    )
    return Signing(turn, form, sheet.row_forms(turn.step, data))


def sheet_page(
    request: StaffRequest,
    proposal: Proposal,
    *,
    step: str = "",
    signing: Signing | None = None,
    recall: RecallForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    """The sheet with what this post may do now; `sentence`: why something was just refused."""
    sheet = Sheet(proposal, post=request.post, on=today())
    all_turns = turns(request, sheet)
    turn = signing.turn if signing is not None else turn_asked(all_turns, step)
    if signing is None and turn is not None:
        signing = signing_of(sheet, turn)
    changes = may_change(request, proposal)
    context = {
        "title": f"拟办单 {proposal.number}",
        "proposal": proposal,
        "facts": facts_of(proposal, len(sheet.rows)),
        "rows": sheet.shown(signing.rows if signing else ()),
        "chain": sheet.chain.entries if sheet.chain else (),
        "scans": sheet.chain.scans if sheet.chain else (),
        "reading": reading_of(request, proposal.approval, sheet.chain) if proposal.approval and sheet.chain else None,
        "signing": signing,
        "recordable": [each for each in all_turns if each.is_clerk and (turn is None or each.step != turn.step)],
        "returned": returned_with(proposal.approval) if proposal.status == ProposalStatus.DRAFT else None,
        "is_drafting": changes and proposal.status == ProposalStatus.DRAFT,
        "recall": recall or (RecallForm(initial={"version": proposal.version}) if changes else None),
        "can_recall": changes and proposal.status == ProposalStatus.SIGNING,
        "sentence": sentence,
    }
    return render(request, "desk/proposals/detail.html", context, status=status)


def substitutes_of(step: ApprovalStep) -> list[Post]:
    """Who ever stood in for the signer; whether on the day of the signature is checked with it."""
    if step.post is None:
        return []
    named = step.post.substitutions.select_related("substitute__staff").order_by("-from_on")
    return list({each.substitute_id: each.substitute for each in named}.values())
