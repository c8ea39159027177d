"""回访: the list of those owed and those made, one revisit, one more planned."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.due import face
from huiyin.desk.matters.page import rated_or_404
from huiyin.desk.revisits.forms import DropForm, RevisitForm
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, Revisit
from huiyin.matters.operations.exports import note_export
from huiyin.matters.operations.revisits import drop_revisit, plan_revisit, promises_of, record_revisit
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules.following import RevisitState
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset
from huiyin.web.sheets import Cell, xlsx

VIEW, RECORD, PLAN, DROP = (
    "matters.list_revisits", "matters.record_revisit", "matters.plan_revisit", "matters.drop_revisit",
)  # fmt: skip
COLUMNS: Final = (
    ("编号", 14), ("收文号", 20), ("题目", 48), ("第几次", 8), ("答复文号", 24), ("印发日期", 12), ("回访期限", 12),
    ("由谁回访", 24), ("回访日期", 12), ("方式", 10), ("回访对象", 12), ("本人的话", 48), ("我方说明", 40),
    ("结果", 20),
)  # fmt: skip
TABS: Final = {"owed": "待回访", "done": "已回访"}


@desk_page(VIEW)
def revisits(request: StaffRequest) -> HttpResponse:
    """Those owed, in the order they were begun, or those made, the latest first."""
    on = today()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "owed"
    seen = Revisit.objects.filter(matter__in=Matter.objects.open_to(request.post))
    whole = seen.select_related("matter", "post__staff", "participant", "reply__number").prefetch_related("deadlines")
    if tab == "owed":
        paged = keyset(request, whole.filter(state=RevisitState.OWED), key="id", size=30, unit="次")
    else:
        paged = keyset(request, whole.filter(state=RevisitState.DONE), size=30, unit="次")
    front, working_days = reverse("desk:revisits:list"), calendar()
    context: dict[str, Any] = {
        "title": "回访", "tab": tab, "pager": paged.pager, "may_export": may(request.actor, "matters.export"),
        "tabs": [{"label": label, "url": f"{front}?tab={code}", "on": code == tab} for code, label in TABS.items()],
        "rows": [{"revisit": each, "face": _face(each, on, working_days)} for each in paged.rows],
    }  # fmt: skip
    return render(request, "desk/revisits/list.html", context)


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The list as it is shown, as .xlsx; by POST, since it leaves a record."""
    tab = request.POST.get("tab", "")
    tab = tab if tab in TABS else "owed"
    seen = Revisit.objects.filter(matter__in=Matter.objects.open_to(request.post), state=tab)
    whole = seen.select_related("matter", "post__staff", "participant", "reply__number").prefetch_related("deadlines")
    rows = list(whole.order_by("id"))
    note_export(rows=len(rows), filters={"tab": tab}, label=f"回访：{TABS[tab]}", actor=request.actor, at=now())
    return bytes_response(f"{TABS[tab]}{today():%Y%m%d}.xlsx", XLSX, xlsx(TABS[tab], COLUMNS, map(_cells, rows)))


def _cells(revisit: Revisit) -> list[Cell]:
    matter, day = revisit.matter, max(revisit.deadlines.all(), key=lambda each: each.pk, default=None)
    return [
        matter.external_number, matter.number, matter.title, revisit.turn, str(revisit.reply.number or ""),
        _iso(revisit.reply.issued_on), _iso(day.due_on if day else None), revisit.post.label if revisit.post else "",
        _iso(revisit.held_on), revisit.get_mode_display() if revisit.mode else "",
        revisit.participant.name if revisit.participant else "", revisit.deputy_words, revisit.our_words,
        revisit.get_result_display() if revisit.result else "",
    ]  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _face(revisit: Revisit, on: Any, working_days: Any) -> dict[str, Any] | None:
    running = [day for day in revisit.deadlines.all() if day.met_at is None and day.dropped_at is None]
    return face(running[0], on, working_days) if running else None


def _revisit_or_404(request: StaffRequest, pk: int) -> Revisit:
    seen = Revisit.objects.filter(matter__in=Matter.objects.open_to(request.post)).select_related(
        "matter__procuratorate", "post__staff", "post__department", "participant", "reply__number", "done_by__staff",
        "scan",
    )  # fmt: skip
    return get_object_or_404(seen, pk=pk)


@desk_page(VIEW, methods=["GET", "POST"])
def revisit(request: StaffRequest, pk: int) -> HttpResponse:
    """One revisit: to be recorded while it is owed, to be read afterwards."""
    found = _revisit_or_404(request, pk)
    if request.method != "POST":
        return _page(request, found)
    kept = keep_uploads(request, "scan", verb=RECORD)
    form = RevisitForm(request.POST, revisit=found, kept=kept)
    if form.is_valid():
        try:
            record_revisit(
                revisit=found, facts=form.facts(found), scan=kept.last, actor=request.actor,
                request_key=form.cleaned_data["request_key"], version=form.cleaned_data["version"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, RECORD, refusal, target=target(found.matter)))
        else:
            again = Revisit.objects.filter(matter=found.matter, state=RevisitState.OWED).exists()
            messages.success(
                request, "已登记回访。" + ("承诺或者意见还没有落实，系统已安排再次回访。" if again else "")
            )
            return go_to(request, "desk:matters:detail", found.matter_id)
    return _page(request, _revisit_or_404(request, pk), form=form)


@desk_page(DROP, methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """No revisit any more."""
    found = _revisit_or_404(request, pk)
    form = DropForm(request.POST)
    if form.is_valid():
        try:
            drop_revisit(revisit=found, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, DROP, refusal, target=target(found.matter)))
        else:
            messages.success(request, "已登记，不再回访。")
            return go_to(request, "desk:matters:detail", found.matter_id)
    return _page(request, _revisit_or_404(request, pk), drop_form=form)


@desk_page(PLAN, methods=["GET", "POST"])
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """One more revisit."""
    matter = rated_or_404(request, pk)
    sentence, status = "", 200
    if posted(request) is not None:
        try:
            made = plan_revisit(matter=matter, actor=request.actor, at=now())
        except Refusal as refusal:
            sentence, status = refused(request, PLAN, refusal, target=target(matter)), 422
        else:
            messages.success(request, "已安排回访。")
            return go_to(request, "desk:revisits:detail", made.pk)
    context = {"title": "安排回访", "matter": matter, "sentence": sentence}
    return render(request, "desk/revisits/plan.html", context, status=status)


def _page(
    request: StaffRequest, found: Revisit, *, form: RevisitForm | None = None, drop_form: DropForm | None = None
) -> HttpResponse:
    owed = found.state == RevisitState.OWED
    offers = owed and may(request.actor, RECORD, found.matter)
    drops = owed and may(request.actor, DROP, found.matter)
    first = {"version": found.version, "held_on": today()}
    day = found.deadlines.order_by("-id").first()
    refused_forms: list[BaseForm] = [each for each in (form, drop_form) if each is not None]
    context: dict[str, Any] = {
        "title": "首次回访" if found.turn == 1 else f"第{found.turn}次回访",
        "revisit": found,
        "matter": found.matter,
        "day": face(day, today(), calendar()) if day else None,
        "promises": promises_of(found.matter),
        "measures": found.measures.select_related("department"),
        "form": (form or RevisitForm(revisit=found, kept=Kept(), initial=first)) if offers else None,
        "drop_form": (drop_form or DropForm(initial={"version": found.version})) if drops else None,
        "sentences": [] if offers else sentences_of(*refused_forms),
    }
    return render(request, "desk/revisits/detail.html", context, status=422 if refused_forms else 200)
