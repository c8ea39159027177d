"""How papers about a suggestion or a proposal speak: noun, salutation, title, copies (practice 21). Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal, numbered
from huiyin.suggestions.rules import NOUNS, SIDE_LABELS, SUGGESTION_KIND_LABELS, Docketing, Side, SuggestionKind

MOST_NAMED: Final = 3  # more are counted behind the lead
PLACE_ENDINGS: Final = ("省", "市", "县", "区", "旗", "州", "盟")


def noun_of(side: Side, docketing: str = "", kind: str = "") -> str:
    """建议, 批评 or 意见 as deputies hand it in (S0-10), 提案 for members and proposers; what was not filed is called
    what it became."""
    if side is not Side.DEPUTY:
        return NOUNS[Docketing(docketing or Docketing.FILED)]
    return SUGGESTION_KIND_LABELS[SuggestionKind(kind or SuggestionKind.SUGGESTION)]


def assembly_of(side: Side) -> str:
    """人大 for deputies, 政协 otherwise."""
    return "人大" if side is Side.DEPUTY else "政协"


def place_of(office_name: str) -> str:
    """市 of 样本市人民检察院, as letters write 市十六届人大; "" where the name tells nothing."""
    place = office_name.removesuffix("人民检察院")
    return place[-1] if place.endswith(PLACE_ENDINGS) else ""


def subject(session: int | None, number: str, noun: str) -> str:
    """第162001号建议, 闭会期间第160003号建议."""
    return numbered(number, between=session is None) + noun


def session_text(place: str, side: Side, term: int, session: int | None) -> str:
    """市十六届人大二次会议, 市十六届人大闭会期间, 市政协十四届二次会议."""
    when = "闭会期间" if session is None else f"{chinese_ordinal(session)}次会议"
    ordinal = f"{chinese_ordinal(term)}届"
    return f"{place}{ordinal}人大{when}" if side is Side.DEPUTY else f"{place}政协{ordinal}{when}"


def number_in(session: int | None, number: str) -> str:
    """The number as it stands behind its session: 闭会期间 is not said again by 闭160003."""
    return number.removeprefix("闭") if session is None else number


def reply_title(place: str, side: Side, term: int, session: int | None, number: str, noun: str) -> str:
    """关于市十六届人大二次会议第162001号建议的答复."""
    return f"关于{session_text(place, side, term, session)}第{number_in(session, number)}号{noun}的答复"


def salutation(names: Sequence[str], side: Side, signers: int = 0) -> str:
    """张示例代表：, 张示例代表、李样本代表：, 李样本等7位代表：, 民建样本市委员会：.

    signers: how many there are; a list may name fewer than it counts."""
    if not names:
        return f"有关{SIDE_LABELS[side]}："
    if side is Side.PROPOSER:
        return f"{names[0]}："
    title = SIDE_LABELS[side]
    count = max(len(names), signers)
    if count == len(names) <= MOST_NAMED:
        return "、".join(f"{name}{title}" for name in names) + "："
    return f"{names[0]}等{count}位{title}："
