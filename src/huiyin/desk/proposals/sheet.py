"""What a page shows of a sheet: rows, the road of its approval, and what this post may do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.approvals.permissions import CLERKS
from huiyin.approvals.queries import stands_in_for
from huiyin.approvals.rules import ApprovalStatus, StepStatus, Verdict
from huiyin.desk.chains import Chain, chain_of
from huiyin.desk.due import Chip, chip
from huiyin.desk.proposals.rows import Choosable, RowForm, Use, row_forms
from huiyin.matters.models import Deadline
from huiyin.matters.operations.deadlines import department_defaults, statutory_of
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.queries import proposer_text
from huiyin.matters.rules import HANDLER_ROLE_LABELS
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar
from huiyin.regulations.rules import Due
from huiyin.suggestions.models import Proposal, ProposalRow
from huiyin.suggestions.rules import ProposalStatus
from huiyin.suggestions.sheets import plan_of, rows_of
from huiyin.web.pages import StaffRequest


@dataclass(frozen=True)
class PartShown:
    """One unit's part as the sheet prints it."""

    role: str
    who: str
    due_on: date | None
    by_book: bool


@dataclass(frozen=True)
class RowShown:
    """One line of the sheet."""

    row: ProposalRow
    proposer: str
    last: Deadline | None
    chip: Chip | None
    parts: tuple[PartShown, ...]
    default: Due | None
    is_mine: bool
    form: RowForm | None = None


class Sheet:
    """A sheet read once for a page."""

    def __init__(self, proposal: Proposal, *, post: Post, on: date) -> None:
        self.proposal, self.post, self.on = proposal, post, on
        self.rows = rows_of(proposal)
        self.working_days = calendar()
        lasts = statutory_of([row.matter for row in self.rows])
        self.last = {matter.pk: deadline for matter, deadline in lasts}
        self.defaults = department_defaults(lasts, on=on, working_days=self.working_days)
        self.chain: Chain | None = chain_of(proposal.approval) if proposal.approval else None

    def shown(self, forms: Sequence[RowForm] = ()) -> list[RowShown]:
        """The rows, those with a form among `forms` with it."""
        by_row = {form.row.pk: form for form in forms}
        found = []
        for row in self.rows:
            last = self.last.get(row.matter_id)
            default = self.defaults.get(row.matter_id)
            found.append(
                RowShown(
                    row=row,
                    proposer=proposer_text(row.matter.participants.all()),
                    last=last,
                    chip=chip(last, self.on, self.working_days) if last else None,
                    parts=tuple(_part(part, default) for part in plan_of(row).parts),
                    default=default,
                    is_mine=row.leader_id == self.post.pk,
                    form=by_row.get(row.pk),
                )
            )
        return found

    def choosable(self, *, drafting: bool = False) -> Choosable:
        """Whom its rows may name."""
        return Choosable.of(self.proposal.procuratorate, self.on, drafting=drafting)

    def open_steps(self) -> list[ApprovalStep]:
        """The steps that wait for a decision."""
        approval = self.proposal.approval
        if self.chain is None or approval is None or approval.status != ApprovalStatus.RUNNING:
            return []
        return [step for step in self.chain.steps if step.status == StepStatus.OPEN]

    def row_forms(self, step: ApprovalStep, data: Any = None) -> list[RowForm]:
        """The rows that may be changed at a step: a leader's own, every row before it."""
        is_leader = step.post is not None and step.post.role_enum in {Role.CHIEF, Role.DEPUTY_CHIEF}
        use = Use.LEADER if is_leader else Use.OFFICE
        rows = [row for row in self.rows if not is_leader or row.leader_id == step.post_id]
        return row_forms(rows, self.choosable(), self.defaults, data, use=use)


@dataclass(frozen=True)
class Turn:
    """A step this post may decide: as signer, or as the clerk who records paper or a meeting."""

    step: ApprovalStep
    is_clerk: bool


def turns(request: StaffRequest, sheet: Sheet) -> list[Turn]:
    """Open steps this post may decide, its own first."""
    waiting = sheet.open_steps()
    if not waiting or not may(request.actor, "suggestions.decide_proposal", sheet.proposal):
        return []
    own = set(stands_in_for(request.post, sheet.on))
    is_clerk = request.post.role_enum in CLERKS
    found = [Turn(step, step.post_id not in own) for step in waiting if step.post_id in own or is_clerk]
    return sorted(found, key=lambda turn: turn.is_clerk)


def turn_asked(all_turns: Sequence[Turn], asked: str) -> Turn | None:
    """The turn that `step=` asks for; without it, one's own."""
    if asked:
        return next((turn for turn in all_turns if str(turn.step.pk) == asked), None)
    return next((turn for turn in all_turns if not turn.is_clerk), None)


def returned_with(approval: Approval | None) -> Decision | None:
    """The words with which the sheet came back."""
    if approval is None or approval.status != ApprovalStatus.RETURNED:
        return None
    back = approval.decisions.filter(verdict=Verdict.RETURN).select_related("post__staff")
    return back.order_by("-id").first()


def facts_of(proposal: Proposal, count: int) -> list[dict[str, Any]]:
    """The head of the sheet in pairs."""
    return [
        {"label": "编号", "text": proposal.number},
        {"label": "件数", "text": f"{count}件"},
        {"label": "进度", "text": proposal.get_status_display()},
        {"label": "拟办人", "text": proposal.drafted_by.label},
        {"label": "拟办日期", "text": f"{localtime(proposal.drafted_at):%Y-%m-%d}"},
        {"label": "总的意见", "text": proposal.opinion, "wide": True},
    ]


def may_change(request: StaffRequest, proposal: Proposal) -> bool:
    """Whether this post writes the sheet."""
    return may(request.actor, "suggestions.propose", proposal)


def is_draft(proposal: Proposal) -> bool:
    return proposal.status == ProposalStatus.DRAFT


def _part(part: Part, default: Due | None) -> PartShown:
    by_book = default is not None and part.due_on == default.due_on
    return PartShown(HANDLER_ROLE_LABELS[part.role], part.who, part.due_on, by_book)
