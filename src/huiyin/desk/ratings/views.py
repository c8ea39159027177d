"""Entering ratings: which letters still wait for theirs, the one-screen form, the call after a bad one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.ratings.forms import CallForm, RatingForm
from huiyin.desk.replies.page import reply_or_404
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import SECOND
from huiyin.matters.endings import letters_to_rate, ready_to_close
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Matter, Rating, RatingCall, Reply
from huiyin.matters.operations.ratings import record_call, record_rating
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.feedback import feedback_form
from huiyin.matters.rating_state import all_raters, grade_label, grades, redo_rule, standing
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import KEY_LENGTH, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset

VERB = "matters.record_rating"


@desk_page(VERB)
def waiting(request: StaffRequest) -> HttpResponse:
    """Letters whose ratings are still to come in, and on their own tab the matters that may end."""
    office, on = request.post.procuratorate, today()
    tab = "close" if request.GET.get("tab") == "close" else "rate"
    seen = Matter.objects.open_to(request.post)
    context: dict[str, Any] = {"title": "评价登记", "tab": tab, "may_close": may(request.actor, "matters.close")}
    if tab == "close":
        ready = ready_to_close(office, on).filter(pk__in=seen.values("pk")).prefetch_related("participants")
        paged = keyset(request, ready, size=30, unit="件")
        context |= {"matters": paged.rows, "pager": paged.pager}
    else:
        out = letters_to_rate(office, on).filter(matter__in=seen)
        letters = keyset(request, out.select_related("matter__procuratorate", "number"), size=30, unit="件")
        context |= {"rows": [_row(reply) for reply in _with_ratings(letters.rows)], "pager": letters.pager}
    return render(request, "desk/ratings/list.html", context)


def _with_ratings(replies: list[Reply]) -> list[Reply]:
    from django.db.models import prefetch_related_objects

    prefetch_related_objects(replies, "matter__participants", "ratings", "matter__deadlines")
    return replies


def _row(reply: Reply) -> dict[str, Any]:
    """One letter: who has rated it, who has not. Reads what was prefetched."""
    rated = {rating.participant_id for rating in reply.ratings.all() if rating.is_of_record}
    provisional = {rating.participant_id for rating in reply.ratings.all()} - rated
    signers = [each for each in reply.matter.participants.all() if each.role != "inquirer"]
    code = kind_of(reply.matter).limits.rating
    apart = reply.pk if reply.kind == SECOND else None
    days = [each for each in reply.matter.deadlines.all() if (each.limit_code, each.letter_id) == (code, apart)]
    due: Deadline | None = next((each for each in days if each.round == reply.round), None)
    return {
        "reply": reply,
        "done": len(rated & {each.pk for each in signers}),
        "all": len(signers),
        "missing": [each.name for each in signers if each.pk not in rated | provisional],
        "provisional": [each.name for each in signers if each.pk in provisional],
        "due": due,
    }


@desk_page(VERB, methods=["GET", "POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """The returned form on one screen; the next signer of a joint suggestion follows at once."""
    reply = reply_or_404(request, pk)
    if not kind_of(reply.matter).is_rated:
        raise Http404
    on = today()
    signers = reply.matter.participants.filter(pk__in=[each.pk for each in all_raters(reply)]).order_by("position")
    kept = keep_uploads(request, "scan", verb=VERB) if request.method == "POST" else None
    have = standing(reply)
    shared = _shared(reply, (request.POST if request.method == "POST" else request.GET).get("same_scan", ""))
    left = [each for each in signers if each.pk not in have or not have[each.pk].is_of_record]
    form = RatingForm(
        request.POST or None, participants=signers, grades=grades(reply.matter, on),
        redo=redo_rule(reply.matter, on),
        initial={
            "participant": left[0] if left else None, "rated_on": shared.rated_on if shared else on,
            "same_scan": shared.pk if shared else None,
        },
    )  # fmt: skip
    for sentence in kept.refusals if kept else ():
        form.add_error("scan", sentence)
    if kept and kept.last is not None:
        form.fields["scan"].help_text = f"已上传“{kept.last.name}”，不用再选；另选文件则替换。"
    elif shared is not None:
        form.fields["scan"].help_text = f"沿用登记{shared.participant.name}时的扫描件；另有一份的，选择文件替换。"
    if kept is not None and form.is_valid():
        scan = kept.last or (shared.scan if shared is not None else None)
        try:
            rating = record_rating(
                reply=reply, participant=form.cleaned_data["participant"], facts=form.facts(), scan=scan,
                actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(reply.matter)))
        else:
            more = "、".join(each.name for each in left if each.pk != rating.participant_id)
            told = f"还没有登记：{more}。" if more else ""
            messages.success(request, f"已登记{rating.participant.name}的评价。{told}")
            if not more:
                return go_to(request, "desk:matters:detail", reply.matter_id)
            there = reverse("desk:ratings:record", args=[pk])
            return HttpResponseRedirect(f"{there}?same_scan={rating.pk}" if "same" in request.POST else there)
    context: dict[str, Any] = {
        "title": "登记评价",
        "reply": reply,
        "matter": reply.matter,
        "form": form,
        "given": [_given(rating) for rating in have.values()],
        "left": left,
        "several": len(left) > 1,
        "sentences": sentences_of(form),
    }
    return render(request, "desk/ratings/record.html", context, status=422 if form.errors else 200)


def _shared(reply: Reply, typed: str) -> Rating | None:
    """The rating of the same letter whose scan holds another signer's form too."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= KEY_LENGTH):
        return None
    with_scan = reply.ratings.exclude(scan=None).select_related("participant", "scan")
    return with_scan.filter(pk=int(typed)).first()


def _given(rating: Rating) -> dict[str, Any]:
    on = rating.rated_on
    return {
        "rating": rating,
        "attitude": grade_label(rating.matter, rating.attitude, on),
        "result": grade_label(rating.matter, rating.result, on),
    }


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """A rating from a phone, printed as the form to be signed."""
    seen = Rating.objects.filter(matter__in=Matter.objects.open_to(request.post))
    rating = get_object_or_404(
        seen.select_related("reply__matter__procuratorate", "participant", "reply__number"), pk=pk
    )
    form = feedback_form(rating.reply, participant=rating.participant, rating=rating)
    name = f"{rating.reply.number or ''}征询意见表{rating.participant.name}"
    return printed(request, form, kind_or_404(kind), title="征询意见表", name=name, matter=rating.reply.matter)


@desk_page("matters.call_back", methods=["GET", "POST"])
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """The call the head of department owes."""
    seen = RatingCall.objects.filter(rating__matter__in=Matter.objects.open_to(request.post))
    owed = get_object_or_404(
        seen.select_related("rating__matter__procuratorate", "rating__participant", "rating__reply", "post__staff"),
        pk=pk,
    )
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_call(call=owed, words=form.cleaned_data["words"], actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.call_back", refusal, target=target(owed.rating.matter)))
        else:
            messages.success(request, "已登记通话情况。")
            return go_to(request, "desk:matters:detail", owed.rating.matter_id)
    context = {
        "title": "电话回访",
        "call": owed,
        "matter": owed.rating.matter,
        "given": _given(owed.rating),
        "form": form if owed.done_at is None and may(request.actor, "matters.call_back", owed.rating.matter) else None,
    }
    return render(request, "desk/ratings/call.html", context, status=422 if form.errors else 200)
