"""How a letter speaks to the one it answers: deputies, CPPCC members, and parties or sectors that propose as a body.

Opening, thanks and form names come from one wording a kind, so that no template shared by two kinds holds a word of
either."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Addressee(StrEnum):
    """Who receives the answer."""

    DEPUTY = "deputy"
    MEMBER = "member"
    PARTY = "party"
    SECTOR = "sector"


class Answer(StrEnum):
    """What the letter is, as its title ends."""

    REPLY = "答复"
    FURTHER_REPLY = "再行答复"
    ASSISTING_OPINION = "会办意见"


@dataclass(frozen=True)
class Wording:
    """The words of one kind of addressee; form: title of the rating form."""

    you: str
    form: str


_PROPOSAL_FORM: Final = "政协提案办理情况征询意见表"

WORDINGS: Final[Mapping[Addressee, Wording]] = MappingProxyType(
    {
        Addressee.DEPUTY: Wording("您", "人大代表建议办理情况征询意见表"),
        Addressee.MEMBER: Wording("您", _PROPOSAL_FORM),
        Addressee.PARTY: Wording("你们", _PROPOSAL_FORM),
        Addressee.SECTOR: Wording("你们", _PROPOSAL_FORM),
    }
)


def opening(addressee: Addressee, subject: str, *, signers: int = 1) -> str:
    """The first sentence: subject is the title of what was handed in, without 《》; signers: how many handed it in."""
    you = "你们" if signers > 1 else WORDINGS[addressee].you
    return f"{you}提出的《{subject}》收悉，现答复如下："


def closing(addressee: Addressee, *, signers: int = 1) -> str:
    """The sentence of thanks."""
    you = "你们" if signers > 1 else WORDINGS[addressee].you
    return f"感谢{you}对检察工作的关心和支持。"


def feedback_form_title(addressee: Addressee) -> str:
    """Title of the form on which the addressee rates the handling."""
    return WORDINGS[addressee].form
