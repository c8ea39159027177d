"""One paper in the format asked for: read on the screen, or taken away and on record (docs/decisions/0007)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.audit.actors import Target
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.html import write_html
from huiyin.gongwen.pdf import PdfNotAvailable, write_pdf
from huiyin.gongwen.structure import Paper
from huiyin.matters.models import Matter
from huiyin.matters.operations.exports import note_print
from huiyin.matters.operations.undertakings import target as target_of
from huiyin.web.clock import now
from huiyin.web.downloads import DOCX, PDF, bytes_response
from huiyin.web.pages import StaffRequest

KINDS: Final = frozenset({"pdf", "docx", "html"})


def kind_or_404(kind: str) -> str:
    """A format the house prints in. Raises Http404."""
    if kind not in KINDS:
        raise Http404
    return kind


def paper_response(request: StaffRequest, paper: Paper, name: str, kind: str) -> HttpResponse:
    """The paper as pdf (shown inline), docx or html. Raises PdfNotAvailable."""
    if kind == "docx":
        return bytes_response(f"{name}.docx", DOCX, write_docx(paper))
    if kind == "html":
        return HttpResponse(write_html(paper, nonce=str(request.csp_nonce)))  # type: ignore[attr-defined]
    return bytes_response(f"{name}.pdf", PDF, write_pdf(paper), inline=True)


def printed(
    request: StaffRequest,
    paper: Paper | HttpResponse,
    kind: str,
    *,
    title: str,
    name: str = "",
    matter: Matter | None = None,
    target: Target | None = None,
    rows: int = 1,
    fields: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The paper, its leaving on record; where this machine makes no PDF a page offers the other formats instead.

    title: what the record calls the paper; name: of the file, the title where left out; fields: what the form said,
    kept for the other formats. The address ends in the format."""
    about = target if matter is None else target_of(matter)
    assert about is not None
    try:
        response = paper if isinstance(paper, HttpResponse) else paper_response(request, paper, name or title, kind)
    except PdfNotAvailable as refusal:
        return no_pdf(request, title, refusal, front=request.path.removesuffix("/").removesuffix(kind), fields=fields)
    note_print(
        paper=title, form=kind, rows=rows, matter=matter, target=about, filters=fields, actor=request.actor, at=now()
    )
    return response


def no_pdf(
    request: StaffRequest, title: str, refusal: PdfNotAvailable, *, front: str, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """This machine makes no PDF: what to install, and the other formats meanwhile. front: of their addresses."""
    context = {
        "title": title,
        "sentence": str(refusal),
        "docx_url": f"{front}docx/",
        "html_url": f"{front}html/",
        "fields": dict(fields or {}),
    }
    return render(request, "desk/papers/no_pdf.html", context)
