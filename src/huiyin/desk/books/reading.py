"""Pages one reads: the stack of the office, a book, the calculator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime

from huiyin.desk.books import showing
from huiyin.desk.books.forms import CalculateForm
from huiyin.desk.due import RUNG_CODES, words
from huiyin.organisations.permissions import may
from huiyin.regulations.books import Limit, RuleNotFound, Stack
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.queries import book_of, calendar, stack_for, versions_for
from huiyin.regulations.rules import RUNG_LABELS, Calendar, DayOutOfReach, Due, compute, current_rung, ladder
from huiyin.web.clock import today
from huiyin.web.downloads import bytes_response
from huiyin.web.pages import StaffRequest, desk_page

TOML = "application/toml"


@desk_page("regulations.list_books")
def books(request: StaffRequest) -> HttpResponse:
    """The books the office stands on today, the most specific first; those waiting, those to come."""
    on = today()
    stack = stack_for(request.post.procuratorate, on)
    holding = stack.in_force(on)
    known = list(versions_for(request.post.procuratorate).order_by("book__code", "-from_on"))
    by_text = {(each.book.code, each.version): each for each in known if each.status == "in_force"}
    rows = [
        showing.book_row(by_text[book.code, book.version], book, place) for place, book in enumerate(holding, start=1)
    ]
    shown = {row["pk"] for row in rows}
    rest = [each for each in known if each.pk not in shown]
    context = {
        "title": "制度",
        "on": on,
        "rows": rows,
        "waiting": [showing.book_row(each, book_of(each)) for each in rest if each.status == "loaded"],
        "coming": [showing.book_row(each, book_of(each)) for each in rest if _coming(each, on)],
        "past": [
            showing.book_row(each, book_of(each), status=_past(each, known, on))
            for each in rest
            if each.status != "loaded" and not _coming(each, on)
        ],
        "faults": stack.faults(on),
        "may_load": may(request.actor, "regulations.load_book"),
        "may_stack": may(request.actor, "regulations.set_stack"),
    }
    return render(request, "desk/books/list.html", context)


def _coming(version: RuleBookVersion, on: date) -> bool:
    return version.status == "in_force" and version.from_on > on


def _past(version: RuleBookVersion, known: Sequence[RuleBookVersion], on: date) -> str:
    """Why an approved version doesn't hold in this office; empty for one that was never approved."""
    if version.status != "in_force":
        return ""
    if version.until_on is not None and version.until_on <= on:
        return "已失效"
    later = (each for each in known if each.book_id == version.book_id and each.status == "in_force")
    replaced = any(version.from_on < each.from_on <= on for each in later)
    return "已由新版代替" if replaced else "本院没有采用"


@desk_page("regulations.view_book")
def book(request: StaffRequest, pk: int) -> HttpResponse:
    """One version of a book: limits, chains, every other rule, who loaded and who approved."""
    version = get_object_or_404(versions_for(request.post.procuratorate), pk=pk)
    read, on = book_of(version), today()
    siblings = version.book.versions.order_by("-from_on", "-pk")
    waiting = version.status == "loaded"
    context = {
        "title": read.title,
        "version": version,
        "book": read,
        "facts": _facts(version),
        "siblings": [
            {"pk": each.pk, "version": each.version, "status": each.get_status_display(), "here": each.pk == pk}
            for each in siblings
        ],
        "limits": showing.limit_rows(read, stack_for(request.post.procuratorate, on), on),
        "chains": showing.chain_rows(read),
        "tables": showing.other_tables(read),
        "unconfirmed": showing.unconfirmed_in(read),
        "may_preview": waiting and may(request.actor, "regulations.preview"),
    }
    return render(request, "desk/books/detail.html", context)


def _facts(version: RuleBookVersion) -> list[dict[str, Any]]:
    book = book_of(version)
    verb = "不批准" if version.status == "refused" else "批准"
    decided = f"{version.approved_label}，{_day(version.approved_at)}" if version.approved_at else "待批准"
    facts = [
        ("制定机关", book.issuer),
        ("层级", showing.level_text(book.level)),
        ("编码与版本", f"{book.code} · {book.version}版"),
        ("施行期间", showing.period(book.from_on, book.until_on)),
        ("状态", version.get_status_display()),
        ("装入", f"{version.loaded_label}，{_day(version.loaded_at)}"),
        (verb, decided),
        ("文本校验码", version.sha256[:16]),
    ]
    shown = [{"label": label, "text": text} for label, text in facts]
    if version.note:
        shown.append({"label": "理由", "text": version.note})
    return [*shown, {"label": "摘要", "text": book.summary, "wide": True}]


def _day(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d}"


@desk_page("regulations.view_book")
def text(request: StaffRequest, pk: int) -> HttpResponse:
    """The text of a version, as it was loaded."""
    version = get_object_or_404(versions_for(request.post.procuratorate), pk=pk)
    name = f"{version.book.code}_{version.version}.toml"
    return bytes_response(name, TOML, version.text.encode())


@desk_page("regulations.calculate")
def calculate(request: StaffRequest) -> HttpResponse:
    """From a limit and a starting day to the day it is due, line by line, with the reminders on the way."""
    on = today()
    stack = stack_for(request.post.procuratorate, on)
    asked = request.GET if {"limit", "start"} & request.GET.keys() else None
    limits = [
        (entry.code, f"{entry.title}：{showing.length(entry)}")
        for entry in sorted(stack.all(Limit, on), key=lambda each: each.starts_from)
    ]
    form = CalculateForm(asked, limits=limits, initial={"start": on})
    context: dict[str, Any] = {"title": "推算期限", "form": form, "limits": limits}
    if form.is_valid():
        start = form.cleaned_data["start"]
        try:
            context |= _answer(stack_for(request.post.procuratorate, start), form.cleaned_data["limit"], start, on)
        except (RuleNotFound, DayOutOfReach) as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/books/calculate.html", context)


def _answer(stack: Stack, code: str, start: date, on: date) -> dict[str, Any]:
    """What the page shows of a computed limit. Raises RuleNotFound, DayOutOfReach."""
    rule, working_days = stack.limit(code, start), calendar()
    due = compute(rule, start, working_days)
    face = {
        "label": rule.title,
        "due_on": due.due_on,
        "cap_on": due.cap_on,
        "provisional": due.provisional,
        "words": words(due.due_on, on, working_days) if on <= due.due_on else "这一天已经过去",
    }
    rungs = _rungs(stack, start, due, working_days)
    face["rung"] = "calm" if on > due.due_on else RUNG_CODES[current_rung(rungs, on)]
    shown = [{"label": RUNG_LABELS[each.rung], "on": each.on, "name": working_days.name_of(each.on)} for each in rungs]
    return {"deadline": face, "due": due, "rule": rule, "rungs": shown}


def _rungs(stack: Stack, start: date, due: Due, working_days: Calendar) -> tuple[Any, ...]:
    try:
        return ladder(start, due, working_days, stack.ladder(start).spec)
    except RuleNotFound:
        return ()
