"""改进措施: the year's list, resolving one, its notes and its end."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.due import words
from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.measures.forms import EndForm, MeasureForm, NoteForm
from huiyin.kernel.refusals import Refusal
from huiyin.matters.measuring import measures_open_to
from huiyin.matters.models import Matter, Measure
from huiyin.matters.operations.exports import note_export
from huiyin.matters.operations.measures import end_measure, note_measure, open_measure, target_of, why_kept_open
from huiyin.matters.rules.following import MEASURE_LABELS, MeasureState
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.forms import pressed, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VIEW, OPEN, NOTE, END = (
    "matters.list_measures", "matters.open_measure", "matters.note_measure", "matters.end_measure",
)  # fmt: skip
COLUMNS: Final = (
    ("措施", 48), ("来源", 28), ("责任部门", 24), ("责任人", 12), ("提出日", 12), ("完成期限", 12), ("状态", 10),
    ("落实日期", 12), ("落实情况或者原因", 48), ("最近进展", 48), ("重点项目任务", 36),
)  # fmt: skip
UNFINISHED: Final = "unfinished"
PLANNED: Final = "planned"
STATES: Final = {state.value: label for state, label in MEASURE_LABELS.items()} | {
    UNFINISHED: "年底没有落实的",
    PLANNED: "纳入重点项目任务的",
}
OWNERS: Final = (Role.DEPARTMENT_HEAD, Role.HANDLER, Role.OFFICE_HEAD, Role.LIAISON_OFFICE)


def _chosen(request: StaffRequest, asked: Any) -> tuple[QuerySet[Measure], int, str]:
    """The measures of a year (begun in it, or open into it), narrowed by how far they are."""
    on = today()
    typed, state = asked.get("year", ""), asked.get("state", "")
    year = int(typed) if typed.isascii() and typed.isdecimal() and 2000 <= int(typed[:4]) <= 2100 else on.year
    last, first = date(year, 12, 31), date(year, 1, 1)
    seen = measures_open_to(request.post, on=on).filter(starts_on__lte=last)
    rows = seen.filter(Q(ended_on=None) | Q(ended_on__gte=first))
    if state == UNFINISHED:
        rows = rows.filter(~Q(status=MeasureState.DONE) | Q(ended_on__gt=last))
    elif state == PLANNED:
        rows = rows.exclude(plan_item="")
    elif state in STATES:
        rows = rows.filter(status=state)
    else:
        state = ""
    return rows.select_related("department", "owner__staff", "matter"), year, state


@desk_page(VIEW)
def measures(request: StaffRequest) -> HttpResponse:
    """The year's measures."""
    rows, year, state = _chosen(request, request.GET)
    paged = keyset(request, rows, size=40, unit="项")
    on, working_days = today(), calendar()
    context: dict[str, Any] = {
        "title": "改进措施", "year": year, "years": [on.year - 1, on.year, on.year + 1], "state": state,
        "states": STATES, "pager": paged.pager, "rows": [_row(each, on, working_days) for each in paged.rows],
        "may_open": may(request.actor, OPEN), "may_export": may(request.actor, "matters.export"),
    }  # fmt: skip
    return render(request, "desk/measures/list.html", context)


def _row(measure: Measure, on: date, working_days: Any) -> dict[str, Any]:
    late = measure.status == MeasureState.OPEN and measure.due_on < on
    rung = {"done": "done", "not_done": "calm"}.get(measure.status, "overdue" if late else "calm")
    is_open = measure.status == MeasureState.OPEN
    said = words(measure.due_on, on, working_days) if is_open else measure.get_status_display()
    return {"measure": measure, "rung": rung, "words": said}


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The list as it is filtered, as .xlsx; by POST, since it leaves a record."""
    rows, year, state = _chosen(request, request.POST)
    whole = list(rows.prefetch_related("notes").order_by("due_on", "id"))
    filters = {"year": str(year), "state": state}
    note_export(rows=len(whole), filters=filters, label="改进措施", actor=request.actor, at=now())
    content = xlsx("改进措施", COLUMNS, map(_cells, whole))
    return bytes_response(f"改进措施{year}.xlsx", XLSX, content)


def _cells(measure: Measure) -> list[Cell]:
    notes = [note.text for note in measure.notes.all()]
    return [
        measure.text, measure.source, str(measure.department), measure.owner.staff.name, measure.starts_on.isoformat(),
        measure.due_on.isoformat(), measure.get_status_display(),
        measure.ended_on.isoformat() if measure.ended_on else "", measure.outcome, notes[-1] if notes else "",
        measure.plan_item,
    ]  # fmt: skip


def owners(request: StaffRequest) -> list[Post]:
    """Who may answer for a measure: of the whole office, or of the reader's own department."""
    held = Post.objects.held_on(today()).filter(
        procuratorate=request.post.procuratorate_id, department__isnull=False, role__in=OWNERS
    )
    if request.post.role_enum in {Role.DEPARTMENT_HEAD, Role.HANDLER}:
        held = held.filter(department=request.post.department_id)
    return list(held.select_related("staff", "department").order_by("department__position", "id"))


