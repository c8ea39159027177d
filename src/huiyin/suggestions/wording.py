"""How papers about a suggestion or a proposal speak: noun, salutation, title, copies (practice 21). Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal
from huiyin.suggestions.rules import NOUNS, SIDE_LABELS, Docketing, Side

PLACE_ENDINGS: Final = ("省", "市", "县", "区", "旗", "州", "盟")


def noun_of(side: Side, docketing: str = Docketing.FILED) -> str:
    """建议 for deputies, 提案 for members and proposers; what was not filed is called what it became."""
    return "建议" if side is Side.DEPUTY else NOUNS[Docketing(docketing or Docketing.FILED)]


def assembly_of(side: Side) -> str:
    """人大 for deputies, 政协 otherwise."""
    return "人大" if side is Side.DEPUTY else "政协"


def place_of(office_name: str) -> str:
    """市 of 样本市人民检察院, as letters write 市十六届人大; "" where the name tells nothing."""
    place = office_name.removesuffix("人民检察院")
    return place[-1] if place.endswith(PLACE_ENDINGS) else ""


def subject(number: str, side: Side, docketing: str = Docketing.FILED) -> str:
    """第162001号建议."""
    return f"第{number}号{noun_of(side, docketing)}"


def session_text(place: str, side: Side, term: int, session: int | None) -> str:
    """市十六届人大二次会议, 市十六届人大闭会期间, 市政协十四届二次会议."""
    when = "闭会期间" if session is None else f"{chinese_ordinal(session)}次会议"
    ordinal = f"{chinese_ordinal(term)}届"
    return f"{place}{ordinal}人大{when}" if side is Side.DEPUTY else f"{place}政协{ordinal}{when}"


def number_in(session: int | None, number: str) -> str:
    """The number as it stands behind its session: 闭会期间 is not said again by 闭160003."""
    return number.removeprefix("闭") if session is None else number


def reply_title(
    place: str, side: Side, term: int, session: int | None, number: str, docketing: str = Docketing.FILED
) -> str:
    """关于市十六届人大二次会议第162001号建议的答复."""
    number = number_in(session, number)
    return f"关于{session_text(place, side, term, session)}{subject(number, side, docketing)}的答复"


def salutation(names: Sequence[str], side: Side) -> str:
    """张示例代表：, 李样本等7位代表：, 民建样本市委员会：."""
    if not names:
        return f"有关{SIDE_LABELS[side]}："
    if side is Side.PROPOSER:
        return f"{names[0]}："
    title = SIDE_LABELS[side]
    return f"{names[0]}{title}：" if len(names) == 1 else f"{names[0]}等{len(names)}位{title}："
