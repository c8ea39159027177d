"""文号簿: every number of a year's outgoing letters, what it was given to, and the voided ones with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from huiyin.matters.models import Reply
from huiyin.matters.operations.replies_signing import SUBJECT
from huiyin.numbering.models import Number
from huiyin.numbering.operations import note_export
from huiyin.numbering.queries import letter_numbers, years_of
from huiyin.organisations.models import Post
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VOIDED: Final = "voided"
COLUMNS: Final = (
    ("文号", 24),
    ("文稿", 60),
    ("取号日", 12),
    ("取号人", 12),
    ("状态", 12),
    ("作废日", 12),
    ("作废原因", 40),
)


@dataclass(frozen=True)
class NumberRow:
    """One number of the register. reply_id: the letter, where this post may read it."""

    number: Number
    by: str
    state: str
    reply_id: int | None


@desk_page("numbering.list")
def register(request: StaffRequest) -> HttpResponse:
    """The register of a year, all numbers or the voided ones."""
    office, years = request.post.procuratorate, years_of(request.post.procuratorate)
    year = _year(request.GET.get("year", ""), years)
    is_voided = request.GET.get("state") == VOIDED
    found = letter_numbers(office, year)
    paged = keyset(request, found.exclude(voided_at=None) if is_voided else found, size=50, unit="个")
    context: dict[str, Any] = {
        "title": f"{year}年文号簿",
        "year": year,
        "years": years or [year],
        "is_voided": is_voided,
        "voided": found.exclude(voided_at=None).count(),
        "rows": _rows(request, paged.rows),
        "pager": paged.pager,
    }
    return render(request, "desk/replies/numbers.html", context)


@desk_page("numbering.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The year's register as .xlsx; by POST, since it leaves a record."""
    office = request.post.procuratorate
    year = _year(request.POST.get("year", ""), years_of(office))
    rows = _rows(request, letter_numbers(office, year).order_by("series__code", "value"))
    note_export(procuratorate=office, year=year, rows=len(rows), actor=request.actor, at=now())
    return bytes_response(f"{year}年文号簿.xlsx", XLSX, xlsx(f"{year}年文号簿", COLUMNS, _cells(rows)))


def _year(asked: str, years: list[int]) -> int:
    """The year asked for, of those there are; else the latest, else this one."""
    known = next((year for year in years if str(year) == asked), None)
    return known or (years[0] if years else today().year)


def _rows(request: StaffRequest, numbers: Iterable[Number]) -> list[NumberRow]:
    listed = list(numbers)
    keys = {int(number.subject_key) for number in listed if number.subject_kind == SUBJECT}
    replies = {reply.pk: reply for reply in Reply.objects.filter(pk__in=keys)}
    readable = set(Reply.objects.open_to(request.post).filter(pk__in=keys).values_list("pk", flat=True))
    posts = {number.allotted_by.removeprefix("post:") for number in listed}
    named = Post.objects.filter(pk__in=[key for key in posts if key.isdecimal()]).select_related("staff")
    takers = {f"post:{post.pk}": post.staff.name for post in named}
    rows = []
    for number in listed:
        key = int(number.subject_key) if number.subject_kind == SUBJECT else 0
        reply = replies.get(key)
        state = "已作废" if number.voided_at else reply.get_status_display() if reply else ""
        rows.append(
            NumberRow(number, takers.get(number.allotted_by, ""), state, key if key in readable else None)
        )  # fmt: skip
    return rows


def _cells(rows: list[NumberRow]) -> Iterator[list[Cell]]:
    for row in rows:
        number = row.number
        voided = localtime(number.voided_at).date().isoformat() if number.voided_at else ""
        taken = localtime(number.allotted_at).date().isoformat()
        yield [number.text, number.subject_label, taken, row.by, row.state, voided, number.void_reason]
