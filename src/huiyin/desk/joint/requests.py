"""协办征求意见函: draft, sign and send, give up, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.joint.forms import AskOpinionForm
from huiyin.desk.joint.views import part_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.gongwen.structure import lines_of
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, OpinionRequest
from huiyin.matters.operations.opinion_requests import (
    answer_by,
    ask_opinion,
    drop_opinion_request,
    send_opinion_request,
)
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.opinion_request import opinion_request
from huiyin.organisations.permissions import may
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

ASK, VIEW = "matters.ask_opinion", "matters.view_opinion_request"
SEND, DROP = "matters.send_opinion_request", "matters.drop_opinion_request"


@desk_page(ASK, methods=["GET", "POST"])
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Draft the letter to one outside assistant."""
    part = part_or_404(request, pk)
    by_book = answer_by(part, today())
    form = AskOpinionForm(posted(request), initial={"answer_by_on": by_book.on})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            asked = ask_opinion(undertaking=part, actor=request.actor, at=now(), **said)
        except Refusal as refusal:
            form.add_error(None, refused(request, ASK, refusal, target=target(part.matter)))
        else:
            messages.success(request, "已起草，请办公室负责人签发。")
            return go_to(request, "desk:joint:request", asked.pk)
    context = {"title": f"征求{part.who}意见", "part": part, "matter": part.matter, "form": form, "by_book": by_book}
    return render(request, "desk/joint/ask.html", context, status=422 if form.errors else 200)


def _asked_or_404(request: StaffRequest, pk: int) -> OpinionRequest:
    seen = OpinionRequest.objects.filter(undertaking__matter__in=Matter.objects.open_to(request.post))
    found = seen.select_related(
        "undertaking__matter__procuratorate", "undertaking__organ", "drafted_by__staff", "signed_by__staff", "number"
    )
    return get_object_or_404(found, pk=pk)


@desk_page(VIEW)
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One letter, and what this post may do with it."""
    return _page(request, _asked_or_404(request, pk))


def _page(request: StaffRequest, asked: OpinionRequest, *, sentences: list[str] | None = None) -> HttpResponse:
    matter, waits = asked.undertaking.matter, asked.sent_on is None and asked.dropped_at is None
    paper = opinion_request(asked)
    context: dict[str, Any] = {
        "title": paper.title,
        "asked": asked,
        "part": asked.undertaking,
        "matter": matter,
        "paper": paper,
        "lines": lines_of(paper.body),
        "may_send": waits and may(request.actor, SEND, matter),
        "may_drop": waits and may(request.actor, DROP, matter),
        "may_print": asked.dropped_at is None and may(request.actor, "matters.print"),
        "sentences": sentences or [],
    }
    return render(request, "desk/joint/request.html", context, status=422 if sentences else 200)


@desk_page(SEND, methods=["POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign it, number it, send it."""
    return _act(request, pk, SEND, send_opinion_request, "已签发取号，请用印后寄送。")


@desk_page(DROP, methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it up."""
    return _act(request, pk, DROP, drop_opinion_request, "已撤回，可以重新起草。")


def _act(request: StaffRequest, pk: int, verb: str, act: Callable[..., OpinionRequest], done: str) -> HttpResponse:
    asked = _asked_or_404(request, pk)
    form = VersionForm(request.POST)

    def bound() -> None:
        act(asked=asked, actor=request.actor, version=form.cleaned_data["version"], at=now())

    about, to = target(asked.undertaking.matter), ("desk:joint:request", pk)
    went_on = carried_out(request, form, bound, verb=verb, done=done, to=to, target=about)
    return went_on or _page(request, _asked_or_404(request, pk), sentences=sentences_of(form))


@desk_page("matters.print", methods=["POST"])
def letter(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as PDF, .docx or page."""
    asked = _asked_or_404(request, pk)
    name = f"{asked.undertaking.matter.known_as}征求{asked.undertaking.who}意见函"
    return printed(
        request, opinion_request(asked), kind_or_404(kind), title="协办征求意见函", name=name,
        matter=asked.undertaking.matter,
    )  # fmt: skip
