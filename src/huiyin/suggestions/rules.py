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


BROUGHT_BY_DEPUTIES: Final = (SuggestionKind.SUGGESTION, SuggestionKind.CRITICISM, SuggestionKind.OPINION)


class Side(StrEnum):
    """Whom the matter comes from; decides salutation, title and copy list (practice 21). BODY: a congress or CPPCC body
    itself, whose papers are opinions and acts of oversight."""

    DEPUTY = "deputy"
    MEMBER = "member"
    PROPOSER = "proposer"
    BODY = "body"


SIDE_LABELS: Final = {Side.DEPUTY: "代表", Side.MEMBER: "委员", Side.PROPOSER: "提案者", Side.BODY: "来文机关"}


class ProposerKind(StrEnum):
    """The six kinds of those who may bring a proposal to the CPPCC."""

    MEMBER = "member"
    PARTY = "party"
    BODY = "body"
    SECTOR = "sector"
    GROUP = "group"
    COMMITTEE = "committee"


PROPOSER_KIND_LABELS: Final = {
    ProposerKind.MEMBER: "委员提案",
    ProposerKind.PARTY: "党派提案",
    ProposerKind.BODY: "团体提案",
    ProposerKind.SECTOR: "界别提案",
    ProposerKind.GROUP: "委员小组提案",
    ProposerKind.COMMITTEE: "专门委员会提案",
}
SIGNED_BY: Final = {
    ProposerKind.MEMBER: "委员签名",
    ProposerKind.PARTY: "党派组织盖章",
    ProposerKind.BODY: "人民团体盖章",
    ProposerKind.SECTOR: "界别召集人签名",
    ProposerKind.GROUP: "小组组长签名",
    ProposerKind.COMMITTEE: "专门委员会主任签名",
}


def side_of(kind: ProposerKind) -> Side:
    """Members are answered by name, everyone else as the body that proposes."""
    return Side.MEMBER if kind is ProposerKind.MEMBER else Side.PROPOSER


class Docketing(StrEnum):
    """Whether the proposal committee filed it (立案); what it did not file is no proposal and has no time limit."""

    FILED = "filed"
    PUBLIC_OPINION = "public_opinion"
    MEMBER_LETTER = "member_letter"


DOCKETING_LABELS: Final = {
    Docketing.FILED: "已立案",
    Docketing.PUBLIC_OPINION: "未立案，转社情民意信息",
    Docketing.MEMBER_LETTER: "未立案，作为委员来信",
}
NOUNS: Final = {
    Docketing.FILED: "提案",
    Docketing.PUBLIC_OPINION: "社情民意信息",
    Docketing.MEMBER_LETTER: "委员来信",
}


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
