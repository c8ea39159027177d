"""Redo, close, and promises kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.matters.page import matter_or_404, rated_or_404
from huiyin.desk.ratings.forms import KeepForm, RedoForm
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import running_reply
from huiyin.matters.models import Commitment, Matter
from huiyin.matters.operations.closing import close, redo, why_not_close
from huiyin.matters.operations.commitments import keep_commitment
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rating_state import dissatisfied, letters_of_round, redo_rule
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused


@desk_page("matters.redo", methods=["GET", "POST"])
def redo_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Handle a matter anew because the book says so."""
    matter, on = rated_or_404(request, pk), today()
    unhappy = [each for letter in letters_of_round(matter) for each in dissatisfied(letter, on)]
    first = min((each.rated_on for each in unhappy), default=on)
    body = matter.suggestion.body
    initial = {"version": matter.version, "asked_on": first, "organ": body.name if body else ""}
    kept = keep_uploads(request, "scan", verb="matters.redo") if request.method == "POST" else Kept()
    form = RedoForm(posted(request), initial=initial)
    for sentence in kept.refusals:
        form.add_error("scan", sentence)
    if kept.last is not None:
        form.fields["scan"].help_text = f"已上传“{kept.last.name}”，不用再选；另选文件则替换。"
    if form.is_bound and form.is_valid():
        said, order = form.cleaned_data, form.to_order(body, kept.last)
        try:
            redo(
                matter=matter, asked_on=said["asked_on"], order=order, actor=request.actor, version=said["version"],
                at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.redo", refusal, target=target(matter)))
        else:
            messages.success(request, "已启动重新办理，已通知承办部门。")
            return go_to(request, "desk:matters:detail", pk)
    context = {"title": "重新办理", "matter": matter, "form": form, "unhappy": unhappy, "rule": redo_rule(matter, on)}
    return render(request, "desk/ratings/redo.html", context, status=422 if form.errors else 200)


@desk_page("matters.close", methods=["GET", "POST"])
def close_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """End an answered matter."""
    matter = matter_or_404(request, pk)
    form = VersionForm(posted(request), initial={"version": matter.version})
    sentence = why_not_close(matter, running_reply(matter), today())
    if request.method == "POST" and form.is_valid():
        try:
            close(matter=matter, actor=request.actor, version=form.cleaned_data["version"], at=now())
        except Refusal as refusal:
            sentence = refused(request, "matters.close", refusal, target=target(matter))
            status = 422
        else:
            messages.success(request, "已办结，可以归档。")
            return go_to(request, "desk:matters:detail", pk)
    else:
        status = 200
    context = {"title": "办结", "matter": matter, "form": form, "sentence": sentence}
    return render(request, "desk/ratings/close.html", context, status=status)


@desk_page("matters.keep_commitment", methods=["GET", "POST"])
def keep(request: StaffRequest, pk: int) -> HttpResponse:
    """A promise and what became of it."""
    seen = Commitment.objects.filter(matter__in=Matter.objects.open_to(request.post))
    commitment = get_object_or_404(
        seen.select_related("matter__procuratorate", "reply__number", "second_reply__number"), pk=pk
    )
    form = KeepForm(posted(request), initial={"done_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            keep_commitment(commitment=commitment, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.keep_commitment", refusal, target=target(commitment.matter)))
        else:
            owed = "请起草再行答复。" if commitment.is_owed_a_letter else ""
            messages.success(request, f"已登记承诺事项完成。{owed}")
            return go_to(request, "desk:matters:detail", commitment.matter_id)
    context = {
        "title": "承诺事项", "commitment": commitment, "matter": commitment.matter,
        "form": None if commitment.done_on else form,
        "milestones": commitment.milestones.all(),
        "may_set": may(request.actor, "matters.set_milestones", commitment.matter),
        "may_miss": commitment.done_on is None
        and commitment.promised_on <= today()
        and may(request.actor, "matters.miss_commitment", commitment.matter),
        "second_url": reverse("desk:ratings:second", args=[commitment.matter_id])
        if may(request.actor, "matters.draft_letter", commitment.matter)
        else "",
    }  # fmt: skip
    return render(request, "desk/ratings/commitment.html", context, status=422 if form.errors else 200)
