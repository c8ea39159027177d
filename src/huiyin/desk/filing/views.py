"""The file of a matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.papers.answer import paper_response
from huiyin.kernel.refusals import Refusal
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.models import Filing
from huiyin.matters.operations.filing import file_matter, retention
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.registers import file_catalogue
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


class FileForm(VersionForm):
    """Why a paper of the list is not there."""

    missing_reason = forms.CharField(
        label="缺件说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="材料齐全的不用填。",
    )  # fmt: skip


@desk_page("matters.file", methods=["GET", "POST"])
def file(request: StaffRequest, pk: int) -> HttpResponse:
    """Check the papers and file the matter."""
    matter = matter_or_404(request, pk)
    form = FileForm(request.POST or None, initial={"version": matter.version})
    if request.method == "POST" and form.is_valid():
        try:
            filing = file_matter(matter=matter, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.file", refusal, target=target(matter)))
        else:
            messages.success(request, f"已归档，件号{filing.item_number}。")
            return go_to(request, "desk:matters:detail", pk)
    may_file = matter.status == Status.CLOSED and may(request.actor, "matters.file", matter)
    context: dict[str, Any] = {
        "title": "归档",
        "matter": matter,
        "sentences": [] if may_file else sentences_of(form),
        "papers": papers_of(matter, today()),
        "filing": Filing.objects.filter(matter=matter).select_related("filed_by__staff").first(),
        "retention": retention(matter, today()),
        "form": form if may_file else None,
    }
    return render(request, "desk/filing/file.html", context, status=422 if form.errors else 200)


@desk_page("matters.print")
def catalogue(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """归档文件目录."""
    if kind not in {"pdf", "docx", "html"}:
        raise Http404
    matter = matter_or_404(request, pk)
    filing = Filing.objects.filter(matter=matter).first()
    paper = file_catalogue(matter, papers_of(matter, today()), filing, kept=retention(matter, today()))
    return paper_response(request, paper, f"{matter.number}归档文件目录", kind)
