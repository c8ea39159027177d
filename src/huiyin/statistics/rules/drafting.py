"""The first text of a 代表建议办理报告: plain sentences with names of figures, for people to go on from. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal, document_date, numbered
from huiyin.matters.rules import ProblemClass
from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure
from huiyin.statistics.rules.groups import NONE, Group, grouped
from huiyin.statistics.rules.one_by_one import paragraph_of, plain_words
from huiyin.statistics.rules.shortcomings import Shortcoming, shortcomings

CLOSING: Final = "特此报告。"
_APPROACH: Final = {
    ProblemClass.INDIVIDUAL: "能立即解决的，承办部门收到后即着手解决",
    ProblemClass.COMMON: "反映带有普遍性的问题，注重完善制度",
    ProblemClass.LONG_TERM: "需要较长时间的，分步推进并向代表说明进展",
}
_EXAMPLES: Final = 2
_NAMED: Final = 6
ONE_BY_ONE: Final = 120


@dataclass(frozen=True, kw_only=True)
class Study:
    """One meeting of the leadership on suggestions."""

    held_on: date
    title: str
    numbers: tuple[str, ...] = ()  # of the suggestions discussed; none: the year's as a whole


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the report is about. noun: 代表建议, 政协提案."""

    noun: str
    period: str
    day: date
    studies: Sequence[Study] = ()


def first_text(cases: Sequence[Case], figures: Mapping[str, Figure], setting: Setting) -> str:
    """The text a report begins with; passages that would say nothing are left out."""
    day, known = setting.day, counting.known(cases, setting.day)
    sections = [
        ("基本情况", _basics(figures, setting)),
        ("办理结果", _results(figures)),
        ("沟通与满意度", _satisfaction(figures)),
        ("分类办理情况", _classes(known, setting)),
        ("承诺兑现情况", _promises(known, figures, day)),
        ("尚在办理的情况", _open(known, figures, setting)),
        ("院领导专题研究", _studies(setting)),
        ("逐件办理情况", _one_by_one(known, setting)),
        ("存在的问题", (each.said for each in shortcomings(known, figures))),
        ("下一步打算", _intentions(shortcomings(known, figures))),
    ]
    said = [(title, lines) for title, lines in ((title, list(body)) for title, body in sections) if lines]
    return "\n".join(
        line
        for number, (title, lines) in enumerate(said, start=1)
        for line in (f"{chinese_ordinal(number)}、{title}", *lines)
    )


def _some(figures: Mapping[str, Figure], code: str) -> bool:
    return code in figures and bool(figures[code].n)


def _basics(figures: Mapping[str, Figure], setting: Setting) -> Iterable[str]:
    roles = [figure.label for code, figure in figures.items() if code.startswith("received@role=")]
    parted = "，其中" + "、".join(f"{label.partition('·')[2]}【{label}】件" for label in roles) if roles else ""
    yield f"{setting.period}，我院共收到{setting.noun}【收到】件{parted}。"
    kinds = [figure.label for code, figure in figures.items() if code.startswith("received@kind=")]
    if len(kinds) > 1:
        yield "按种类分，" + "、".join(f"{label.partition('·')[2]}【{label}】件" for label in kinds) + "。"
    if _some(figures, "with_court"):
        common = "，其中共性问题【涉法院的共性问题】件" if _some(figures, "with_court_common") else ""
        yield f"法院也承担办理的【涉法院】件{common}。"
    yield (
        f"截至{document_date(setting.day)}，已答复【已答复】件，办复率【办复率】；已办结【已办结】件，办结率【办结率】；"
        "按期答复率【按期答复率】。"
    )
    if roles:
        yield "【表：我院角色】"


def _results(figures: Mapping[str, Figure]) -> Iterable[str]:
    if _some(figures, "resolved"):
        yield "由我院答复代表的，按最后一次答复的结果统计，办成率【办成率】。各类结果如下。"
        yield "【表：办理结果】"


