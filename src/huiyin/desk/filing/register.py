"""All files of the office: what waits to be filed, what was filed, and the list handed over to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.matters.models import Filing, Matter, Reply
from huiyin.matters.operations.exports import note_print, register_of
from huiyin.matters.queries import proposer_text
from huiyin.matters.rules import Status
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

HANDOVER: Final = "归档移交清单"
COLUMNS: Final = (
    ("序号", 6),
    ("件号", 14),
    ("届次", 18),
    ("责任者", 16),
    ("文号", 24),
    ("题名", 48),
    ("提出人", 16),
    ("来文编号", 14),
    ("成文日期", 12),
    ("页数", 8),
    ("保管期限", 10),
    ("归档日期", 12),
    ("立卷人", 12),
    ("缺件说明", 36),
)
MOST: Final = 5_000


class YearForm(forms.Form):
    """Of which year the filed matters are."""

    year = forms.TypedChoiceField(label="归档年度", coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        self.latest = years[0]
        field.choices = [(str(year), f"{year}年") for year in years]


@desk_page("matters.file")
def files(request: StaffRequest) -> HttpResponse:
    """Closed matters that wait to be filed; filed ones, a year at a time."""
    return _page(request, YearForm(request.GET if "year" in request.GET else None, years=_years(request)))


def _page(request: StaffRequest, form: YearForm, *, status: int = 200) -> HttpResponse:
    is_filed = request.GET.get("tab") == "filed" or form.is_bound
    context: dict[str, Any] = {"title": "归档", "is_filed": is_filed, "form": form}
    if is_filed:
        year = form.cleaned_data["year"] if form.is_bound and form.is_valid() else form.latest
        rows = _filed(request).filter(filed_on__year=year).select_related("matter__bundle")
        paged = keyset(request, rows, size=50, unit="件")
        context |= {"rows": paged.rows, "pager": paged.pager, "year": year}
    else:
        waiting = _own(request).filter(status=Status.CLOSED).select_related("leader__staff")
        paged_matters = keyset(request, waiting, size=50, unit="件")
        context |= {"rows": paged_matters.rows, "pager": paged_matters.pager}
    return render(request, "desk/filing/list.html", context, status=status)


@desk_page("matters.file", methods=["POST"])
def handover(request: StaffRequest) -> HttpResponse:
    """归档移交清单 of one year as .xlsx."""
    form = YearForm(request.POST, years=_years(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    year = form.cleaned_data["year"]
    rows = list(_with_facts(_filed(request).filter(filed_on__year=year)).order_by("item_number", "id")[:MOST])
    content = xlsx(f"{year}年{HANDOVER}", COLUMNS, _cells(rows))
    note_print(
        paper=HANDOVER, form="xlsx", rows=len(rows), target=register_of(request.actor, HANDOVER),
        filters={"year": str(year)}, actor=request.actor, at=now(),
    )  # fmt: skip
    return bytes_response(f"{year}年{HANDOVER}{today():%Y%m%d}.xlsx", XLSX, content)


def _own(request: StaffRequest) -> QuerySet[Matter]:
    return Matter.objects.open_to(request.post)


def _filed(request: StaffRequest) -> QuerySet[Filing]:
    return Filing.objects.filter(matter__in=_own(request)).select_related("matter", "filed_by__staff")


def _years(request: StaffRequest) -> list[int]:
    years = _filed(request).annotate(year=ExtractYear("filed_on")).values_list("year", flat=True).order_by("-year")
    return list(years.distinct()) or [today().year]


def _with_facts(filed: QuerySet[Filing]) -> QuerySet[Filing]:
    letters = Reply.objects.exclude(status="voided").exclude(issued_on=None).select_related("number")
    return filed.select_related("matter__procuratorate", "matter__suggestion", "matter__bundle").prefetch_related(
        "matter__participants", Prefetch("matter__replies", queryset=letters.order_by("round", "id"), to_attr="issued")
    )


def _cells(rows: list[Filing]) -> Iterator[list[Cell]]:
    for place, filing in enumerate(rows, start=1):
        matter = filing.matter
        letters: list[Reply] = getattr(matter, "issued", [])
        bundle = getattr(matter, "bundle", None)
        signed = letters[-1].signed_on if letters else None
        yield [
            place,
            filing.item_number,
            matter.suggestion.session_label if hasattr(matter, "suggestion") else "",
            matter.procuratorate.short_name,
            "、".join(str(each.number) for each in letters if each.number),
            matter.title,
            proposer_text(list(matter.participants.all())),
            matter.external_number,
            signed.isoformat() if signed else "",
            bundle.pages if bundle is not None and bundle.pages else None,
            filing.retention,
            filing.filed_on.isoformat(),
            filing.filed_by.staff.name,
            filing.missing_reason,
        ]
