"""Keyset paging of a register in the order of its due days: open matters by day, those without a day last."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from huiyin.matters.models import Matter
from huiyin.web.paging import CAP, Paged, Pager

SIZE: Final = 25
_CURSOR: Final = re.compile(r"(\d{4}-\d{2}-\d{2})?~(\d{1,18})")
Cursor = tuple[date | None, int]


def by_due_day(request: HttpRequest, rows: QuerySet[Matter]) -> Paged[Matter]:
    """The page that `?after=` or `?before=` ask for; a cursor that is none is the first page."""
    after = read_cursor(request.GET.get("after"))
    before = read_cursor(request.GET.get("before")) if after is None else None
    if before is not None:
        there = rows.filter(_earlier(before)).order_by(F("next_due_on").desc(nulls_first=True), "-id")
        found = list(there[: SIZE + 1])
        more_before, more_after, page = len(found) > SIZE, True, found[:SIZE][::-1]
    else:
        there = rows if after is None else rows.filter(_later(after))
        found = list(there.order_by(F("next_due_on").asc(nulls_last=True), "id")[: SIZE + 1])
        more_before, more_after, page = after is not None, len(found) > SIZE, found[:SIZE]
    return Paged(
        page,
        Pager(
            count_text=count_text(rows),
            previous_url=_link(request, "before", page[0]) if page and more_before else "",
            next_url=_link(request, "after", page[-1]) if page and more_after else "",
        ),
    )


def count_text(rows: QuerySet[Matter]) -> str:
    """共 54 件, 1000+ 件."""
    count = rows.order_by()[: CAP + 1].count()
    return f"{CAP}+ 件" if count > CAP else f"共 {count} 件"


def read_cursor(text: str | None) -> Cursor | None:
    """The day and id of a row; None for anything else."""
    hit = _CURSOR.fullmatch(text or "")
    if hit is None:
        return None
    try:
        return (date.fromisoformat(hit[1]) if hit[1] else None, int(hit[2]))
    except ValueError:
        return None


def _later(cursor: Cursor) -> Q:
    day, key = cursor
    if day is None:
        return Q(next_due_on__isnull=True, id__gt=key)
    return Q(next_due_on__gt=day) | Q(next_due_on=day, id__gt=key) | Q(next_due_on__isnull=True)


def _earlier(cursor: Cursor) -> Q:
    day, key = cursor
    if day is None:
        return Q(next_due_on__isnull=False) | Q(next_due_on__isnull=True, id__lt=key)
    return Q(next_due_on__lt=day) | Q(next_due_on=day, id__lt=key)


def _link(request: HttpRequest, which: str, matter: Matter) -> str:
    kept = [(name, value) for name, value in request.GET.items() if name not in {"after", "before"}]
    day = matter.next_due_on.isoformat() if matter.next_due_on else ""
    return "?" + urlencode([*kept, (which, f"{day}~{matter.pk}")])
