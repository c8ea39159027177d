"""The choice of books: which, in which order, what it would change, and the change itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.audit.actors import Target
from huiyin.desk.books.ahead import ahead_of, asked_cursor
from huiyin.desk.books.changing import STEPS_AT_ONCE
from huiyin.desk.books.comparing import Column, compared
from huiyin.desk.books.forms import StackForm
from huiyin.kernel.refusals import Refusal
from huiyin.regulations import operations, queries
from huiyin.regulations.models import RuleBook
from huiyin.regulations.standing import Standing, kept_alone
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("regulations.set_stack", methods=["GET", "POST"])
def set_stack(request: StaffRequest) -> HttpResponse:
    """Which books the office stands on, and in which order; asked first, saved after the change was looked at."""
    office = request.post.procuratorate
    form = _form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_stack(procuratorate=office, books=form.chosen(), actor=request.actor, at=now())
            operations.recompute_waiting(at=now(), most_steps=STEPS_AT_ONCE)
            messages.success(request, "已调整本院适用的制度，在办期限随之核算，有变动的会通知承办人。")
            return go_to(request, reverse("desk:books:list"))
        except Refusal as refusal:
            target = Target(kind="organisations.procuratorate", key=str(office.pk), label=office.name)
            form.add_error(None, refused(request, "regulations.set_stack", refusal, target=target))
    return _page(request, form, status=422 if request.method == "POST" else 200)


@desk_page("regulations.set_stack")
def ahead(request: StaffRequest) -> HttpResponse:
    """What another choice would change: rules side by side, and which open dates would move to which days."""
    if not request.GET:
        return _page(request, _form(request, None), status=200)
    form = _form(request, request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    office, on, chosen = request.post.procuratorate, today(), form.chosen()
    if not chosen:
        form.add_error(None, "至少要有一部制度，否则所有期限都没有依据。")
        return _page(request, form, status=422)
    would_be = queries.stacks_chosen(office, chosen)(office, on)
    columns = [
        Column("own", "本院现行", "", queries.stack_for(office, on), own=True),
        Column("chosen", "调整后", "", would_be),
    ]
    part = queries.preview_stack(chosen, post=request.post, at=now(), cursor=asked_cursor(request))
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context: dict[str, Any] = {
        "title": "调整适用的制度：变化",
        "chosen": list(reversed(chosen)),
        "rows": [row for row in compared(columns, on) if row.differs],
        "form": form,
        "back": f"{reverse('desk:books:stack')}?{asked.urlencode()}",
        **ahead_of(request, part),
    }
    return render(request, "desk/books/stack_ahead.html", context)


def _page(request: StaffRequest, form: StackForm, *, status: int) -> HttpResponse:
    office = request.post.procuratorate
    own = Standing.now().deciding(office.pk) == office.pk
    return render(
        request, "desk/books/stack.html", {"title": "本院适用的制度", "form": form, "own": own}, status=status
    )


def _form(request: StaffRequest, data: Any) -> StackForm:
    """The books with their places: as submitted, as an address names them, otherwise as the office stands."""
    office = request.post.procuratorate
    books = _choosable(office.pk)
    present = list(dict.fromkeys(code for _, code, _ in queries.approved_texts(office)))
    places = {book.pk: len(present) - present.index(book.code) for book in books if book.code in present}
    books.sort(key=lambda book: places.get(book.pk, len(books) + 1))
    if data is None and any(f"book_{book.pk}" in request.GET for book in books):
        asked = {book.pk: request.GET.get(f"book_{book.pk}", "") for book in books}
        places = {
            key: int(text) for key, text in asked.items() if text.isascii() and text.isdecimal() and len(text) < 3
        }
    return StackForm(data, books=books, places=places)


def _choosable(office: int) -> list[RuleBook]:
    """Books with an approved version, but no other office's own."""
    books = RuleBook.objects.filter(versions__status="in_force").distinct().order_by("pk")
    return [book for book in books if not kept_alone(book) or book.procuratorate_id == office]
