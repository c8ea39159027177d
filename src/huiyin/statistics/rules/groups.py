"""Figures by role, kind, class, department, outcome, leader: an indicator over the matters of one group. No Django.

The code of such a figure is `indicator@dimension=key`, so that an address or a snapshot can name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.matters.rules import HANDLER_ROLE_LABELS, OUTCOME_LABELS, PROBLEM_CLASS_LABELS, Outcome
from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure
from huiyin.statistics.rules.indicators import BY_CODE, INDICATORS
from huiyin.suggestions.rules import SUGGESTION_KIND_LABELS

_CODE: Final = re.compile(r"(?P<indicator>[a-z_]{1,40})(?:@(?P<dimension>[a-z_]{1,20})=(?P<key>[^@=]{0,60}))?")
NONE: Final = "none"
Keys = Callable[[Case, date], Iterable[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One way to part the matters. order: its groups in their usual order; others follow as they come."""

    code: str
    label: str
    keys: Keys
    order: tuple[str, ...] = ()
    by_key: bool = False  # in the order of the keys themselves


def _labelled(labels: Iterable[tuple[str, str]], of: Callable[[Case, date], str], without: str = "") -> Keys:
    named = {str(key): label for key, label in labels}

    def keys(case: Case, day: date) -> list[tuple[str, str]]:
        key = of(case, day)
        return [(key, named.get(key, key))] if key else [(NONE, without)] if without else []

    return keys


def _departments(case: Case, day: date) -> list[tuple[str, str]]:
    """The departments that answer; where we only assist, those that give our opinion."""
    inside = [part for part in case.parts if part.department is not None]
    answering = [part for part in inside if part.role != "assist"] or inside
    named = {str(part.department): part.name for part in answering}
    return list(named.items()) or [(NONE, "尚未交办")]


def _leader(case: Case, day: date) -> list[tuple[str, str]]:
    return [(str(case.leader), case.leader_name)] if case.leader is not None else [(NONE, "尚未明确")]


def _session(case: Case, day: date) -> list[tuple[str, str]]:
    return [("between", "闭会期间")] if case.between_sessions else [("session", "大会期间")]


def _outcome(case: Case, day: date) -> list[tuple[str, str]]:
    """What came of it, with the letter that the book prints for it."""
    code = counting.outcome(case, day)
    if not code:
        return []
    label, mark = OUTCOME_LABELS[Outcome(code)], counting.answers(case, day)[-1].mark
    return [(code, f"{label}（{mark}）" if mark else label)]


def _reason(case: Case, day: date) -> list[tuple[str, str]]:
    """Why the last answer settled it not, or not yet."""
    out = counting.answers(case, day) if case.we_answer else []
    return [(out[-1].reason, out[-1].reason_title or out[-1].reason)] if out and out[-1].reason else []


def _month(day: date) -> tuple[str, str]:
    return f"{day:%Y-%m}", f"{day.year}年{day.month}月"


def _category(case: Case, day: date) -> list[tuple[str, str]]:
    label = re.sub(r"[@=]", "", case.category)
    return [(label, label)] if label else [(NONE, "未填类别")]


DIMENSIONS: Final = (
    Dimension(code="role", label="我院角色", order=tuple(HANDLER_ROLE_LABELS),
              keys=_labelled(HANDLER_ROLE_LABELS.items(), lambda case, day: case.role)),
    Dimension(code="kind", label="种类", order=tuple(SUGGESTION_KIND_LABELS),
              keys=_labelled(SUGGESTION_KIND_LABELS.items(), lambda case, day: case.kind)),
    Dimension(code="session", label="提出时间", order=("session", "between"), keys=_session),
    Dimension(code="problem_class", label="问题分类", order=tuple(PROBLEM_CLASS_LABELS),
              keys=_labelled(PROBLEM_CLASS_LABELS.items(), lambda case, day: case.problem_class, "尚未分类")),
    Dimension(code="category", label="业务类别", keys=_category),
    Dimension(code="department", label="承办部门", keys=_departments),
    Dimension(code="leader", label="领衔院领导", keys=_leader),
    Dimension(code="outcome", label="办理结果", order=tuple(OUTCOME_LABELS), keys=_outcome),
    Dimension(code="reason", label="未能解决的原因", keys=_reason),
)  # fmt: skip
MONTHS: Final = (
    Dimension(code="month_in", label="交办月份", by_key=True, keys=lambda case, day: [_month(case.assigned_on)]),
    Dimension(code="month_out", label="答复月份", by_key=True,
              keys=lambda case, day: [_month(each.issued_on) for each in counting.answers(case, day)[:1]]),
)  # fmt: skip
DIMENSION_BY_CODE: Final = {each.code: each for each in (*DIMENSIONS, *MONTHS)}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The matters of one group. A matter of two departments is in both."""

    dimension: Dimension
    key: str
    label: str
    cases: tuple[Case, ...]

    def figure(self, indicator: str, day: date) -> Figure:
        """An indicator over this group."""
        asked = BY_CODE[indicator]
        code = f"{indicator}@{self.dimension.code}={self.key}"
        return asked.figure(self.cases, day, code=code, label=f"{asked.label}·{self.label}")


def grouped(cases: Sequence[Case], dimension: str, day: date) -> list[Group]:
    """The groups that have matters, in their usual order, those without a name last."""
    asked = DIMENSION_BY_CODE[dimension]
    labels: dict[str, str] = {}
    members: dict[str, list[Case]] = {}
    for case in counting.known(cases, day):
        for key, label in asked.keys(case, day):
            labels.setdefault(key, label)
            members.setdefault(key, []).append(case)
    ranks = {key: place for place, key in enumerate(asked.order)}
    order = sorted(labels, key=lambda key: (key == NONE, ranks.get(key, len(ranks)), key if asked.by_key else ""))
    return [Group(dimension=asked, key=key, label=labels[key], cases=tuple(members[key])) for key in order]


def figure_of(code: str, cases: Sequence[Case], day: date) -> Figure | None:
    """The figure a code names; None for a code that names none."""
    hit = _CODE.fullmatch(code)
    indicator = BY_CODE.get(hit["indicator"]) if hit else None
    if hit is None or indicator is None:
        return None
    if hit["dimension"] is None:
        return indicator.figure(cases, day)
    if hit["dimension"] not in DIMENSION_BY_CODE:
        return None
    groups = grouped(cases, hit["dimension"], day)
    return next((group.figure(indicator.code, day) for group in groups if group.key == hit["key"]), None)


GROUPED: Final = ("received", "answered", "closed", "closure_rate", "on_time", "satisfied_result_final")
"""What the tables show for every group."""


def all_figures(cases: Sequence[Case], day: date) -> dict[str, Figure]:
    """Every indicator, then what the tables show by group: what a report may name and a snapshot keeps, by code."""
    found = [each.figure(cases, day) for each in INDICATORS]
    for dimension in DIMENSIONS:
        found += [group.figure(code, day) for group in grouped(cases, dimension.code, day) for code in GROUPED]
    return {figure.code: figure for figure in found}
