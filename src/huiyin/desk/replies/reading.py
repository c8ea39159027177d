"""Reading a letter: its page, and every paper of it; what is printed or taken away leaves a record."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.papers.answer import kind_or_404, no_pdf, paper_response, printed
from huiyin.desk.replies.page import detail_page, reply_or_404
from huiyin.files.operations import FileDamaged
from huiyin.gongwen.pdf import PdfNotAvailable
from huiyin.gongwen.structure import FormSet, Letter
from huiyin.matters.drafting import ANSWERS
from huiyin.matters.models import Reply, ReplyVersion
from huiyin.matters.papers.feedback import feedback_forms
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.rendering import letter_of, letter_of_version
from huiyin.matters.rules import REPLY_STATUS_LABELS, ReplyStatus
from huiyin.organisations.permissions import may
from huiyin.web.downloads import file_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset

TABS: Final = tuple(ReplyStatus)
READ: Final = frozenset({"pdf", "html"})


@desk_page("matters.view_letter")
def letters(request: StaffRequest) -> HttpResponse:
    """All letters this post may read, by how far they are: the register of outgoing letters when issued."""
    found = Reply.objects.open_to(request.post)
    status = request.GET.get("status", "")
    if status in REPLY_STATUS_LABELS:
        found = found.filter(status=status)
    shown = found.select_related("matter", "number", "signed_by__staff", "created_by__staff")
    paged = keyset(request, shown, size=40, unit="份")
    tabs = [{"label": "全部", "value": ""}, *({"label": REPLY_STATUS_LABELS[key], "value": key} for key in TABS)]
    context = {"title": "文稿", "letters": paged.rows, "pager": paged.pager, "tabs": tabs, "status": status}
    context["keeps_numbers"] = may(request.actor, "numbering.list")
    return render(request, "desk/replies/list.html", context)


@desk_page("matters.view_letter")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter with its versions, signatures and what comes next."""
    return detail_page(request, reply_or_404(request, pk))


@desk_page("matters.view_letter")
def version_paper(request: StaffRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """One version read on the screen, as PDF or as a page; made at once where no task made it yet."""
    if kind not in READ:
        raise Http404
    version = _version_or_404(request, pk, number)
    front = reverse("desk:replies:print_version", args=[pk, number, "pdf"]).removesuffix("pdf/")
    return _read(request, version, kind, front=front)


@desk_page("matters.print", methods=["POST"])
def print_version(request: StaffRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """One version taken away: as .docx to go on with, or on paper."""
    version = _version_or_404(request, pk, number)
    return _printed(request, version, kind_or_404(kind))


@desk_page("matters.view_letter")
def paper(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """letter.pdf or letter.html: the letter as it leaves, read on the screen."""
    code, _, kind = name.partition(".")
    if code != "letter" or kind not in READ:
        raise Http404
    reply = reply_or_404(request, pk)
    front = reverse("desk:replies:print", args=[pk, "letter.pdf"]).removesuffix("pdf/")
    return _read(request, reply, kind, front=front)


@desk_page("matters.print", methods=["POST"])
def print_paper(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """letter, sheet or form with .pdf, .docx or .html: the letter as it leaves, 发文稿纸, 征询意见表."""
    code, _, ending = name.partition(".")
    reply, kind = reply_or_404(request, pk), kind_or_404(ending)
    label = str(reply.number or reply.matter.number)
    if code == "letter":
        return _printed(request, reply, kind)
    if code == "sheet":
        sheet = letter_sheet(reply)
        return printed(request, sheet, kind, title="发文稿纸", name=f"{label}发文稿纸", matter=reply.matter)
    if code == "form" and reply.kind in ANSWERS:
        forms = FormSet(feedback_forms(reply))
        return printed(
            request, forms, kind, title="征询意见表", name=f"{label}征询意见表", matter=reply.matter,
            rows=len(forms.forms),
        )  # fmt: skip
    raise Http404


def _version_or_404(request: StaffRequest, pk: int, number: int) -> ReplyVersion:
    reply = reply_or_404(request, pk)
    version = get_object_or_404(reply.versions.select_related("pdf", "docx"), number=number)
    version.reply = reply
    return version


def _read(request: StaffRequest, text: Reply | ReplyVersion, kind: str, *, front: str) -> HttpResponse:
    try:
        return _stored(text, kind) or paper_response(request, _letter(text), _name(text), kind)
    except PdfNotAvailable as refusal:
        return no_pdf(request, _name(text), refusal, front=front)


def _printed(request: StaffRequest, text: Reply | ReplyVersion, kind: str) -> HttpResponse:
    matter = text.matter if isinstance(text, Reply) else text.reply.matter
    title = str(text.reply.get_kind_display()) + f"第{text.number}稿" if isinstance(text, ReplyVersion) else _name(text)
    return printed(request, _stored(text, kind) or _letter(text), kind, title=title, name=_name(text), matter=matter)


def _letter(text: Reply | ReplyVersion) -> Letter:
    return letter_of(text) if isinstance(text, Reply) else letter_of_version(text)


def _name(text: Reply | ReplyVersion) -> str:
    if isinstance(text, ReplyVersion):
        return f"{text.reply.matter.number}第{text.number}稿"
    return str(text.number or text.matter.number)


def _stored(text: Reply | ReplyVersion, kind: str) -> HttpResponse | None:
    file = text.pdf if kind == "pdf" else text.docx if kind == "docx" else None
    if file is None:
        return None
    try:
        return file_response(file, inline=True)
    except FileDamaged:
        return None  # made anew from the text
