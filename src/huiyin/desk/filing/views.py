"""The file of one matter: what it must hold, what lies in it, filing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.desk.filing.bundles import bundle_of, is_current, progress
from huiyin.desk.filing.missing import advice_on
from huiyin.desk.matters.page import matter_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.filing_documents import File, file_of
from huiyin.matters.models import FileBundle, Matter
from huiyin.matters.operations.filing import file_matter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.file_pages import Entry
from huiyin.matters.rules import Status
from huiyin.organisations.permissions import may
from huiyin.people.queries import visible_to
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
    if request.method == "GET" and request.headers.get("HX-Request") == "true":
        return progress(request, matter)
    form = FileForm(request.POST or None, initial={"version": matter.version})
    if request.method == "POST" and form.is_valid():
        try:
            filing = file_matter(matter=matter, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.file", refusal, target=target(matter)))
        else:
            messages.success(request, f"已归档，件号{filing.item_number}。请重新装订案卷，页上印件号。")
            return go_to(request, "desk:filing:file", pk)
    may_file = matter.status == Status.CLOSED and may(request.actor, "matters.file", matter)
    there, bundle = file_of(matter, today()), bundle_of(matter)
    current = is_current(bundle, there)
    context: dict[str, Any] = {
        "title": "案卷",
        "matter": matter,
        "sentences": [] if may_file else sentences_of(form),
        "filing": there.filing,
        "lines": _lines(request, there),
        "missing": sum(not paper.is_there for paper in there.papers),
        "documents": _documents(there, bundle if current else None),
        "facts": _facts(request, there),
        "bundle": bundle,
        "is_current": current,
        "form": form if may_file else None,
    }
    return render(request, "desk/filing/file.html", context, status=422 if form.errors else 200)


def _lines(request: StaffRequest, file: File) -> list[dict[str, Any]]:
    """The book's list; of a file that is not closed for good, with what to do about each gap."""
    is_open = file.matter.status != Status.ARCHIVED
    return [
        {
            "paper": paper,
            "advice": advice_on(paper, file.matter, request.actor) if is_open and not paper.is_there else None,
        }
        for paper in file.papers
    ]


def _documents(file: File, bundle: FileBundle | None) -> list[dict[str, Any]]:
    """Every paper in order, with its pages once it is bound."""
    entries = [Entry.from_json(each) for each in bundle.entries] if bundle else []
    return [
        {
            "document": each,
            "url": reverse("desk:files:download", args=[each.file.public_id]) if each.file else "",
            "entry": entries[place] if place < len(entries) else None,
        }
        for place, each in enumerate(file.documents)
    ]


def _facts(request: StaffRequest, file: File) -> list[dict[str, Any]]:
    matter, filing = file.matter, file.filing
    facts: list[dict[str, Any]] = [
        {"label": "件号", "text": filing.item_number if filing else "归档时编"},
        {"label": "保管期限", "text": f"{file.kept}（{file.basis}）" if file.basis else file.kept},
        {"label": "收文号", "text": matter.number},
        {"label": "届次", "text": matter.suggestion.session_label} if hasattr(matter, "suggestion") else {},
        {"label": "领衔院领导", "text": matter.leader.staff.name if matter.leader else ""},
    ]
    return [*filter(None, facts), *_people(request, matter)]


def _people(request: StaffRequest, matter: Matter) -> list[dict[str, Any]]:
    """The other axis: the file of each person who brought it, where this post may open it."""
    brought_by = list(matter.participants.order_by("position"))
    if not may(request.actor, "people.list"):
        return [{"label": each.get_role_display(), "text": each.name} for each in brought_by]
    keys = [each.person_id for each in brought_by if each.person_id]
    seen = set(visible_to(request.post).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        {
            "label": each.get_role_display(),
            "text": each.name,
            "url": reverse("desk:people:detail", args=[each.person_id]) if each.person_id in seen else "",
        }
        for each in brought_by
    ]
