"""The register cut by rung: which due days stand on which rung of the office's ladder today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from huiyin.organisations.models import Procuratorate
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import Calendar, LadderSpec

UNDATED: Final = "none"
OVERDUE: Final = "overdue"
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Due days from inclusive until exclusive; None: open. code as web/ui/rung.html names it, or UNDATED."""

    code: str
    label: str
    from_on: date | None
    until_on: date | None

    def holds(self, day: date | None) -> bool:
        """Whether a next due day stands here."""
        if day is None or self.code == UNDATED:
            return day is None and self.code == UNDATED
        return (self.from_on is None or day >= self.from_on) and (self.until_on is None or day < self.until_on)

    def due(self, day: str = "next_due_on") -> Q:
        """As a filter on the matter's next due day, or the one read for a post (matters.queries.day_of)."""
        if self.code == UNDATED:
            return Q(**{f"{day}__isnull": True})
        found = Q()
        if self.from_on is not None:
            found &= Q(**{f"{day}__gte": self.from_on})
        if self.until_on is not None:
            found &= Q(**{f"{day}__lt": self.until_on})
        return found & Q(**{f"{day}__isnull": False})


def spans(office: Procuratorate, on: date, working_days: Calendar, *, stack: Stack | None = None) -> list[Span]:
    """Overdue, then the rungs of the book's ladder from the last to the first, what has time, and what has no day:
    together every matter once. Half-way is a colour of the row, not a cut: it hangs on each deadline's first day.

    stack: the office's books on that day, where they were read already."""
    try:
        spec = (stack or stack_for(office, on=on)).ladder(on).spec
    except RuleNotFound:
        spec = LadderSpec()
    found, begin, last = [Span(OVERDUE, "已逾期", None, on)], on, 0
    for code, count in (("1", spec.last), ("3", spec.near), ("7", spec.early)):
        if count:
            end = _ahead(on, count, working_days) + ONE_DAY
            found.append(Span(code, f"{count}个工作日内到期", begin, end))
            begin, last = end, count
    later = f"{last}个工作日以后到期" if last else "以后到期"
    return [*found, Span("calm", later, begin, None), Span(UNDATED, "没有在走的期限", None, None)]


def _ahead(on: date, count: int, working_days: Calendar) -> date:
    """The `count`-th working day after `on`: what is due later has not reached this rung yet."""
    day = on
    while count:
        day += ONE_DAY
        count -= working_days.is_working(day)
    return day
