"""登记簿: the register by tab, filters and words, in the order of its due days."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.kept import kept
from huiyin.desk.matters.filters import TABS, FilterForm, narrowed, of_tab, offered, on_the_register, searched
from huiyin.desk.matters.paging import by_due_day
from huiyin.desk.matters.rows import Row, table_rows, with_table_facts
from huiyin.desk.matters.rungs import spans
from huiyin.matters.queries import day_of
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar
from huiyin.suggestions.queries import with_sheets
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import Pager


@desk_page("matters.list")
def register(request: StaffRequest) -> HttpResponse:
    """One page of the register."""
    post, on, working_days = request.post, today(), cache(calendar)  # read where something is worked out, once
    cut = kept(request, "spans", on, lambda: spans(post.procuratorate, on, working_days()))
    form = FilterForm(request.GET, post=post, spans=cut, offered=kept(request, "filters", on, lambda: offered(post)))
    chosen = form.chosen()
    tab = _tab(request, chosen)
    may_propose = may(request.actor, "suggestions.propose")

    def read() -> tuple[list[Row], Pager]:
        listed = searched(on_the_register(post, below="below" in chosen), chosen, post)
        parts = [narrowed(of_tab(rows, tab), chosen, spans=cut, day=day_of(post)) for rows in listed]
        paged = by_due_day(request, parts, lambda rows: with_table_facts(with_sheets(rows) if may_propose else rows))
        return table_rows(paged.rows, post=post, on=on, working_days=working_days()), paged.pager

    rows, pager = kept(request, f"register:{request.GET.urlencode()}", on, read)
    context = {
        "title": "登记簿",
        "form": form,
        "tabs": [{"code": code, "label": label} for code, label in TABS],
        "tab": tab,
        "chosen": chosen,
        "rows": rows,
        "pager": pager,
        "may_order": may(request.actor, "matters.give_superior"),
        "may_register": may(request.actor, "suggestions.register"),
        "may_export": may(request.actor, "matters.export"),
        "may_propose": may_propose and any(row.matter.status == Status.REGISTERED for row in rows),
        "request_key": uuid4() if may_propose else None,
        "carried": [(name, value) for name, value in request.GET.items() if name not in {"after", "before"}],
    }
    return render(request, "desk/matters/register.html", context)


def _tab(request: StaffRequest, chosen: dict[str, str]) -> str:
    """The tab asked for; a search or a status goes through all of them, unless one is named."""
    asked = request.GET.get("tab", "")
    if asked in dict(TABS):
        return asked
    return "all" if {"q", "status"} & chosen.keys() else "open"
