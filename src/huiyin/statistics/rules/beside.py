"""A figure reported elsewhere beside the computed one: the table of both, and why the two differ (practice 17)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure, Unit
from huiyin.statistics.rules.tables import table
from huiyin.statistics.rules.texts import JsonBlock, piece

TITLE: Final = "别处报出的数与本报告统计的对照"
_WHOLE: Final = re.compile(r"/\s*([0-9]{1,9})|[nN]\s*[=＝]\s*([0-9]{1,9})|([0-9]{1,9})\s*(?:件|份)?\s*(?:的|中)")
_NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A figure as it was reported elsewhere."""

    indicator: str
    value: str
    source: str
    why: str = ""


def whole_of(value: str) -> int | None:
    """Out of how many a reported share was: "100%（3/3）", "3件的100%", "100%（n=3）"; None where it does not say."""
    hit = _WHOLE.search(value)
    return int(next(filter(None, hit.groups()))) if hit else None


def why_different(value: str, figure: Figure, cases: Sequence[Case], day: date) -> str:
    """Why a reported share of ratings differs from ours, where the assisted matters explain it; else ""."""
    whole = whole_of(value)
    if whole is None or whole == figure.n or figure.unit is not Unit.RATING or figure.of is None:
        return ""
    known = counting.known(cases, day)
    assisted = [case for case in known if not case.we_answer]
    if not assisted or whole != figure.n + len(assisted):
        return ""
    named = "、".join(case.numbered for case in assisted[:_NAMED]) + ("等" if len(assisted) > _NAMED else "")
    return (
        f"报出的数以{whole}件为总数，把协办的{len(assisted)}件（{named}）也算在内；协办的由主办单位统一答复代表，"
        f"没有对我院的评价，所以本报告只以有书面评价的{figure.n}人次为总数。"
    )


def beside_block(reported: Iterable[Reported], figures: Mapping[str, Figure]) -> JsonBlock | None:
    """The annex that shows both, each computed figure open to its records; None where nothing was reported."""
    rows: list[list[list[dict[str, object]]]] = []
    for each in reported:
        figure = figures[each.indicator]
        rows.append(
            [
                [{"text": figure.label}], [{"text": each.value}], [{"text": each.source}], [piece(figure)],
                [{"text": each.why}],
            ]
        )  # fmt: skip
    made = table(("统计项目", "报出的数", "出处", "本报告统计", "差异说明"), rows, (1.8, 2.1, 1.7, 2.1, 3.3))
    return {"kind": "annex", "title": TITLE, "blocks": [made]} if made else None