def _satisfaction(figures: Mapping[str, Figure]) -> Iterable[str]:
    if _some(figures, "contacted_before"):
        yield (
            "首次联系按期率【首次联系按期率】，办前沟通率【办前沟通率】，面商率【面商率】，办中征询率【办中征询率】"
            + ("，办后反馈率【办后反馈率】。" if _some(figures, "contacted_after") else "。")
        )
    if _some(figures, "satisfied_result_first"):
        yield (
            "代表书面评价中，对办理结果的满意率首次为【办理结果满意率（首次评价）】、最终为【办理结果满意率（最终评价）】，"
            "其中评为满意的占【办理结果评为满意的（最终评价）】；对办理态度的满意率首次为【办理态度满意率（首次评价）】、"
            "最终为【办理态度满意率（最终评价）】。参评率【参评率】。括号内为满意人次和评价人次。"
        )
    if _some(figures, "redone"):
        yield "经评价或者交办机关要求重新办理【重新办理】件。"


def _classes(cases: Sequence[Case], setting: Setting) -> Iterable[str]:
    groups = grouped(cases, "problem_class", setting.day)
    for number, group in enumerate(groups, start=1):
        yield f"（{chinese_ordinal(number)}）{_class_of(group, setting)}"
    if groups:
        yield "【表：问题分类】"


def _class_of(group: Group, setting: Setting) -> str:
    """What was done for a class, with examples that were answered; what nobody classified is named."""
    noun = setting.noun[-2:]
    if group.key == NONE:
        numbers = "、".join(f"{case.numbered}{noun}" for case in group.cases[:_NAMED])
        more = "等" if len(group.cases) > _NAMED else ""
        return f"{group.label}【收到·{group.label}】件。{numbers}{more}尚未明确问题分类。"
    answered = [case for case in group.cases if counting.is_answered(case, setting.day)]
    named = "、".join(_named(case, setting.noun) for case in answered[:_EXAMPLES])
    approach = _APPROACH[ProblemClass(group.key)]
    return f"{group.label}【收到·{group.label}】件。{approach}。" + (f"如{named}，已经答复。" if named else "")


def _named(case: Case, noun: str) -> str:
    return f"{case.numbered}{noun[-2:]}《{plain_words(case.title)}》"


def _promises(cases: Sequence[Case], figures: Mapping[str, Figure], day: date) -> Iterable[str]:
    if not _some(figures, "promised"):
        return
    yield (
        "答复函中向代表承诺【承诺事项】项"
        + ("，已到承诺日的兑现率【承诺兑现率】。" if _some(figures, "promises_kept") else "，均未到承诺日。")
    )
    yield "【表：承诺事项】"


def _open(cases: Sequence[Case], figures: Mapping[str, Figure], setting: Setting) -> Iterable[str]:
    if not _some(figures, "in_hand"):
        return
    late = "，其中逾期未答复【逾期未答复】件" if _some(figures, "overdue") else ""
    yield f"尚在办理【尚在办理】件{late}。"
    yield "【表：尚在办理】"


def _one_by_one(cases: Sequence[Case], setting: Setting) -> Iterable[str]:
    """A paragraph a matter; of very many a table."""
    if len(cases) > ONE_BY_ONE:
        yield "【表：逐件情况】"
        return
    for number, case in enumerate(cases, start=1):
        yield f"{number}.{paragraph_of(case, setting.day, setting.noun)}"


def _intentions(found: Sequence[Shortcoming]) -> Iterable[str]:
    if found:
        yield "；".join(dict.fromkeys(each.remedy for each in found)) + "。"


def _studies(setting: Setting) -> Iterable[str]:
    for each in setting.studies:
        named = "、".join(f"{numbered(number)}{setting.noun[-2:]}" for number in each.numbers[:_NAMED])
        more = "等" if len(each.numbers) > _NAMED else ""
        about = f"，研究了{named}{more}" if named else ""
        yield f"{document_date(each.held_on)}，{each.title}专题研究{setting.noun}办理工作{about}。"
