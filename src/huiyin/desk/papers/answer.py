"""One paper in the format asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.html import write_html
from huiyin.gongwen.pdf import PdfNotAvailable, write_pdf
from huiyin.gongwen.structure import Paper
from huiyin.web.downloads import DOCX, PDF, bytes_response
from huiyin.web.pages import StaffRequest


def paper_response(request: StaffRequest, paper: Paper, name: str, kind: str) -> HttpResponse:
    """The paper as pdf (shown inline), docx or html; where this machine makes no PDF a page says so and offers both."""
    if kind == "docx":
        return bytes_response(f"{name}.docx", DOCX, write_docx(paper))
    if kind == "html":
        return HttpResponse(write_html(paper, nonce=str(request.csp_nonce)))  # type: ignore[attr-defined]
    try:
        return bytes_response(f"{name}.pdf", PDF, write_pdf(paper), inline=True)
    except PdfNotAvailable as refusal:
        there = request.path.removesuffix("/").removesuffix("pdf")
        context = {"title": name, "sentence": str(refusal), "docx_url": f"{there}docx/", "html_url": f"{there}html/"}
        return render(request, "desk/papers/no_pdf.html", context)
