"""The file as one PDF, and its catalogue: both leave the house on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.files.operations import FileDamaged
from huiyin.kernel.refusals import Refusal
from huiyin.matters.filing_documents import File, file_of
from huiyin.matters.models import FileBundle, Matter
from huiyin.matters.operations.bundles import UNFINISHED, bind_file
from huiyin.matters.operations.exports import note_print
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.file_pages import Entry
from huiyin.matters.papers.registers import file_catalogue
from huiyin.web.clock import now, today
from huiyin.web.downloads import file_response
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

NOT_BOUND = "案卷还没有装订，请先装订。"


def bundle_of(matter: Matter) -> FileBundle | None:
    """How far the binding of a file is."""
    return FileBundle.objects.filter(matter=matter).select_related("file", "asked_by__staff").first()


def is_current(bundle: FileBundle | None, file: File) -> bool:
    """Whether what was bound is what lies in the file now."""
    return bundle is not None and bundle.status == "done" and bundle.digest == file.digest


def progress(request: StaffRequest, matter: Matter) -> HttpResponse:
    """The card alone while the file is being bound; then the page reads itself anew, with all page numbers."""
    found = bundle_of(matter)
    if found is not None and found.status in UNFINISHED:
        return render(request, "desk/filing/bundle.html", {"matter": matter, "bundle": found})
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


@desk_page("matters.bind", methods=["POST"])
def bind(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the file bound in the background."""
    matter = matter_or_404(request, pk)
    try:
        bind_file(matter=matter, actor=request.actor, at=now())
    except Refusal as refusal:
        messages.error(request, refused(request, "matters.bind", refusal, target=target(matter)))
    return go_to(request, "desk:filing:file", pk)


@desk_page("matters.bind", methods=["POST"])
def bundle(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the bound file away, to print it or to hand it over."""
    matter = matter_or_404(request, pk)
    found = bundle_of(matter)
    if found is None or found.file is None:
        messages.error(request, NOT_BOUND)
        return go_to(request, "desk:filing:file", pk)
    try:
        response = file_response(found.file, inline=True)
    except FileDamaged as refusal:
        messages.error(request, refused(request, "matters.bind", refusal, target=target(matter)))
        return go_to(request, "desk:filing:file", pk)
    note_print(
        paper="案卷", form="pdf", rows=found.pages, matter=matter, target=target(matter), actor=request.actor, at=now()
    )
    return response


@desk_page("matters.print", methods=["POST"])
def catalogue(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """归档文件目录."""
    matter, form = matter_or_404(request, pk), kind_or_404(kind)
    file, bound = file_of(matter, today()), bundle_of(matter)
    entries = [Entry.from_json(each) for each in bound.entries] if bound is not None and is_current(bound, file) else []
    paper, rows = file_catalogue(file, entries), len(file.documents)
    title = "归档文件目录"
    return printed(request, paper, form, title=title, name=f"{matter.number}{title}", matter=matter, rows=rows)
