"""The one place where the status of a 拟办 sheet is written, guarded by the version as read."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from huiyin.kernel.refusals import Refusal
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.rules import ProposalStatus, ProposalStep, next_proposal_status


class ProposalMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "suggestions.proposal_moved_on"


def write_proposal(proposal: Proposal, *, version: int, **updates: Any) -> None:
    """Change a sheet without a step. Raises ProposalMovedOn."""
    as_read = Proposal.objects.filter(pk=proposal.pk, version=version)
    if not as_read.update(version=F("version") + 1, **updates):
        raise ProposalMovedOn(
            f"{proposal.number}刚刚由同事改动过，页面内容已不是最新。请刷新后再办，您填写的内容仍在页面上。"
        )
    proposal.refresh_from_db()


def advance_proposal(proposal: Proposal, step: ProposalStep, *, version: int, **updates: Any) -> None:
    """Move a sheet one step. Raises ProposalStepNotAllowed, ProposalMovedOn."""
    new = next_proposal_status(ProposalStatus(proposal.status), step)
    write_proposal(proposal, version=version, status=new, **updates)
