"""The lead unit's reply; joint handling and the other organ's signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.joint.forms import CountersignForm, OutsideReplyForm
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.replies.page import reply_or_404
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.joint import awaiting_lead
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.operations.joint import countersign, join
from huiyin.matters.operations.outside import record_outside_reply
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset

RECORD, COUNTERSIGN, JOIN = "matters.record_outside_reply", "matters.countersign", "matters.join"


@desk_page("matters.await_replies")
def awaiting(request: StaffRequest) -> HttpResponse:
    """Assisted matters that lack the lead unit's reply, in the order they were registered."""
    own = Matter.objects.open_to(request.post)
    waiting = awaiting_lead(own).select_related("suggestion").annotate(sent_on=Max("replies__issued_on"))
    paged = keyset(request, waiting, key="id", unit="件")
    on = today()
    rows = [{"matter": matter, "days": (on - matter.sent_on).days} for matter in paged.rows]  # type: ignore[attr-defined]
    context = {"title": "待收主办单位答复", "rows": rows, "pager": paged.pager, "on": on}
    return render(request, "desk/joint/awaiting.html", context)


@desk_page(RECORD, methods=["GET", "POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """The reply of the unit that leads, for our file."""
    matter = matter_or_404(request, pk)
    leads = matter.handler_role == HandlerRole.ASSIST
    kept = keep_uploads(request, "scan", verb=RECORD) if request.method == "POST" else None
    initial = {"organ": matter.suggestion.lead_unit if leads else "", "received_on": today()}
    form = OutsideReplyForm(posted(request), kept=kept, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            record_outside_reply(
                matter=matter, facts=form.facts(), scan=form.kept.last, actor=request.actor,
                request_key=form.cleaned_data["request_key"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, RECORD, refusal, target=target(matter)))
        else:
            messages.success(request, "已登记，答复已入卷。")
            return go_to(request, "desk:matters:detail", pk)
    title = "登记主办单位答复" if leads else "登记分办单位答复"
    context = {"title": title, "matter": matter, "form": form, "leads": leads}
    return render(request, "desk/joint/record.html", context, status=422 if form.errors else 200)


def part_or_404(request: StaffRequest, pk: int) -> Undertaking:
    """An outside organ's part of a matter this post may open."""
    parts = Undertaking.objects.filter(matter__in=Matter.objects.open_to(request.post), organ__isnull=False)
    found = parts.exclude(status="moved").select_related("matter__procuratorate", "matter__leader", "organ")
    return get_object_or_404(found, pk=pk)


@desk_page(JOIN, methods=["GET", "POST"])
def join_organ(request: StaffRequest, pk: int) -> HttpResponse:
    """Handle the matter together with this organ, or no longer so."""
    part = part_or_404(request, pk)
    form = VersionForm(posted(request), initial={"version": part.version})
    if form.is_bound and form.is_valid():
        jointly = not part.is_joint
        try:
            join(undertaking=part, jointly=jointly, actor=request.actor, version=form.cleaned_data["version"], at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, JOIN, refusal, target=target(part.matter)))
        else:
            done = f"已确定与{part.who}联合办理、联合答复。" if jointly else f"已改为{part.who}只提协办意见。"
            messages.success(request, done)
            return go_to(request, "desk:matters:detail", part.matter_id)
    context = {"title": f"与{part.who}联合办理", "part": part, "matter": part.matter, "form": form}
    return render(request, "desk/joint/join.html", context, status=422 if form.errors else 200)


@desk_page(COUNTERSIGN, methods=["GET", "POST"])
def sign_too(request: StaffRequest, pk: int, part: int) -> HttpResponse:
    """The other organ's signature under our joint reply."""
    reply = reply_or_404(request, pk)
    undertaking = part_or_404(request, part)
    if undertaking.matter_id != reply.matter_id:
        return go_to(request, "desk:replies:detail", pk)
    kept = keep_uploads(request, "scan", verb=COUNTERSIGN) if request.method == "POST" else None
    initial: dict[str, Any] = {"version": reply.version, "signed_on": today()}
    form = CountersignForm(posted(request), kept=kept, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            countersign(
                reply=reply, undertaking=undertaking, signed=form.signed(), scan=form.kept.last, actor=request.actor,
                version=form.cleaned_data["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, COUNTERSIGN, refusal, target=target(reply.matter)))
        else:
            messages.success(request, f"已登记{undertaking.who}会签。")
            return go_to(request, "desk:replies:detail", pk)
    context = {
        "title": f"登记{undertaking.who}会签", "reply": reply, "matter": reply.matter, "form": form,
        "may_sign": may(request.actor, COUNTERSIGN, reply.matter),
    }  # fmt: skip
    return render(request, "desk/joint/countersign.html", context, status=422 if form.errors else 200)
