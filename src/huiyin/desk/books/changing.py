"""Pages that change something: loading, approving with the moved dates in sight, the choice of books."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.audit.actors import Target
from huiyin.desk.books import showing
from huiyin.desk.books.forms import BookForm, RefuseForm, StackForm
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.regulations import operations, queries
from huiyin.regulations.books import BookFaulty
from huiyin.regulations.models import RuleBook, RuleBookVersion
from huiyin.regulations.standing import Standing, kept_alone
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

STEPS_AT_ONCE = 4
"""Steps of recomputing taken while the approver waits; the worker takes the rest."""


@desk_page("regulations.load_book", methods=["GET", "POST"])
def load_book(request: StaffRequest) -> HttpResponse:
    """Upload or type a text; every fault is named and nothing typed is lost."""
    form = BookForm(request.POST if request.method == "POST" else None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        text, file = form.cleaned_data["text"], form.cleaned_data["name"] or "制度.toml"
        try:
            version = operations.load_book(text=text, file=file, actor=request.actor, at=now())
            messages.success(request, "已装入，等待另一人批准。")
            return go_to(request, "desk:books:moves", version.pk)
        except BookFaulty as refusal:
            refused(request, "regulations.load_book", refusal, target=_file(file))
            faults = list(refusal.sentences)
        except Refusal as refusal:
            form.add_error(None, refused(request, "regulations.load_book", refusal, target=_file(file)))
    if request.method == "POST":
        form.keep_text()
    context = {"title": "装入制度", "form": form, "faults": faults}
    return render(request, "desk/books/load.html", context, status=422 if request.method == "POST" else 200)


def _file(name: str) -> Target:
    return Target(kind="regulations.file", key=name[:80], label=name)


@desk_page("regulations.preview")
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """A waiting text: what differs from the version in force, which open matters would get which new dates."""
    version = get_object_or_404(queries.versions_for(request.post.procuratorate), pk=pk)
    return _preview(request, version, RefuseForm())


def _preview(request: StaffRequest, version: RuleBookVersion, form: RefuseForm, *, status: int = 200) -> HttpResponse:
    if version.status != "loaded":
        return go_to(request, "desk:books:detail", version.pk)
    book = queries.book_of(version)
    former = queries.compared_with(book, today())
    actor = request.actor
    context: dict[str, Any] = {
        "title": f"《{book.title}》{book.version}版",
        "version": version,
        "book": book,
        "period": showing.period(book.from_on, book.until_on),
        "former": former,
        "changes": showing.difference_rows(former, book) if former else [],
        "moves": queries.preview(version, post=request.post, at=now()),
        "form": form,
        "may_approve": may(actor, "regulations.put_in_force", version),
        "own": version.loaded_by == f"staff:{request.post.staff_id}",
    }
    return render(request, "desk/books/moves.html", context, status=status)


@desk_page("regulations.put_in_force", methods=["POST"])
def put_in_force(request: StaffRequest, pk: int) -> HttpResponse:
    """The second person approves."""
    version = get_object_or_404(queries.versions_for(request.post.procuratorate), pk=pk)
    try:
        operations.put_in_force(version=version, actor=request.actor, at=now())
    except Refusal as refusal:
        sentence = refused(request, "regulations.put_in_force", refusal, target=_target(version))
        messages.error(request, sentence)
        return go_to(request, "desk:books:moves", pk)
    moved = operations.recompute_waiting(at=now(), most_steps=STEPS_AT_ONCE)
    dates = f"已变动{moved}个在办期限。" if moved else ""
    messages.success(request, f"已批准施行。{dates}其余在办期限由后台继续核算，有变动的会通知承办人。")
    return go_to(request, "desk:books:detail", pk)


@desk_page("regulations.refuse_version", methods=["POST"])
def refuse_version(request: StaffRequest, pk: int) -> HttpResponse:
    """The second person doesn't approve, with the reason."""
    version = get_object_or_404(queries.versions_for(request.post.procuratorate), pk=pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            operations.refuse_version(version=version, actor=request.actor, at=now(), **form.cleaned_data)
            messages.success(request, "已记为不批准，装入人可以修改后重新装入。")
            return go_to(request, "desk:books:detail", pk)
        except Refusal as refusal:
            form.add_error(None, refused(request, "regulations.refuse_version", refusal, target=_target(version)))
    version.refresh_from_db()
    return _preview(request, version, form, status=422)


def _target(version: RuleBookVersion) -> Target:
    return Target(kind="regulations.version", key=str(version.pk), label=str(version.book))


@desk_page("regulations.set_stack", methods=["GET", "POST"])
def set_stack(request: StaffRequest) -> HttpResponse:
    """Which books the office stands on, and in which order."""
    office = request.post.procuratorate
    books = _choosable(office.pk)
    present = list(dict.fromkeys(code for _, code, _ in queries.approved_texts(office)))
    places = {book.pk: len(present) - present.index(book.code) for book in books if book.code in present}
    books.sort(key=lambda book: places.get(book.pk, len(books) + 1))
    form = StackForm(request.POST or None, books=books, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_stack(procuratorate=office, books=form.chosen(), actor=request.actor, at=now())
            operations.recompute_waiting(at=now(), most_steps=STEPS_AT_ONCE)
            messages.success(request, "已调整本院适用的制度，在办期限随之核算，有变动的会通知承办人。")
            return go_to(request, reverse("desk:books:list"))
        except Refusal as refusal:
            target = Target(kind="organisations.procuratorate", key=str(office.pk), label=office.name)
            form.add_error(None, refused(request, "regulations.set_stack", refusal, target=target))
    context = {"title": "本院适用的制度", "form": form, "own": Standing.now().deciding(office.pk) == office.pk}
    return render(request, "desk/books/stack.html", context, status=422 if request.method == "POST" else 200)


def _choosable(office: int) -> list[RuleBook]:
    """Books with an approved version, but no other office's own."""
    books = RuleBook.objects.filter(versions__status="in_force").distinct().order_by("pk")
    return [book for book in books if not kept_alone(book) or book.procuratorate_id == office]
