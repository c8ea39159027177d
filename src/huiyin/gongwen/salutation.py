"""What a letter calls the one it answers: deputies, CPPCC members, and parties or sectors that propose as a body.

Titles, salutations, copies and form names come from one wording a kind, so that no template shared by two kinds holds
a word of either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal

_MOST_NAMES: Final = 3


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
    """The words of one kind of addressee.

    person: the title after a name, empty for bodies. item: what they hand in. assembly: before and after the place in
    a title: 市…人大, 政协市…. copies: bodies told, after the place's word. form: title of the rating form."""

    person: str
    item: str
    you: str
    assembly: tuple[str, str]
    copies: tuple[str, ...]
    form: str


_CPPCC_COPIES: Final = ("政协提案委员会", "人民政府办公室")
_PROPOSAL_FORM: Final = "政协提案办理情况征询意见表"

WORDINGS: Final[Mapping[Addressee, Wording]] = MappingProxyType(
    {
        Addressee.DEPUTY: Wording(
            person="代表",
            item="建议",
            you="您",
            assembly=("", "人大"),
            copies=("人大常委会代表工作机构", "人民政府办公室"),
            form="人大代表建议办理情况征询意见表",
        ),
        Addressee.MEMBER: Wording("委员", "提案", "您", ("政协", ""), _CPPCC_COPIES, _PROPOSAL_FORM),
        Addressee.PARTY: Wording("", "提案", "你们", ("政协", ""), _CPPCC_COPIES, _PROPOSAL_FORM),
        Addressee.SECTOR: Wording("", "提案", "你们", ("政协", ""), _CPPCC_COPIES, _PROPOSAL_FORM),
    }
)


def salutation(addressee: Addressee, names: Sequence[str]) -> str:
    """The line the letter opens with: 赵样例代表：, two or three by name, more as 赵样例等5位代表：.

    names: the lead first."""
    if not names:
        raise ValueError("a letter is addressed to somebody")
    person = WORDINGS[addressee].person
    if not person or len(names) == 1:
        return f"{'、'.join(names)}{person}："
    if len(names) <= _MOST_NAMES:
        return f"{'、'.join(f'{name}{person}' for name in names)}："
    return f"{names[0]}等{len(names)}位{person}："


def title(
    addressee: Addressee,
    *,
    place: str,
    term: int,
    session: int | None,
    number: str,
    item: str = "",
    answer: Answer = Answer.REPLY,
) -> str:
    """The letter's title.

    place: 省, 市, 县 or 区. session: None between sessions, which 闭 before a number need not say again. number: as the
    assembly wrote it, 162008 or 闭160003.
    item: 批评, 意见 and the like instead of the addressee's usual word."""
    wording = WORDINGS[addressee]
    before, after = wording.assembly
    when = f"{chinese_ordinal(session)}次会议" if session else "闭会期间"
    number = number if session else number.removeprefix("闭")
    return (
        f"关于{before}{place}{chinese_ordinal(term)}届{after}{when}第{number}号{item or wording.item}的{answer.value}"
    )


def opening(addressee: Addressee, subject: str, *, signers: int = 1) -> str:
    """The first sentence: subject is the title of what was handed in, without 《》; signers: how many handed it in."""
    you = "你们" if signers > 1 else WORDINGS[addressee].you
    return f"{you}提出的《{subject}》收悉，现答复如下："


def closing(addressee: Addressee, *, signers: int = 1) -> str:
    """The sentence of thanks."""
    you = "你们" if signers > 1 else WORDINGS[addressee].you
    return f"感谢{you}对检察工作的关心和支持。"


def copies(addressee: Addressee, place: str) -> tuple[str, ...]:
    """Who receives a copy when no other body is named: 市人大常委会代表工作机构, 市人民政府办公室."""
    return tuple(place + body for body in WORDINGS[addressee].copies)


def feedback_form_title(addressee: Addressee) -> str:
    """Title of the form on which the addressee rates the handling."""
    return WORDINGS[addressee].form
