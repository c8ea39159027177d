"""Figures on a page: each number with the address of the records behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure
from huiyin.statistics.rules.groups import DIMENSION_BY_CODE, Group, grouped
from huiyin.statistics.rules.indicators import BY_CODE
from huiyin.statistics.rules.periods import Period

Address = Callable[[str], str]


@dataclass(frozen=True)
class Shown:
    """One figure; url "" where there is nothing behind it."""

    figure: Figure
    url: str
    about: str


def address(period: Period, kind: str) -> Address:
    """Where the records behind a figure of the period are listed."""
    base = reverse("desk:statistics:records")
    return lambda code: f"{base}?{urlencode({'period': period.code, 'kind': kind, 'figure': code})}"


def shown(figure: Figure, to: Address) -> Shown:
    """A figure with its address and what it counts."""
    indicator = BY_CODE[figure.code.partition("@")[0]]
    return Shown(figure, to(figure.code) if figure.n else "", indicator.about)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: of `whole` (all rows' largest) so much; in per cent of the width."""

    label: str
    long: Shown
    short: Shown
    long_width: str
    short_width: str


def bars(groups: Sequence[Group], day: date, to: Address) -> list[Bar]:
    """Received and, of these, answered, by group."""
    figures = [(group.label, group.figure("received", day), group.figure("answered", day)) for group in groups]
    most = max((long.n for _, long, _ in figures), default=0) or 1
    return [
        Bar(label, shown(long, to), shown(short, to), _per_cent(long.n, most), _per_cent(short.n, most))
        for label, long, short in figures
    ]


def _per_cent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}"


@dataclass(frozen=True)
class Month:
    """One month of the chart: heights in per cent, from above."""

    label: str
    short_label: str
    received: Shown
    answered: Shown
    received_top: str
    received_height: str
    answered_top: str
    answered_height: str


def months(cases: Sequence[Case], day: date, to: Address, *, at_most: int) -> list[Month]:
    """Assigned and answered month by month, from the first month with anything to the last."""
    came = {group.key: group for group in grouped(cases, "month_in", day)}
    left = {group.key: group for group in grouped(cases, "month_out", day)}
    keys = _from_to(sorted({*came, *left}))[-at_most:]
    pairs = [(key, _of(came.get(key), "month_in", key, "received", day), _of(left.get(key), "month_out", key,
              "answered", day)) for key in keys]  # fmt: skip
    most = max((figure.n for _, *both in pairs for figure in both), default=0) or 1
    found = []
    for key, received, answered in pairs:
        up, down = received.n * 100 / most, answered.n * 100 / most
        found.append(
            Month(
                _month_label(key, first=key == keys[0]), _short_label(key), shown(received, to), shown(answered, to),
                f"{100 - up:.1f}", f"{up:.1f}", f"{100 - down:.1f}", f"{down:.1f}",
            )
        )  # fmt: skip
    return found


def _of(group: Group | None, dimension: str, key: str, indicator: str, day: date) -> Figure:
    group = group or Group(dimension=DIMENSION_BY_CODE[dimension], key=key, label=key, cases=())
    return group.figure(indicator, day)


def _from_to(keys: Sequence[str]) -> list[str]:
    """Every month from the first to the last."""
    if not keys:
        return []
    year, month = map(int, keys[0].split("-"))
    found = []
    while (key := f"{year:04d}-{month:02d}") <= keys[-1]:
        found.append(key)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _month_label(key: str, *, first: bool) -> str:
    year, month = map(int, key.split("-"))
    return f"{year}年{month}月" if first or month == 1 else f"{month}月"


def _short_label(key: str) -> str:
    return f"{int(key[-2:])}月"


TABLE: Any = (
    ("received", "收到"), ("answered", "已答复"), ("closed", "已办结"), ("closure_rate", "办结率"),
    ("on_time", "按期答复率"), ("satisfied_result_final", "结果满意率"),
)  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """One table by group."""

    code: str
    label: str
    rows: list[tuple[str, list[tuple[str, Shown]]]]


def table(cases: Sequence[Case], dimension: str, day: date, to: Address) -> Rows:
    """The figures of every group."""
    rows = [
        (group.label, [(label, shown(group.figure(code, day), to)) for code, label in TABLE])
        for group in grouped(cases, dimension, day)
    ]
    return Rows(dimension, DIMENSION_BY_CODE[dimension].label, rows)
