"""Opening, watching, reminding and closing; what the votes came to is shown once closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.matters.forms import say_kept
from huiyin.desk.polls.forms import BallotsForm, OpenForm
from huiyin.desk.replies.page import reply_or_404
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, Poll
from huiyin.matters.operations.ballots import take_ballots as take
from huiyin.matters.operations.polls import close_poll, open_poll, remind_poll
from huiyin.matters.operations.undertakings import target
from huiyin.matters.polls import is_open, result_of
from huiyin.matters.rating_state import grade_label, standing
from huiyin.organisations.permissions import may
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

OPEN: Final = "matters.open_poll"
BALLOTS: Final = "matters.take_ballots"


@desk_page(OPEN, methods=["GET", "POST"])
def open_to_all(request: StaffRequest, pk: int) -> HttpResponse:
    """On the congress office's letter only."""
    reply, on = reply_or_404(request, pk), today()
    there = Poll.objects.filter(reply=reply).first()
    if there is not None and request.method != "POST":
        return go_to(request, "desk:polls:detail", there.pk)
    kept = keep_uploads(request, "scan", verb=OPEN) if request.method == "POST" else Kept()
    body = reply.matter.suggestion.body
    form = OpenForm(posted(request), initial={"organ": body.name if body else "", "from_on": on})
    for sentence in kept.refusals:
        form.add_error("scan", sentence)
    if kept.last is not None:
        form.fields["scan"].help_text = f"已上传“{kept.last.name}”，不用再选；另选文件则替换。"
    if form.is_bound and form.is_valid():
        try:
            poll = open_poll(
                reply=reply, order=form.order(body, kept.last), facts=form.facts(), actor=request.actor, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, OPEN, refusal, target=target(reply.matter)))
        else:
            messages.success(request, "已开放评议，已通知本级代表。")
            return go_to(request, "desk:polls:detail", poll.pk)
    context = {"title": "开放全体代表评议", "reply": reply, "matter": reply.matter, "form": form}
    return render(request, "desk/polls/open.html", context, status=422 if form.errors else 200)


def _poll_or_404(request: StaffRequest, pk: int) -> Poll:
    seen = Poll.objects.filter(reply__matter__in=Matter.objects.open_to(request.post))
    found = seen.select_related(
        "reply__matter__procuratorate", "reply__number", "consent__scan", "opened_by__staff", "closed_by__staff"
    )
    return get_object_or_404(found, pk=pk)


@desk_page("matters.view_poll")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who was asked and who voted; the result once closed, beside the lead deputy's own."""
    return _page(request, _poll_or_404(request, pk))


def _ballots_form(poll: Poll, data: Any = None) -> BallotsForm:
    waiting = [voter for voter in poll.voters.order_by("id") if voter.voted_on is None]
    initial = {"received_on": min(today(), poll.until_on)}
    return BallotsForm(data, waiting=waiting, tallies=list(poll.tallies.all()), initial=initial)


@desk_page(BALLOTS, methods=["POST"])
def take_ballots(request: StaffRequest, pk: int) -> HttpResponse:
    """A bundle of paper ballots of deputies without an account."""
    poll = _poll_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=BALLOTS)
    form = _ballots_form(poll, request.POST)
    say_kept(form, "scan", kept)

    def act() -> None:
        said = form.cleaned_data
        take(
            poll=poll, voters=list(said["voters"]), counts=form.counts(), received_on=said["received_on"],
            scan=kept.last, request_key=said["request_key"], actor=request.actor, at=now(),
        )  # fmt: skip

    about, to = target(poll.reply.matter), ("desk:polls:detail", pk)
    done = "已代录，票数只计入总数。"
    went_on = carried_out(request, form, act, verb=BALLOTS, done=done, to=to, target=about)
    return went_on or _page(request, _poll_or_404(request, pk), ballots=form, status=422)


def _page(
    request: StaffRequest, poll: Poll, *, form: VersionForm | None = None, ballots: BallotsForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    voters = list(poll.voters.order_by("id"))
    on, matter = today(), poll.reply.matter
    lead = next((each for each in standing(poll.reply).values() if each.participant.role == "lead"), None)
    all_voted = all(voter.voted_on for voter in voters)
    takes = poll.closed_at is None and not all_voted and on >= poll.from_on and may(request.actor, BALLOTS)
    result = result_of(poll) if poll.closed_at else None
    context: dict[str, Any] = {
        "title": "全体代表评议",
        "poll": poll,
        "matter": matter,
        "reply": poll.reply,
        "voters": voters,
        "voted": sum(voter.voted_on is not None for voter in voters),
        "result": result if result and not result.is_withheld else None,
        "withheld": result is not None and result.is_withheld,
        "tallies": list(poll.tallies.all()) if result and not result.is_withheld else [],
        "lead": lead,
        "lead_result": grade_label(matter, lead.result, on) if lead else "",
        "may_remind": poll.reminded_at is None and is_open(poll, on) and may(request.actor, "matters.remind_poll"),
        "may_close": poll.closed_at is None
        and (on > poll.until_on or all_voted)
        and may(request.actor, "matters.close_poll"),
        "bundles": list(poll.bundles.select_related("scan", "recorded_by__staff")),
        "ballots": (ballots or _ballots_form(poll)) if takes else None,
        "sentences": sentences_of(form, None if takes else ballots),
    }
    return render(request, "desk/polls/detail.html", context, status=status)


@desk_page("matters.remind_poll", methods=["POST"])
def remind(request: StaffRequest, pk: int) -> HttpResponse:
    """Once."""
    return _act(request, pk, "matters.remind_poll", remind_poll, "已提醒还没有评议的代表。")


@desk_page("matters.close_poll", methods=["POST"])
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """The end of it."""
    return _act(request, pk, "matters.close_poll", close_poll, "评议已经结束，结果如下。")


def _act(request: StaffRequest, pk: int, verb: str, act: Callable[..., Poll], done: str) -> HttpResponse:
    poll, form = _poll_or_404(request, pk), VersionForm(request.POST)

    def bound() -> None:
        act(poll=poll, actor=request.actor, version=form.cleaned_data["version"], at=now())

    about, to = target(poll.reply.matter), ("desk:polls:detail", pk)
    went_on = carried_out(request, form, bound, verb=verb, done=done, to=to, target=about)
    return went_on or _page(request, _poll_or_404(request, pk), form=form, status=422)
