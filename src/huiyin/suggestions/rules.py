"""Kinds of suggestion and their labels; how numbers and sessions are written."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.kernel.refusals import Refusal


class SuggestionKind(StrEnum):
    SUGGESTION = "suggestion"
    CRITICISM = "criticism"
    OPINION = "opinion"
    PROPOSAL = "proposal"


SUGGESTION_KIND_LABELS: Final = {
    SuggestionKind.SUGGESTION: "建议",
    SuggestionKind.CRITICISM: "批评",
    SuggestionKind.OPINION: "意见",
    SuggestionKind.PROPOSAL: "提案",
}


class Side(StrEnum):
    """Whom the matter comes from; decides salutation, title and copy list (practice 21)."""

    DEPUTY = "deputy"
    MEMBER = "member"
    PROPOSER = "proposer"


SIDE_LABELS: Final = {Side.DEPUTY: "代表", Side.MEMBER: "委员", Side.PROPOSER: "提案者"}


class ProposalStatus(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"
    AGREED = "agreed"
    DROPPED = "dropped"


PROPOSAL_STATUS_LABELS: Final = {
    ProposalStatus.DRAFT: "拟办中",
    ProposalStatus.SIGNING: "送批中",
    ProposalStatus.AGREED: "已批准交办",
    ProposalStatus.DROPPED: "已作废",
}


class ProposalStep(StrEnum):
    SEND = "send"
    RETURN = "return"
    AGREE = "agree"
    DROP = "drop"


PROPOSAL_MOVES: Final = {
    (ProposalStatus.DRAFT, ProposalStep.SEND): ProposalStatus.SIGNING,
    (ProposalStatus.DRAFT, ProposalStep.DROP): ProposalStatus.DROPPED,
    (ProposalStatus.SIGNING, ProposalStep.RETURN): ProposalStatus.DRAFT,
    (ProposalStatus.SIGNING, ProposalStep.AGREE): ProposalStatus.AGREED,
}
ROWS_A_SHEET: Final = 60
"""So that carrying an agreed sheet out stays one short transaction."""


class ProposalStepNotAllowed(Refusal):
    """The sheet's present status does not permit this step."""

    code = "suggestions.proposal_step_not_allowed"


def next_proposal_status(status: ProposalStatus, step: ProposalStep) -> ProposalStatus:
    """The status of a sheet after a step; raises ProposalStepNotAllowed."""
    try:
        return PROPOSAL_MOVES[status, step]
    except KeyError:
        now = PROPOSAL_STATUS_LABELS[status]
        raise ProposalStepNotAllowed(f"这张拟办单现在是“{now}”，不能这样办理。请刷新页面查看最新进度。") from None
