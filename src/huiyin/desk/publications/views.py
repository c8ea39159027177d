"""答复公开: what may be proposed, what waits, what everyone reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.publications.forms import OpinionForm, ProposeForm, TakeBackForm
from huiyin.desk.replies.page import reply_or_404
from huiyin.disclosure.models import Publication
from huiyin.disclosure.operations import (
    approve_publication,
    check_publication,
    propose_publication,
    take_back_publication,
)
from huiyin.disclosure.queries import (
    consent_of,
    findings_in,
    public_text,
    publishable,
    running_publication,
    why_not_publish,
)
from huiyin.disclosure.rules import PUBLICATION_STATUS_LABELS
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.permissions import may
from huiyin.web.acting import carried_out
from huiyin.web.clock import now
from huiyin.web.forms import pressed, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset

PROPOSE, CHECK, APPROVE = "disclosure.propose", "disclosure.check", "disclosure.approve"
TAKE_BACK: Final = "disclosure.take_back"


@desk_page("disclosure.list")
def publications(request: StaffRequest) -> HttpResponse:
    """Proposals by how far they are; for whoever proposes, the answers that may be."""
    status = request.GET.get("status", "")
    rows = Publication.objects.open_to(request.post)
    if status in PUBLICATION_STATUS_LABELS:
        rows = rows.filter(status=status)
    paged = keyset(request, rows.select_related("matter", "reply__number", "proposed_by__staff"), size=30, unit="件")
    tabs = [
        {"label": "全部", "value": ""},
        *({"label": label, "value": code.value} for code, label in PUBLICATION_STATUS_LABELS.items()),
    ]
    context = {
        "title": "答复公开",
        "rows": paged.rows,
        "pager": paged.pager,
        "tabs": tabs,
        "status": status,
        "offered": publishable(request.post) if may(request.actor, PROPOSE) and not status else [],
    }
    return render(request, "desk/publications/list.html", context)


@desk_page(PROPOSE, methods=["GET", "POST"])
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """The public text of an answer, with what was found in it."""
    reply = reply_or_404(request, pk)
    there = running_publication(reply)
    if there is not None and request.method != "POST":
        return go_to(request, "desk:publications:detail", there.pk)
    title, text = public_text(reply)
    form = ProposeForm(posted(request), initial={"title": title, "text": text})
    if form.is_bound and form.is_valid():
        try:
            made = propose_publication(reply=reply, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, PROPOSE, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已提出，请保密审查员审查。")
            return go_to(request, "desk:publications:detail", made.pk)
    typed = form.data if form.is_bound else form.initial
    context = {
        "title": "提出公开答复",
        "reply": reply,
        "matter": reply.matter,
        "form": form,
        "hindrance": why_not_publish(reply),
        "findings": findings_in(reply, str(typed.get("title", "")), str(typed.get("text", ""))),
        "consent": consent_of(reply),
    }
    return render(request, "desk/publications/propose.html", context, status=422 if form.errors else 200)


def _publication_or_404(request: StaffRequest, pk: int) -> Publication:
    seen = Publication.objects.open_to(request.post).select_related(
        "matter__procuratorate", "matter__leader__staff", "reply__number", "reply__matter__procuratorate",
        "procuratorate", "proposed_by__staff", "checked_by__staff", "decided_by__staff", "taken_back_by__staff",
    )  # fmt: skip
    return get_object_or_404(seen, pk=pk)


@desk_page("disclosure.view")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One proposal: its text, what was found, who said what, what this post may do."""
    return _page(request, _publication_or_404(request, pk))


def _page(request: StaffRequest, publication: Publication, *, status: int = 200, **given: Any) -> HttpResponse:
    version = {"version": publication.version}
    actor, state = request.actor, publication.status
    offered: dict[str, BaseForm | None] = {
        "check": OpinionForm(initial=version) if state == "proposed" and may(actor, CHECK, publication) else None,
        "approve": OpinionForm(initial=version) if state == "checked" and may(actor, APPROVE, publication) else None,
        "take_back": TakeBackForm(initial=version)
        if state == "published" and may(actor, TAKE_BACK, publication)
        else None,
    }
    shown = offered | {name: form for name, form in given.items() if offered.get(name) is not None}
    lost = [form for name, form in given.items() if offered.get(name) is None]
    context: dict[str, Any] = {
        "title": f"公开：{publication.title}",
        "publication": publication,
        "matter": publication.matter,
        "findings": findings_in(publication.reply, publication.title, publication.text),
        "consent": consent_of(publication.reply),
        "sees_matter": Matter.objects.open_to(request.post).filter(pk=publication.matter_id).exists(),
        "sentences": sentences_of(*lost),
    } | shown
    return render(request, "desk/publications/detail.html", context, status=status)


@desk_page(CHECK, methods=["POST"])
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """The secrecy and privacy check."""
    form = OpinionForm(request.POST)
    passes = _pressed(request, form, "请选择审查通过或者退回。")

    def act(publication: Publication) -> None:
        check_publication(publication=publication, passes=passes, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, CHECK, form, act, "已通过审查，请院领导批准。" if passes else "已退回。", shown="check")


@desk_page(APPROVE, methods=["POST"])
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """The leader's word."""
    form = OpinionForm(request.POST)
    agrees = _pressed(request, form, "请选择批准公开或者退回。")

    def act(publication: Publication) -> None:
        approve_publication(publication=publication, agrees=agrees, actor=request.actor, at=now(), **form.cleaned_data)

    done = "已公开，人人可以在手机端查看。" if agrees else "已退回。"
    return _act(request, pk, APPROVE, form, act, done, shown="approve")


@desk_page(TAKE_BACK, methods=["POST"])
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Off the public page."""
    form = TakeBackForm(request.POST)

    def act(publication: Publication) -> None:
        take_back_publication(publication=publication, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, TAKE_BACK, form, act, "已撤下，公开页面上不再显示。", shown="take_back")


def _pressed(request: StaffRequest, form: BaseForm, sentence: str) -> bool:
    buttons = {"agree": True, "return": False}
    return pressed(form, buttons, request.POST.get("decision"), sentence=sentence) or False


def _act(
    request: StaffRequest, pk: int, verb: str, form: BaseForm, act: Callable[[Publication], None], done: str, *,
    shown: str,
) -> HttpResponse:  # fmt: skip
    publication, to = _publication_or_404(request, pk), ("desk:publications:detail", pk)
    about = target(publication.matter)
    went_on = carried_out(request, form, partial(act, publication), verb=verb, done=done, to=to, target=about)
    return went_on or _page(request, _publication_or_404(request, pk), status=422, **{shown: form})
