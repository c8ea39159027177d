"""Pages that change something: loading, approving with the moved dates in sight."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.audit.actors import Target
from huiyin.desk.books import showing
from huiyin.desk.books.ahead import ahead_of, asked_cursor
from huiyin.desk.books.forms import BookForm, RefuseForm
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.regulations import operations, queries
from huiyin.regulations.books import BookFaulty
from huiyin.regulations.models import RuleBookVersion
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
        **ahead_of(request, queries.preview(version, post=request.post, at=now(), cursor=asked_cursor(request))),
        "since": version.from_on,
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
