"""Kinds of suggestion and their labels; how numbers and sessions are written."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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
