"""Recording a contact, reading it, printing it, the office head's note."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.acts.forms import ActForm, NoteForm
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Act, Matter
from huiyin.matters.operations.acts import add_head_note, record_act
from huiyin.matters.operations.undertakings import target
from huiyin.matters.papers.contacts import consult_record
from huiyin.matters.queries import running_parts
from huiyin.matters.together import others_of
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "matters.record_act"


@desk_page(VERB, methods=["GET", "POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Record a contact or an act of handling."""
    matter = matter_or_404(request, pk)
    signers = matter.participants.exclude(role="organ").order_by("position")
    organs = running_parts(matter).filter(organ__isnull=False).select_related("organ").order_by("id")
    kept = keep_uploads(request, "scan", verb=VERB) if request.method == "POST" else None
    form = ActForm(
        request.POST or None,
        participants=signers,
        organs=organs,
        together=[each for each in others_of(matter) if may(request.actor, VERB, each)],
        initial={"happened_on": today(), "participant": signers.first()},
    )
    for sentence in kept.refusals if kept else ():
        form.add_error("scan", sentence)
    if kept and kept.last is not None:
        form.fields["scan"].help_text = f"已上传“{kept.last.name}”，不用再选。"
    if kept is not None and form.is_valid():
        said = form.cleaned_data
        try:
            act = record_act(
                matter=matter, facts=form.facts(), participant=said["participant"],
                undertaking=said.get("together"), scan=kept.last, actor=request.actor, also=said.get("also", ()),
                request_key=said["request_key"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(matter)))
        else:
            messages.success(request, "已记录。")
            return go_to(request, "desk:acts:detail", act.pk)
    context: dict[str, Any] = {"title": "记录沟通", "matter": matter, "form": form}
    return render(request, "desk/acts/record.html", context, status=422 if form.errors else 200)


def _act_or_404(request: StaffRequest, pk: int) -> Act:
    acts = Act.objects.filter(matter__in=Matter.objects.open_to(request.post))
    found = acts.select_related(
        "matter__procuratorate",
        "participant",
        "undertaking__organ",
        "undertaking__department",
        "recorded_by__staff",
        "scan",
        "origin__matter",
    )
    return get_object_or_404(found, pk=pk)


@desk_page("matters.view")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One record."""
    return _page(request, _act_or_404(request, pk))


def _page(request: StaffRequest, act: Act, *, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    pairs = [
        ("事项", act.title), ("阶段", act.get_stage_display()), ("方式", act.get_mode_display()),
        ("日期", f"{act.happened_on:%Y-%m-%d}"), ("地点", act.place), ("参加人员", act.attendees),
        ("共同进行", act.undertaking.who if act.undertaking and act.undertaking.organ_id else ""),
        ("联合单位参加人员", act.organ_attendees),
        ("对方", act.participant.name if act.participant else ""),
        ("并案记录", f"与{act.origin.matter.known_as}一并沟通" if act.origin else ""),
        ("记录人", act.recorded_by.label), ("对方签名", "已签名" if act.signed_by_deputy else ""),
    ]  # fmt: skip
    texts = [
        ("对方意见", act.deputy_words), ("我方说明", act.our_words), ("达成事项", act.agreed),
        ("未进行的原因", act.reason_not_held), ("办公室负责人说明", act.head_note),
    ]  # fmt: skip
    may_note = not act.held and not act.head_note and may(request.actor, "matters.note_absence", act.matter)
    context: dict[str, Any] = {
        "title": f"{act.title}记录",
        "act": act,
        "matter": act.matter,
        "facts": [{"label": label, "text": text} for label, text in pairs if text],
        "texts": [(label, text) for label, text in texts if text],
        "form": form or (NoteForm() if may_note else None),
    }
    return render(request, "desk/acts/detail.html", context, status=status)


@desk_page("matters.note_absence", methods=["POST"])
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """The office head's note."""
    act = _act_or_404(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            add_head_note(act=act, note=form.cleaned_data["note"], actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, "matters.note_absence", refusal, target=target(act.matter)))
        else:
            messages.success(request, "已补充说明。")
            return go_to(request, "desk:acts:detail", pk)
    return _page(request, act, form=form, status=422)


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """面商记录."""
    act, form = _act_or_404(request, pk), kind_or_404(kind)
    name = f"{act.matter.number}面商记录"
    return printed(request, consult_record(act), form, title="面商记录", name=name, matter=act.matter)
