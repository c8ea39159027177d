"""The first text of a 代表建议办理报告: plain sentences with names of figures, for people to go on from. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal, document_date
from huiyin.matters.rules import OUTCOME_LABELS, PROBLEM_CLASS_LABELS, Outcome, ProblemClass
from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure, percent_text, shares
from huiyin.statistics.rules.groups import Group, grouped
from huiyin.statistics.rules.texts import JsonBlock, piece

CLOSING: Final = "特此报告。"
_APPROACH: Final = {
    ProblemClass.INDIVIDUAL: "能立即解决的，承办部门收到后即着手解决",
    ProblemClass.COMMON: "反映带有普遍性的问题，注重完善制度",
    ProblemClass.LONG_TERM: "需要较长时间的，分步推进并向代表说明进展",
}
_EXAMPLES: Final = 2
_NAMED: Final = 6


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
        ("存在的问题", _problems(figures)),
        ("院领导专题研究", _studies(setting)),
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
            "办前沟通率【办前沟通率】，面商率【面商率】，办中征询率【办中征询率】"
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
    for number, group in enumerate(_named_groups(cases, setting.day), start=1):
        named = [_named(case, setting.noun) for case in group.cases[:_EXAMPLES]]
        label = PROBLEM_CLASS_LABELS[ProblemClass(group.key)]
        yield (
            f"（{chinese_ordinal(number)}）{label}【收到·{group.label}】件。{_APPROACH[ProblemClass(group.key)]}。"
            f"如{'、'.join(named)}。"
        )


def _named_groups(cases: Sequence[Case], day: date) -> list[Group]:
    return [group for group in grouped(cases, "problem_class", day) if group.key in set(ProblemClass)]


def _named(case: Case, noun: str) -> str:
    return f"第{case.number}号{noun[-2:]}《{case.title}》"


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


def _problems(figures: Mapping[str, Figure]) -> Iterable[str]:
    found = []
    if _some(figures, "overdue"):
        found.append("有【逾期未答复】件未在期限内答复")
    if "on_time" in figures and len(figures["on_time"].counted) < figures["on_time"].n:
        found.append("按期答复率为【按期答复率】，期限管理还要加强")
    if "met" in figures and len(figures["met"].counted) < figures["met"].n:
        found.append("面商率为【面商率】，当面听取代表意见还不充分")
    if _some(figures, "redone"):
        found.append("有【重新办理】件首次答复后需要重新办理")
    if found:
        yield "；".join(found) + "。"


def _studies(setting: Setting) -> Iterable[str]:
    for each in setting.studies:
        named = "、".join(f"第{number}号{setting.noun[-2:]}" for number in each.numbers[:_NAMED])
        more = "等" if len(each.numbers) > _NAMED else ""
        about = f"，研究了{named}{more}" if named else ""
        yield f"{document_date(each.held_on)}，{each.title}专题研究{setting.noun}办理工作{about}。"


def tables(cases: Sequence[Case], day: date, noun: str) -> dict[str, JsonBlock]:
    """The tables a text may name, by name; those without a row are left out."""
    known = counting.known(cases, day)
    made = {
        "我院角色": _by_group(known, "role", day),
        "种类": _by_group(known, "kind", day),
        "问题分类": _by_group(known, "problem_class", day),
        "承办部门": _by_group(known, "department", day),
        "领衔院领导": _by_group(known, "leader", day),
        "办理结果": _outcomes(known, day),
        "承诺事项": _promise_rows(known, day),
        "尚在办理": _matter_rows([case for case in known if not counting.is_closed(case, day)], day),
        "逐件情况": _matter_rows(known, day),
    }
    return {name: block for name, block in made.items() if block is not None}


def _table(head: Sequence[str], rows: list[list[list[dict[str, object]]]], widths: Sequence[float]) -> JsonBlock | None:
    if not rows:
        return None
    return {"kind": "table", "rows": [[_words(each) for each in head], *rows], "widths": list(widths)}


def _words(text: str) -> list[dict[str, object]]:
    return [{"text": text}]


def _by_group(cases: Sequence[Case], dimension: str, day: date) -> JsonBlock | None:
    codes = ("received", "answered", "closed", "closure_rate", "on_time")
    rows = [
        [_words(group.label), *([piece(group.figure(code, day))] for code in codes)]
        for group in grouped(cases, dimension, day)
    ]
    return _table(("分组", "收到", "已答复", "已办结", "办结率", "按期答复率"), rows, (2.0, 1.1, 1.4, 1.4, 2.2, 2.2))


def _outcomes(cases: Sequence[Case], day: date) -> JsonBlock | None:
    groups = grouped(cases, "outcome", day)
    parts = shares([len(group.cases) for group in groups])
    rows = [
        [_words(group.label), [piece(group.figure("received", day))], _words(percent_text(share))]
        for group, share in zip(groups, parts, strict=True)
    ]
    return _table(("办理结果", "件数", "占比"), rows, (4, 1, 1))


def _promise_rows(cases: Sequence[Case], day: date) -> JsonBlock | None:
    rows = [
        [_of(case), _words(each.text), _words(each.promised_on.isoformat()), _words(_kept_words(each.promised_on,
         each.done_on, day))]
        for case in cases
        for each in counting.promises(case, day)
    ]  # fmt: skip
    return _table(("编号", "承诺事项", "承诺完成日", "完成情况"), rows, (1.3, 4.5, 1.9, 2))


def _kept_words(promised: date, done: date | None, day: date) -> str:
    if done is not None and done <= day:
        return f"{done.isoformat()}完成" + ("" if done <= promised else "（迟于承诺日）")
    return "未到承诺日" if promised > day else "到期尚未完成"


def _matter_rows(cases: Sequence[Case], day: date) -> JsonBlock | None:
    rows = [[_of(case), _words(case.title), _words(_departments(case)), _words(_state(case, day))] for case in cases]
    return _table(("编号", "题目", "承办部门", "进展"), rows, (1.3, 4.6, 1.7, 2.4))


def _of(case: Case) -> list[dict[str, object]]:
    return [{"text": case.number, "matter": case.id}]


def _departments(case: Case) -> str:
    inside = [part for part in case.parts if part.department is not None]
    answering = [part.name for part in inside if part.role != "assist"] or [part.name for part in inside]
    return "、".join(answering) or "尚未交办"


def _state(case: Case, day: date) -> str:
    out = counting.answers(case, day)
    if not out:
        limit = counting.limit_of(case, case.answer_limit)
        late = counting.answered_in_time(case, day) is False
        if limit is None:
            return "办理中"
        return f"{limit.due_on.isoformat()}{'已逾期' if late else '到期'}{'（暂定）' if limit.provisional else ''}"
    sent = f"{out[-1].issued_on.isoformat()}{'报出意见' if not case.we_answer else '答复'}"
    outcome = counting.outcome(case, day)
    return f"{sent}，{OUTCOME_LABELS[Outcome(outcome)]}" if outcome else sent
