"""How fast a date with its explanation is found, against a bare walk over the published calendar."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import chinese_calendar

from huiyin.regulations.books import shipped_books, stack
from huiyin.regulations.calendars import TableCalendar, seed_rows
from huiyin.regulations.rules import LimitRule, compute

STARTS = [date(2024, 1, 1) + timedelta(days=offset) for offset in range(0, 720, 3)]
WALKED = 20  # working days the reference counts
RUNS = 5


def measure() -> dict[str, float]:
    """Microseconds of processor time a date for each, medians of five runs, their ratio, and how many a second."""
    calendar = TableCalendar(seed_rows())
    rules = list(stack(shipped_books().values()).limits(date(2026, 3, 1)))
    reference = _microseconds(_walk, len(STARTS))
    ours = _microseconds(lambda: _compute_all(rules, calendar), len(STARTS) * len(rules))
    return {
        "limits": len(rules),
        "reference_us": round(reference, 1),
        "compute_us": round(ours, 1),
        "ratio": round(ours / reference, 3),
        "per_second": round(1_000_000 / ours),
    }


def _microseconds(work: Callable[[], None], items: int) -> float:
    spent = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) / items * 1_000_000)
    return median(spent)


def _walk() -> None:
    for start in STARTS:
        day, left = start, WALKED
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)


def _compute_all(rules: list[LimitRule], calendar: TableCalendar) -> None:
    for start in STARTS:
        for rule in rules:
            compute(rule, start, calendar)