@desk_page(OPEN, methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Resolve one; ?matter= the matter it is of."""
    asked = (request.POST if request.method == "POST" else request.GET).get("matter", "")
    matter: Matter | None = None
    if asked:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
            raise Http404
        matter = matter_or_404(request, int(asked))
    form = MeasureForm(posted(request), owners=owners(request))
    if form.is_bound and form.is_valid():
        try:
            made = open_measure(
                facts=form.facts(), matter=matter, request_key=form.cleaned_data["request_key"], actor=request.actor,
                at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, OPEN, refusal))
        else:
            messages.success(request, "已登记改进措施，已通知责任人。")
            return go_to(request, "desk:measures:detail", made.pk)
    context = {"title": "登记改进措施", "form": form, "matter": matter, "may_list": may(request.actor, VIEW)}
    return render(request, "desk/measures/enter.html", context, status=422 if form.errors else 200)


def _measure_or_404(request: StaffRequest, pk: int) -> Measure:
    rows = measures_open_to(request.post, on=today()).select_related(
        "procuratorate", "department", "owner__staff", "matter", "revisit", "opened_by__staff", "ended_by__staff"
    )
    return get_object_or_404(rows, pk=pk)


@desk_page(VIEW)
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    """One measure."""
    return _page(request, _measure_or_404(request, pk))


@desk_page(NOTE, methods=["POST"])
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Note how far it has come."""
    found, form = _measure_or_404(request, pk), NoteForm(request.POST)
    if form.is_valid():
        try:
            note_measure(measure=found, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, NOTE, refusal, target=target_of(found)))
        else:
            messages.success(request, "已记录进展。")
            return go_to(request, "desk:measures:detail", pk)
    return _page(request, _measure_or_404(request, pk), note_form=form)


@desk_page(END, methods=["POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End it."""
    found, form = _measure_or_404(request, pk), EndForm(request.POST)
    asked = request.POST.get("decision")
    done = pressed(form, {"done": True, "not_done": False}, asked, sentence="请选择已经落实或者没有落实。") or False
    if form.is_valid():
        try:
            end_measure(measure=found, done=done, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, END, refusal, target=target_of(found)))
        else:
            messages.success(request, "已登记落实情况。")
            return go_to(request, "desk:measures:detail", pk)
    return _page(request, _measure_or_404(request, pk), end_form=form)


def _page(request: StaffRequest, found: Measure, **given: BaseForm) -> HttpResponse:
    is_open = found.status == MeasureState.OPEN
    offered: dict[str, BaseForm] = {}
    if is_open and may(request.actor, NOTE, found):
        offered["note_form"] = NoteForm(initial={"plan_item": found.plan_item})
    kept = why_kept_open(found) if is_open else ""
    if is_open and not kept and may(request.actor, END, found):
        offered["end_form"] = EndForm(initial={"version": found.version, "ended_on": today()})
    shown = offered | {name: form for name, form in given.items() if name in offered}
    sees = found.matter_id is not None and Matter.objects.open_to(request.post).filter(pk=found.matter_id).exists()
    context: dict[str, Any] = {
        "title": "改进措施",
        "measure": found,
        "sees_matter": sees,
        "kept": kept,
        "day": _row(found, today(), calendar()),
        "notes": found.notes.select_related("noted_by__staff"),
        "sentences": sentences_of(*(form for name, form in given.items() if name not in offered)),
        **shown,
    }
    return render(request, "desk/measures/detail.html", context, status=422 if given else 200)
