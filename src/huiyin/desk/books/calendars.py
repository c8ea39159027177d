"""The working calendar: a year at a glance, and the page that takes a new one in."""

from __future__ import annotations

import re
from calendar import Calendar as Weeks
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.audit.actors import Target
from huiyin.desk.books.changing import STEPS_AT_ONCE
from huiyin.desk.books.forms import YearForm
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.regulations import operations
from huiyin.regulations.calendars import CalendarRow, DayKind, TableCalendar
from huiyin.regulations.models import CalendarYear
from huiyin.regulations.queries import calendar, calendar_rows
from huiyin.regulations.rules.wording import span_text
from huiyin.regulations.yearly import YearFileFaulty
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

FIRST, LAST = 2000, 2100
ONE_DAY = timedelta(days=1)


@desk_page("regulations.view_calendar")
def year(request: StaffRequest) -> HttpResponse:
    """Twelve months with holidays and make-up days; a year not published says that its dates are provisional."""
    asked = _asked(request.GET.get("year", ""))
    working_days = calendar()
    rows = [row for row in calendar_rows([asked, asked + 1]) if row.day.year == asked]
    context = {
        "title": f"{asked}年工作日历",
        "year": asked,
        "known": asked in working_days.known_years,
        "source": CalendarYear.objects.filter(year=asked).first(),
        "months": [_month(asked, number, working_days) for number in range(1, 13)],
        "runs": _runs(rows),
        "worked": _worked(asked, working_days),
        "years": sorted({*(each for each in working_days.known_years if each >= asked - 3), asked, asked + 1})[:8],
        "previous": asked - 1 if asked > FIRST else None,
        "next": asked + 1 if asked < LAST else None,
        "may_load": may(request.actor, "regulations.load_year"),
    }
    return render(request, "desk/books/calendar.html", context)


def _asked(text: str) -> int:
    within = re.fullmatch(r"[0-9]{4}", text) is not None and FIRST <= int(text) <= LAST
    return int(text) if within else today().year


def _month(year: int, number: int, working_days: TableCalendar) -> dict[str, Any]:
    weeks = Weeks().monthdatescalendar(year, number)
    return {
        "name": f"{number}月",
        "weeks": [[_day(day, working_days) if day.month == number else None for day in week] for week in weeks],
    }


def _day(day: date, working_days: TableCalendar) -> dict[str, Any]:
    name = working_days.name_of(day)
    plain = name == "工作日" or name.startswith("周")
    kind = "work" if working_days.is_working(day) else "rest"
    return {"day": day, "css": f"is-{kind}" + ("" if plain else " is-named"), "name": "" if plain else name}


def _worked(year: int, working_days: TableCalendar) -> int:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return sum(working_days.is_working(date.fromordinal(each)) for each in range(first, last + 1))


def _runs(rows: list[CalendarRow]) -> list[dict[str, str]]:
    """Holidays by name with their make-up days, as a notice lists them."""
    runs: dict[str, dict[DayKind, list[date]]] = {}
    for row in rows:
        runs.setdefault(row.name, {DayKind.HOLIDAY: [], DayKind.WORKDAY: []})[row.kind].append(row.day)
    return [
        {"name": name, "holidays": _spans(days[DayKind.HOLIDAY]), "makeups": _spans(days[DayKind.WORKDAY])}
        for name, days in runs.items()
    ]


def _spans(days: list[date]) -> str:
    """1月1日至3日、10月10日."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == ONE_DAY:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return "、".join(span_text(first, last) for first, last in spans)


@desk_page("regulations.load_year", methods=["GET", "POST"])
def load_year(request: StaffRequest) -> HttpResponse:
    """Take in a year's arrangement from a file; open dates are computed anew."""
    form = YearForm(request.POST if request.method == "POST" else None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given["name"] or ("日历.csv" if given["text"].lstrip().startswith("年份") else "日历.toml")
        target = Target(kind="regulations.file", key=file[:80], label=file)
        try:
            taken = operations.load_year(
                text=given["text"], file=file, source=given["source"], actor=request.actor, at=now()
            )
            operations.recompute_waiting(at=now(), most_steps=STEPS_AT_ONCE)
            messages.success(request, f"{taken.year}年的放假安排已录入，在办期限随之核算，有变动的会通知承办人。")
            return go_to(request, f"{reverse('desk:books:calendar')}?year={taken.year}")
        except YearFileFaulty as refusal:
            refused(request, "regulations.load_year", refusal, target=target)
            faults = list(refusal.sentences)
        except Refusal as refusal:
            form.add_error(None, refused(request, "regulations.load_year", refusal, target=target))
    if request.method == "POST":
        form.keep_text()
    context = {"title": "录入放假安排", "form": form, "faults": faults}
    return render(request, "desk/books/load_year.html", context, status=422 if request.method == "POST" else 200)
