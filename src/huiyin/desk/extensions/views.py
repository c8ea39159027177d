"""延期: the application, the page of a request, its papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.extensions.forms import AskForm
from huiyin.desk.extensions.page import extension_or_404, extension_page
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.kernel.refusals import Refusal
from huiyin.matters.extending import extendable
from huiyin.matters.operations.extensions import ask_extension
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.extensions import extension_form, extension_letter
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

ASK, VIEW = "matters.ask_extension", "matters.view_extension"


@desk_page(ASK, methods=["GET", "POST"])
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Apply for more time."""
    matter = matter_or_404(request, pk)
    found = extendable(matter)
    latest_on = found.latest_on if found else None
    form = AskForm(posted(request), latest_on=latest_on, initial={"to_on": latest_on})
    if form.is_bound and form.is_valid():
        try:
            made = ask_extension(matter=matter, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, ASK, refusal, target=target(matter)))
        else:
            messages.success(request, "已提出，请院内审批。同意以前，原来的期限照走。")
            return go_to(request, "desk:extensions:detail", made.pk)
    context = {"title": "申请延期", "matter": matter, "form": form, "found": found}
    return render(request, "desk/extensions/ask.html", context, status=422 if form.errors else 200)


@desk_page(VIEW)
def extension(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it has come, and what this post may do about it."""
    return extension_page(request, extension_or_404(request, pk))


@desk_page("matters.print", methods=["POST"])
def form_paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """延期申请表."""
    kind_or_404(kind)
    found = extension_or_404(request, pk)
    name, about = f"延期申请表-{found.matter.known_as}", target(found.matter)
    return printed(request, extension_form(found), kind, title="延期申请表", name=name, target=about)


@desk_page("matters.print", methods=["POST"])
def letter(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """延期函, or the explanation the book asks for instead, to print and seal."""
    kind_or_404(kind)
    found = extension_or_404(request, pk)
    name, about = f"延期函-{found.matter.known_as}", target(found.matter)
    return printed(request, extension_letter(found), kind, title="延期函", name=name, target=about)
