"""All files of the office: what waits to be filed, what was filed by year and by term, the list for the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.kernel.numerals import chinese_ordinal
from huiyin.matters.models import Filing, Matter, Reply
from huiyin.matters.operations.exports import note_print, register_of
from huiyin.matters.queries import proposer_text
from huiyin.matters.rules import Status
from huiyin.suggestions.kind import SUGGESTION
from huiyin.suggestions.models import Suggestion
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


EVERY_YEAR: Final = 0


class FiledForm(forms.Form):
    """Which filed matters: of the year they were filed in, of a term or session of the congress (建档 by 届次)."""

    year = forms.TypedChoiceField(label="归档年度", coerce=int)
    term = forms.ChoiceField(label="届次", required=False)

    def __init__(self, *args: Any, years: list[int], terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = years[0]
        for name, choices in (("year", _year_choices(years)), ("term", [("", "全部届次"), *terms])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def chosen(self) -> tuple[int, str]:
        """Year (0: every one) and term; the latest year where nothing was asked."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["year"], self.cleaned_data["term"]
        return self.latest, ""

    def name(self) -> str:
        """2026年, 十六届二次会议, 2026年十六届闭会期间."""
        year, term = self.chosen()
        labels = dict(_flat(self.fields["term"]))
        named = (f"{year}年" if year else "") + (labels[term].removesuffix("（全部）") if term else "")
        return named or "历年"


def _flat(field: forms.Field) -> list[tuple[str, str]]:
    assert isinstance(field, forms.ChoiceField)
    return [(str(code), str(label)) for code, label in field.choices]  # type: ignore[union-attr,misc]


def _year_choices(years: list[int]) -> list[tuple[str, str]]:
    return [*((str(year), f"{year}年") for year in years), (str(EVERY_YEAR), "历年")]


def _form(request: StaffRequest, data: Any) -> FiledForm:
    return FiledForm(data, years=_years(request), terms=_terms(request))


def _terms(request: StaffRequest) -> list[tuple[str, str]]:
    """Terms and sessions that have filed matters, the latest first: "16", "16-2", "16-x" between sessions."""
    own = Suggestion.objects.filter(matter__in=_filed(request).values("matter"), matter__kind=SUGGESTION)
    known = list(own.order_by("-term", "-session").values_list("term", "session").distinct())
    found = []
    for term in dict.fromkeys(term for term, _ in known):
        found.append((str(term), f"{chinese_ordinal(term)}届（全部）"))
        sessions = [Suggestion(term=term, session=session) for each, session in known if each == term]
        found += [(f"{term}-{each.session or 'x'}", each.session_label) for each in sessions]
    return found


def _of(rows: QuerySet[Filing], year: int, term: str) -> QuerySet[Filing]:
    if year != EVERY_YEAR:
        rows = rows.filter(filed_on__year=year)
    if not term:
        return rows
    number, _, session = term.partition("-")
    rows = rows.filter(matter__suggestion__term=int(number), matter__kind=SUGGESTION)
    if not session:
        return rows
    return rows.filter(matter__suggestion__session=None if session == "x" else int(session))


@desk_page("matters.file")
def files(request: StaffRequest) -> HttpResponse:
    """Closed matters that wait to be filed; filed ones, a year at a time."""
    return _page(request, _form(request, request.GET if "year" in request.GET else None))


def _page(request: StaffRequest, form: FiledForm, *, status: int = 200) -> HttpResponse:
    is_filed = request.GET.get("tab") == "filed" or form.is_bound
    context: dict[str, Any] = {"title": "归档", "is_filed": is_filed, "form": form}
    if is_filed:
        year, term = form.chosen()
        rows = _of(_filed(request), year, term).select_related("matter__bundle")
        paged = keyset(request, rows, size=50, unit="件")
        context |= {"rows": paged.rows, "pager": paged.pager, "year": year, "term": term, "named": form.name()}
    else:
        waiting = _own(request).filter(status=Status.CLOSED).select_related("leader__staff")
        paged_matters = keyset(request, waiting, size=50, unit="件")
        context |= {"rows": paged_matters.rows, "pager": paged_matters.pager}
    return render(request, "desk/filing/list.html", context, status=status)


@desk_page("matters.file", methods=["POST"])
def handover(request: StaffRequest) -> HttpResponse:
    """归档移交清单 of a year, a term or a session as .xlsx."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    year, term = form.chosen()
    rows = list(_with_facts(_of(_filed(request), year, term)).order_by("item_number", "id")[:MOST])
    named = form.name()
    content = xlsx(f"{named}{HANDOVER}", COLUMNS, _cells(rows))
    note_print(
        paper=HANDOVER, form="xlsx", rows=len(rows), target=register_of(request.actor, HANDOVER),
        filters={"year": str(year), "term": term}, actor=request.actor, at=now(),
    )  # fmt: skip
    return bytes_response(f"{named}{HANDOVER}{today():%Y%m%d}.xlsx", XLSX, content)


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
