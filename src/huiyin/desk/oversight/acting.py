"""Acts on one such matter: opinions noted, answered, taken up; settled; what came of the answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.measures.forms import MeasureForm
from huiyin.desk.measures.views import OWNERS
from huiyin.desk.oversight.entering import oversight_or_404
from huiyin.desk.oversight.forms import AnswerForm, OpinionForm, ResultForm
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import posts_with
from huiyin.organisations.queries import posts_of
from huiyin.oversight.models import Opinion
from huiyin.oversight.operations.endings import record_result, settle, why_not_settle
from huiyin.oversight.operations.opinions import answer_opinion, note_opinion, take_up_opinion
from huiyin.oversight.queries import oversights_open_to
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, posted

NOTE, ANSWER, TAKE_UP = "oversight.note_opinion", "oversight.answer_opinion", "oversight.take_up"
SETTLE, RESULT = "oversight.settle", "oversight.record_result"
PAGE = "desk/oversight/act.html"


def _opinion_or_404(request: StaffRequest, pk: int) -> Opinion:
    rows = Opinion.objects.filter(oversight__in=oversights_open_to(request.post))
    return get_object_or_404(rows.select_related("oversight__matter__procuratorate"), pk=pk)


def _front(matter: Matter) -> tuple[object, ...]:
    return ("desk:matters:detail", matter.pk)


@desk_page(NOTE, methods=["GET", "POST"])
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """One more opinion or question."""
    matter, found = oversight_or_404(request, pk)
    form = OpinionForm(posted(request))
    done = form.is_bound and carried_out(
        request, form, lambda: note_opinion(oversight=found, actor=request.actor, at=now(), **form.cleaned_data),
        verb=NOTE, done="已补记。", to=_front(matter), target=target(matter),
    )  # fmt: skip
    context = {"title": "补记意见", "matter": matter, "form": form, "lead_in": matter.title, "button": "补记"}
    return done or render(request, PAGE, context, status=422 if form.errors else 200)


@desk_page(ANSWER, methods=["GET", "POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What was answered to an opinion, on the spot or later."""
    opinion = _opinion_or_404(request, pk)
    oversight = opinion.oversight
    matter = oversight.matter
    begun = oversight.held_on if oversight.listener_id else None
    initial = {
        "version": opinion.version, "answer": opinion.answer, "answered_on": opinion.answered_on or begun or today(),
        "answered_by": opinion.answered_by_id or oversight.listener_id, "on_the_spot": opinion.on_the_spot,
    }  # fmt: skip
    here = {each.pk: each for each in posts_of(matter.procuratorate, today())}
    kept = {each.pk: each for each in (opinion.answered_by, oversight.listener) if each is not None}
    form = AnswerForm(posted(request), posts=list((here | kept).values()), initial=initial)
    done = form.is_bound and carried_out(
        request, form, lambda: answer_opinion(opinion=opinion, actor=request.actor, at=now(), **form.cleaned_data),
        verb=ANSWER, done="已登记答复。", to=_front(matter), target=target(matter),
    )  # fmt: skip
    context = {
        "title": f"答复第{opinion.position}条意见", "matter": matter, "form": form, "lead_in": opinion.text,
        "button": "登记答复",
    }  # fmt: skip
    return done or render(request, PAGE, context, status=422 if form.errors else 200)


@desk_page(TAKE_UP, methods=["GET", "POST"])
def take_up(request: StaffRequest, pk: int) -> HttpResponse:
    """A department takes an opinion up with a measure."""
    opinion = _opinion_or_404(request, pk)
    matter = opinion.oversight.matter
    owners = posts_with(matter.procuratorate, *OWNERS, on=today())
    form = TakeUpForm(posted(request), owners=owners, initial={"version": opinion.version})
    done = form.is_bound and carried_out(
        request, form,
        lambda: take_up_opinion(
            opinion=opinion, facts=form.facts(), request_key=form.cleaned_data["request_key"], actor=request.actor,
            version=form.cleaned_data["version"], at=now(),
        ),
        verb=TAKE_UP, done="已定措施，落实情况在改进措施里跟踪。", to=_front(matter), target=target(matter),
    )  # fmt: skip
    context = {
        "title": f"承办第{opinion.position}条意见", "matter": matter, "form": form, "lead_in": opinion.text,
        "button": "定措施",
    }  # fmt: skip
    return done or render(request, PAGE, context, status=422 if form.errors else 200)


class TakeUpForm(VersionForm, MeasureForm):
    """The measure by which an opinion is taken up; its source is the matter."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["source"]


@desk_page(SETTLE, methods=["GET", "POST"])
def settle_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """End a delegation's opinions without a letter."""
    matter, found = oversight_or_404(request, pk)
    form = VersionForm(posted(request), initial={"version": matter.version})
    done = form.is_bound and carried_out(
        request, form,
        lambda: settle(oversight=found, actor=request.actor, version=form.cleaned_data["version"], at=now()),
        verb=SETTLE, done="已当场答复办结；改进措施继续跟踪到年底。", to=_front(matter), target=target(matter),
    )  # fmt: skip
    context = {
        "title": "当场答复办结", "matter": matter, "form": form, "button": "办结",
        "lead_in": "每条意见都已当场答复或者定了措施的，不另行书面反馈。",
        "hindrance": "" if form.is_bound else why_not_settle(found),
        "confirm": "办结后不再书面反馈代表团。确定吗？",
    }  # fmt: skip
    return done or render(request, PAGE, context, status=422 if form.errors else 200)


@desk_page(RESULT, methods=["GET", "POST"])
def result(request: StaffRequest, pk: int) -> HttpResponse:
    """What whoever asked made of the answer."""
    matter, found = oversight_or_404(request, pk)
    kept = keep_uploads(request, "scan", verb=RESULT) if request.method == "POST" else Kept()
    form = ResultForm(posted(request), initial={"version": matter.version, "on": today(), "result": found.result})
    for sentence in kept.refusals:
        form.add_error("scan", sentence)
    if kept.last is not None:
        form.fields["scan"].help_text = f"已上传“{kept.last.name}”，不用再选；另选文件则替换。"
    done = form.is_bound and carried_out(
        request, form,
        lambda: record_result(
            oversight=found, facts=form.result_facts(matter.suggestion.body, kept.last), actor=request.actor,
            version=form.cleaned_data["version"], at=now(),
        ),
        verb=RESULT, done="已记录结果。", to=_front(matter), target=target(matter),
    )  # fmt: skip
    context = {
        "title": "记录监督结果", "matter": matter, "form": form, "button": "记录", "lead_in": matter.title,
        "upload": True,
    }  # fmt: skip
    return done or render(request, PAGE, context, status=422 if form.errors else 200)
