"""The tables a report may name in 【表：…】, each a JSON block whose cells open their records. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.matters.rules import OUTCOME_LABELS, Outcome
from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import percent_text, shares
from huiyin.statistics.rules.groups import DIMENSION_BY_CODE, grouped
from huiyin.statistics.rules.texts import JsonBlock, piece


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


def table(head: Sequence[str], rows: list[list[list[dict[str, object]]]], widths: Sequence[float]) -> JsonBlock | None:
    """A table with its head; None without rows."""
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
    head = (DIMENSION_BY_CODE[dimension].label, "收到", "已答复", "已办结", "办结率", "按期答复率")
    return table(head, rows, (1.8, 0.9, 1.2, 1.2, 2.4, 2.4))


def _outcomes(cases: Sequence[Case], day: date) -> JsonBlock | None:
    groups = grouped(cases, "outcome", day)
    parts = shares([len(group.cases) for group in groups])
    rows = [
        [_words(group.label), [piece(group.figure("received", day))], _words(percent_text(share))]
        for group, share in zip(groups, parts, strict=True)
    ]
    return table(("办理结果", "件数", "占比"), rows, (4, 1, 1))


def _promise_rows(cases: Sequence[Case], day: date) -> JsonBlock | None:
    rows = [
        [_of(case), _words(each.text), _words(each.promised_on.isoformat()), _words(_kept_words(each.promised_on,
         each.done_on, day))]
        for case in cases
        for each in counting.promises(case, day)
    ]  # fmt: skip
    return table(("编号", "承诺事项", "承诺完成日", "完成情况"), rows, (1.3, 4.5, 1.9, 2))


def _kept_words(promised: date, done: date | None, day: date) -> str:
    if done is not None and done <= day:
        return f"{done.isoformat()}完成" + ("" if done <= promised else "（迟于承诺日）")
    return "未到承诺日" if promised > day else "到期尚未完成"


def _matter_rows(cases: Sequence[Case], day: date) -> JsonBlock | None:
    rows = [[_of(case), _words(case.title), _words(departments_of(case)), _words(_state(case, day))] for case in cases]
    return table(("编号", "题目", "承办部门", "进展"), rows, (1.3, 4.6, 1.7, 2.4))


def _of(case: Case) -> list[dict[str, object]]:
    return [{"text": case.number, "matter": case.id}]


def departments_of(case: Case) -> str:
    """The departments that answer, or give our opinion, in one text."""
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
