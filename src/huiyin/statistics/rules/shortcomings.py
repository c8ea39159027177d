"""存在的问题: what the figures themselves hold against the office, each with what is to be done (S3-103). No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure


@dataclass(frozen=True)
class Shortcoming:
    """said: a sentence with names of figures; remedy: what shall be done, a clause without a stop."""

    said: str
    remedy: str


def shortcomings(cases: Sequence[Case], figures: Mapping[str, Figure]) -> list[Shortcoming]:
    """In the order of the road; nothing is said where nothing was missed."""
    found = [
        _short(
            figures, "on_time", "按期答复率【按期答复率】，有的没有在期限内答复。", "加强期限管理，临近期限的逐件督办"
        ),
        _some(figures, "overdue", "【逾期未答复】件期限已过仍未答复。", "逾期的逐件明确答复日期并向代表说明"),
        _short(
            figures, "first_contact", "首次联系按期率【首次联系按期率】，有的联系代表不够及时。", "收到后先联系、后办理"
        ),
        _short(figures, "met", "面商率【面商率】，登门问策、面对面沟通不足。", "答复前尽量当面听取代表意见"),
        _short(
            figures, "contacted_during", "办中征询率【办中征询率】，有的办理中没有再听取代表意见。",
            "答复前把征求意见稿送代表",
        ),
        _short(
            figures, "contacted_after", "办后反馈率【办后反馈率】，有的答复以后没有再向代表反馈。",
            "答复以后及时回访、通报进展",
        ),
        _some(
            figures, "redone", "【重新办理】件首次答复没有得到认可，需要重新办理。", "答复讲措施、讲时间，减少重新办理"
        ),
        _short(figures, "rated", "参评率【参评率】，有的答复没有收到书面评价。", "做好征询意见表的送达和收回"),
        _some(
            figures, "unconfirmed_ratings", "【待书面确认的评价】人次的手机或者口头评价还没有书面确认。",
            "及时请代表书面确认评价",
        ),
        _short(
            figures, "promises_kept", "承诺兑现率【承诺兑现率】，有的承诺没有按期完成。",
            "承诺事项定期检查，完不成的及时向代表说明",
        ),
        _unclassified(cases),
    ]  # fmt: skip
    return [each for each in found if each is not None]


def _short(figures: Mapping[str, Figure], code: str, said: str, remedy: str) -> Shortcoming | None:
    """Of a share that is not whole."""
    figure = figures.get(code)
    missed = figure is not None and len(figure.counted) < figure.n
    return Shortcoming(said, remedy) if missed else None


def _some(figures: Mapping[str, Figure], code: str, said: str, remedy: str) -> Shortcoming | None:
    return Shortcoming(said, remedy) if code in figures and figures[code].n else None


def _unclassified(cases: Sequence[Case]) -> Shortcoming | None:
    if all(case.problem_class for case in cases):
        return None
    return Shortcoming("有的没有明确问题分类，综合分析还不够。", "逐件明确问题分类，做好综合分析")
