"""How far the recomputing of open dates has come after a rule or the calendar changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.regulations.queries import recomputations_for
from huiyin.web.pages import StaffRequest, desk_page


@desk_page("regulations.list_books")
def recomputations(request: StaffRequest) -> HttpResponse:
    """The latest that concern the office, each with its cause, how far it is, and how many dates moved."""
    rows = recomputations_for(request.post.procuratorate)
    context = {"title": "期限重算", "rows": rows, "is_running": any(not row.done_at for row in rows)}
    return render(request, "desk/books/recomputations.html", context)
