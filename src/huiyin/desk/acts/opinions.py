"""Assistants: urging, giving an opinion, going on without one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.acts.forms import LeaveOutForm, OpinionForm, UrgeForm
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Act, Matter, Undertaking
from huiyin.matters.operations.acts import urge
from huiyin.matters.operations.opinions import give_opinion, leave_out, reminders_wanted
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import ActKind, Mode
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

GIVE = "matters.give_opinion"


def _part_or_404(request: StaffRequest, pk: int) -> Undertaking:
    seen = Undertaking.objects.filter(matter__in=Matter.objects.open_to(request.post), role="assist")
    parts = seen.select_related("matter__procuratorate", "matter__leader", "department", "organ", "opinion_file")
    return get_object_or_404(parts.exclude(status="moved"), pk=pk)


@desk_page(GIVE, methods=["GET", "POST"])
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """The opinion of one assistant, and what was done to get it."""
    part = _part_or_404(request, pk)
    if request.method != "POST":
        return _page(request, part)
    kept = keep_uploads(request, "file", verb=GIVE)
    form = OpinionForm(request.POST)
    for sentence in kept.refusals:
        form.add_error("file", sentence)
    if form.is_valid():
        said = form.cleaned_data
        try:
            give_opinion(
                undertaking=part, opinion=said["opinion"], has_opinion=said["has_opinion"] == "yes",
                received_on=said["received_on"], file=kept.last, actor=request.actor, version=said["version"],
                at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, GIVE, refusal, target=target(part.matter)))
        else:
            messages.success(request, "协办意见已反馈。")
            return go_to(request, "desk:matters:detail", part.matter_id)
    return _page(request, _part_or_404(request, pk), opinion=form, status=422)


@desk_page("matters.urge", methods=["POST"])
def urge_assistant(request: StaffRequest, pk: int) -> HttpResponse:
    """Remind an assistant, on record."""
    part = _part_or_404(request, pk)
    form = UrgeForm(request.POST, auto_id="urge_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            urge(
                undertaking=part, words=said["words"], mode=Mode(said["mode"]), actor=request.actor,
                request_key=said["request_key"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.urge", refusal, target=target(part.matter)))
        else:
            messages.success(request, f"已催办{part.who}。")
            return go_to(request, "desk:matters:detail", part.matter_id)
    return _page(request, part, urging=form, status=422)


@desk_page("matters.leave_out_opinion", methods=["POST"])
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """A leader lets the letter go up without an opinion."""
    part = _part_or_404(request, pk)
    form = LeaveOutForm(request.POST, auto_id="leave_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            leave_out(undertaking=part, note=said["note"], actor=request.actor, version=said["version"], at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.leave_out_opinion", refusal, target=target(part.matter)))
        else:
            messages.success(request, f"已同意不再等候{part.who}的意见。")
            return go_to(request, "desk:matters:detail", part.matter_id)
    return _page(request, _part_or_404(request, pk), leaving=form, status=422)


def _page(
    request: StaffRequest,
    part: Undertaking,
    *,
    opinion: OpinionForm | None = None,
    urging: UrgeForm | None = None,
    leaving: LeaveOutForm | None = None,
    status: int = 200,
) -> HttpResponse:
    waits = part.opinion_state == "none"
    may_give = waits and may(request.actor, GIVE, part)
    may_urge = waits and may(request.actor, "matters.urge", part.matter)
    may_leave = waits and may(request.actor, "matters.leave_out_opinion", part.matter)
    unseen = [None if may_give else opinion, None if may_urge else urging, None if may_leave else leaving]
    version = {"version": part.version}
    urges = Act.objects.filter(undertaking=part, kind=ActKind.URGE).select_related("recorded_by__staff")
    context: dict[str, Any] = {
        "title": f"{part.who}的协办意见",
        "part": part,
        "matter": part.matter,
        "urges": list(urges),
        "wanted": reminders_wanted(part, today()),
        "form": opinion or OpinionForm(initial=version | {"received_on": today()}),
        "urging": urging or UrgeForm(auto_id="urge_%s"),
        "leaving": leaving or LeaveOutForm(initial=version, auto_id="leave_%s"),
        "may_give": may_give,
        "may_urge": may_urge,
        "may_leave": may_leave,
        "sentences": sentences_of(*unseen),
    }
    return render(request, "desk/acts/opinion.html", context, status=status)
