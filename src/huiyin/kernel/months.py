"""Arithmetic with months and half-years; roll rules and holidays live in regulations."""

from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

_SECOND_HALF_BEGINS: Final = 7


def add_months(day: date, months: int) -> date:
    """The same day number `months` later (or earlier when negative), else that month's last day (Civil Code 202)."""
    return day + relativedelta(months=months)


def half_year(day: date) -> tuple[date, date]:
    """The half-year a day lies in: from inclusive, until exclusive."""
    return half_year_bounds(day.year, 1 if day.month < _SECOND_HALF_BEGINS else 2)


def half_year_bounds(year: int, half: int) -> tuple[date, date]:
    """First (1) or second (2) half of a year: from inclusive, until exclusive. Raises ValueError for other halves."""
    if half == 1:
        return date(year, 1, 1), date(year, _SECOND_HALF_BEGINS, 1)
    if half == 2:
        return date(year, _SECOND_HALF_BEGINS, 1), date(year + 1, 1, 1)
    raise ValueError(f"a year has halves 1 and 2, not {half}")
