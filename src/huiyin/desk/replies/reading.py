"""Reading a letter: its page, and every paper of it."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.papers.answer import paper_response
from huiyin.desk.replies.page import detail_page, reply_or_404
from huiyin.files.models import StoredFile
from huiyin.files.operations import FileDamaged
from huiyin.matters.models import Matter, Reply
from huiyin.matters.papers.feedback import feedback_form
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.rendering import letter_of, letter_of_version
from huiyin.matters.rules import REPLY_STATUS_LABELS, ReplyStatus
from huiyin.web.downloads import file_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset

TABS: Final = tuple(status for status in ReplyStatus if status is not ReplyStatus.VOIDED)
KINDS: Final = frozenset({"pdf", "docx", "html"})


@desk_page("matters.view_letter")
def letters(request: StaffRequest) -> HttpResponse:
    """All letters this post may read, by how far they are: the register of outgoing letters when issued."""
    found = Reply.objects.filter(matter__in=Matter.objects.open_to(request.post))
    status = request.GET.get("status", "")
    if status in REPLY_STATUS_LABELS:
        found = found.filter(status=status)
    shown = found.select_related("matter", "number", "signed_by__staff", "created_by__staff")
    paged = keyset(request, shown, size=40, unit="份")
    tabs = [{"label": "全部", "value": ""}, *({"label": REPLY_STATUS_LABELS[key], "value": key} for key in TABS)]
    context = {"title": "文稿", "letters": paged.rows, "pager": paged.pager, "tabs": tabs, "status": status}
    return render(request, "desk/replies/list.html", context)


@desk_page("matters.view_letter")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter with its versions, signatures and what comes next."""
    return detail_page(request, reply_or_404(request, pk))


@desk_page("matters.view_letter")
def version_paper(request: StaffRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """One version as PDF (shown), .docx or for the browser to print; made at once where no task made it yet."""
    if kind not in KINDS:
        raise Http404
    reply = reply_or_404(request, pk)
    version = get_object_or_404(reply.versions.select_related("pdf", "docx"), number=number)
    stored = _stored(version.pdf if kind == "pdf" else version.docx if kind == "docx" else None)
    return stored or paper_response(request, letter_of_version(version), f"{reply.matter.number}第{number}稿", kind)


@desk_page("matters.view_letter")
def paper(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """letter, sheet or form with .pdf, .docx or .html: the letter as it leaves, 发文稿纸, 征询意见表."""
    code, _, kind = name.partition(".")
    if kind not in KINDS:
        raise Http404
    reply = reply_or_404(request, pk)
    label = str(reply.number or reply.matter.number)
    if code == "letter":
        stored = _stored(reply.pdf if kind == "pdf" else reply.docx if kind == "docx" else None)
        return stored or paper_response(request, letter_of(reply), label, kind)
    if code == "sheet":
        return paper_response(request, letter_sheet(reply), f"{label}发文稿纸", kind)
    if code == "form" and reply.kind == "reply":
        return paper_response(request, feedback_form(reply), f"{label}征询意见表", kind)
    raise Http404


def _stored(file: StoredFile | None) -> HttpResponse | None:
    if file is None:
        return None
    try:
        return file_response(file, inline=True)
    except FileDamaged:
        return None  # made anew from the text
