"""Keyset paging: the next page begins after the last row seen, whatever was added meanwhile; counts are capped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import IntegerField, Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SIZE: Final = 50
CAP: Final = 1000
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True)
class Pager:
    """What web/ui/pager.html shows."""

    count_text: str
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Paged(Generic[M]):
    """One page of rows."""

    rows: list[M]
    pager: Pager


def keyset(
    request: HttpRequest, rows: QuerySet[M], *, key: str = "-id", size: int = SIZE, unit: str = "条"
) -> Paged[M]:
    """The page that `?after=` or `?before=` ask for; key is one unique column, "-" = largest first.

    Other parameters of the address (filters) stay in the links. A cursor that is none is the first page."""
    column, down = key.removeprefix("-"), key.startswith("-")
    after = _cursor(rows, column, request.GET.get("after"))
    before = _cursor(rows, column, request.GET.get("before")) if after is None else None
    if before is not None:
        there = rows.filter(**{f"{column}__{'gt' if down else 'lt'}": before})
        found = list(there.order_by(column if down else f"-{column}")[: size + 1])
        more_before, more_after = len(found) > size, True
        page = found[:size][::-1]
    else:
        there = rows if after is None else rows.filter(**{f"{column}__{'lt' if down else 'gt'}": after})
        found = list(there.order_by(key)[: size + 1])
        more_before, more_after = after is not None, len(found) > size
        page = found[:size]
    return Paged(
        page,
        Pager(
            count_text=_count(rows, unit),
            previous_url=_link(request, before=getattr(page[0], column)) if page and more_before else "",
            next_url=_link(request, after=getattr(page[-1], column)) if page and more_after else "",
        ),
    )


def _cursor(rows: QuerySet[M], column: str, text: str | None) -> Any:
    if not text or len(text) > 200:
        return None
    try:
        field = rows.model._meta.get_field(column)
    except FieldDoesNotExist:  # an annotation; compared as text
        return text
    field = getattr(field, "target_field", field)  # a key that is another row's is read as that row's
    if isinstance(field, IntegerField):
        return int(text) if text.isascii() and text.isdigit() and int(text) <= _LARGEST else None
    return text


def _count(rows: QuerySet[M], unit: str) -> str:
    count = rows.order_by()[: CAP + 1].count()
    return f"{CAP}+ {unit}" if count > CAP else f"共 {count} {unit}"


def _link(request: HttpRequest, **cursor: Any) -> str:
    kept = [(name, value) for name, value in request.GET.items() if name not in {"after", "before"}]
    return "?" + urlencode([*kept, *cursor.items()])
