"""Keyset paging of a register in the order of its due days: open matters by day, those without a day last."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from huiyin.matters.models import Matter
from huiyin.web.paging import CAP, Paged, Pager

SIZE: Final = 25
_CURSOR: Final = re.compile(r"(\d{4}-\d{2}-\d{2})?~(\d{1,18})")
Cursor = tuple[date | None, int]


def by_due_day(
    request: HttpRequest, parts: Sequence[QuerySet[Matter]], facts: Callable[[QuerySet[Matter]], QuerySet[Matter]]
) -> Paged[Matter]:
    """The page that `?after=` or `?before=` ask for; a cursor that is none is the first page.

    parts: the rows, as parts without a common one. Days and ids come first, out of the index; facts reads the rows of
    the page alone."""
    after = read_cursor(request.GET.get("after"))
    before = read_cursor(request.GET.get("before")) if after is None else None
    found = _merged(parts, before or after, down=before is not None)
    if before is not None:
        more_before, more_after, page = len(found) > SIZE, True, found[:SIZE][::-1]
    else:
        more_before, more_after, page = after is not None, len(found) > SIZE, found[:SIZE]
    rows = {row.pk: row for row in facts(Matter.objects.filter(pk__in=[key for _, key in page]))} if page else {}
    return Paged(
        [rows[key] for _, key in page if key in rows],
        Pager(
            count_text=count_text(parts),
            previous_url=_link(request, "before", page[0]) if page and more_before else "",
            next_url=_link(request, "after", page[-1]) if page and more_after else "",
        ),
    )


def count_text(parts: Sequence[QuerySet[Matter]]) -> str:
    """共 54 件, 1000+ 件."""
    count = 0
    for rows in parts:
        if count <= CAP:
            count += rows.order_by()[: CAP + 1 - count].count()
    return f"{CAP}+ 件" if count > CAP else f"共 {count} 件"


def _merged(parts: Sequence[QuerySet[Matter]], cursor: Cursor | None, *, down: bool) -> list[Cursor]:
    """The next days and ids, one more than a page: those with a day first, going down those without."""
    found: list[Cursor] = []
    for way in (_undated, _dated) if down else (_dated, _undated):
        if len(found) <= SIZE:
            each = [way(rows, cursor, down=down) for rows in parts]
            merged = heapq.merge(*each, key=_place, reverse=down)
            found += islice(merged, SIZE + 1 - len(found))
    return found


def _place(cursor: Cursor) -> tuple[date, int]:
    day, key = cursor
    return day or date.min, key


def _dated(rows: QuerySet[Matter], cursor: Cursor | None, *, down: bool) -> list[Cursor]:
    dated = rows.filter(next_due_on__isnull=False)
    if cursor is not None:
        day, key = cursor
        if day is None and not down:
            return []
        if day is not None:  # as a range of the index and what it holds too much, never as an OR
            sign, passed = ("lte", "gte") if down else ("gte", "lte")
            dated = dated.filter(**{f"next_due_on__{sign}": day})
            dated = dated.exclude(**{"next_due_on": day, f"id__{passed}": key})
    order = ("-next_due_on", "-id") if down else ("next_due_on", "id")
    return list(dated.order_by(*order).values_list("next_due_on", "id")[: SIZE + 1])


def _undated(rows: QuerySet[Matter], cursor: Cursor | None, *, down: bool) -> list[Cursor]:
    undated = rows.filter(next_due_on__isnull=True)
    if cursor is not None:
        day, key = cursor
        if day is not None and down:
            return []
        if day is None:
            undated = undated.filter(**{f"id__{'lt' if down else 'gt'}": key})
    order = "-id" if down else "id"
    return list(undated.order_by(order).values_list("next_due_on", "id")[: SIZE + 1])


def read_cursor(text: str | None) -> Cursor | None:
    """The day and id of a row; None for anything else."""
    hit = _CURSOR.fullmatch(text or "")
    if hit is None:
        return None
    try:
        return (date.fromisoformat(hit[1]) if hit[1] else None, int(hit[2]))
    except ValueError:
        return None


def _link(request: HttpRequest, which: str, cursor: Cursor) -> str:
    kept = [(name, value) for name, value in request.GET.items() if name not in {"after", "before"}]
    day, key = cursor
    return "?" + urlencode([*kept, (which, f"{day.isoformat() if day else ''}~{key}")])
