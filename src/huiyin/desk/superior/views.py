"""上级院交办督办: the list, one order with its report, and giving one from the row of a lower office's matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from huiyin.desk.due import face
from huiyin.desk.superior.forms import EndForm, GiveForm, ReportForm
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, SuperiorOrder
from huiyin.matters.operations.superior import end_superior, give_superior, report_superior
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules.superior import OrderState
from huiyin.matters.superior import matters_below, orders_open_to, running_orders
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused
from huiyin.web.paging import keyset

VIEW, GIVE = "matters.list_superior", "matters.give_superior"
OPEN, REPORT, END = "matters.open_superior", "matters.report_superior", "matters.end_superior"
CHIPS: Final = {
    OrderState.GIVEN.value: "chip-note", OrderState.REPORTED.value: "chip-accent", OrderState.ENDED.value: "",
}  # fmt: skip


@desk_page(VIEW)
def orders(request: StaffRequest) -> HttpResponse:
    """Those my office gave and those it was given, the newest first."""
    seen = orders_open_to(request.post).select_related("procuratorate", "matter__procuratorate")
    paged = keyset(request, seen, size=30, unit="件")
    rows = [{"order": each, "css": CHIPS[each.state]} for each in paged.rows]
    may_give = may(request.actor, GIVE) and request.post.procuratorate.level != "county"
    context = {"title": "上级院交办督办", "rows": rows, "pager": paged.pager, "may_give": may_give}
    return render(request, "desk/superior/list.html", context)


def order_or_404(request: StaffRequest, pk: int) -> SuperiorOrder:
    """An order this post may read, with what its page shows."""
    rows = orders_open_to(request.post).select_related(
        "procuratorate", "matter__procuratorate", "matter__leader", "given_by__staff", "reported_by__staff",
        "ended_by__staff",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@desk_page(VIEW)
def order(request: StaffRequest, pk: int) -> HttpResponse:
    """One order: what is asked, by when, what was reported."""
    return order_page(request, order_or_404(request, pk))


def order_page(
    request: StaffRequest, found: SuperiorOrder, *, refused_form: BaseForm | None = None, **forms: BaseForm
) -> HttpResponse:
    """The page with the forms that this post may send now; forms: those that were refused, as typed."""
    on, actor = today(), request.actor
    offered: dict[str, BaseForm] = {}
    if found.state == OrderState.GIVEN and may(actor, REPORT, found):
        offered["report_form"] = ReportForm(initial={"version": found.version})
    if found.is_running and may(actor, END, found):
        offered["end_form"] = EndForm(initial={"version": found.version})
    shown = offered | {name: form for name, form in forms.items() if name in offered}
    days = found.deadlines.filter(met_at=None, dropped_at=None)
    context: dict[str, Any] = {
        "title": f"上级院{found.get_kind_display()}",
        "order": found,
        "css": CHIPS[found.state],
        "is_own": Matter.objects.open_to(request.post).filter(pk=found.matter_id).exists(),
        "may_open": found.is_running and may(actor, OPEN, found),
        "days": [face(day, on, calendar()) for day in days],
        "sentences": sentences_of(refused_form) if refused_form not in shown.values() else [],
        **shown,
    }
    return render(request, "desk/superior/detail.html", context, status=422 if refused_form is not None else 200)


@desk_page(GIVE, methods=["GET", "POST"])
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """Record an order on a lower office's matter; where one runs already, its page."""
    matter = get_object_or_404(matters_below(request.post).select_related("procuratorate", "leader"), pk=pk)
    running = running_orders(request.post, [matter]).get(matter.pk)
    if running is not None and request.method == "GET":
        return redirect("desk:superior:detail", running.pk)
    form = GiveForm(posted(request), initial={"given_on": today()})
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["request_key"]
        try:
            given = give_superior(matter=matter, facts=form.facts(), request_key=key, actor=request.actor, at=now())
        except Refusal as refusal:
            form.add_error(None, refused(request, GIVE, refusal, target=target(matter)))
        else:
            return go_to(request, "desk:superior:detail", given.pk)
    context = {"title": "交办督办下级院的事项", "matter": matter, "form": form}
    return render(request, "desk/superior/give.html", context, status=422 if form.errors else 200)


@desk_page(REPORT, methods=["POST"])
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """The lower office reports."""
    form = ReportForm(request.POST)

    def act(found: SuperiorOrder) -> None:
        report_superior(order=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, REPORT, form, act, "已向上级院反馈。", shown="report_form")


@desk_page(END, methods=["POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """The office above ends it."""
    form = EndForm(request.POST)

    def act(found: SuperiorOrder) -> None:
        end_superior(order=found, actor=request.actor, at=now(), **form.cleaned_data)

    return _act(request, pk, END, form, act, "已结束，不再打开这件事项。", shown="end_form")


def _act(
    request: StaffRequest,
    pk: int,
    verb: str,
    form: BaseForm,
    act: Callable[[SuperiorOrder], None],
    done: str,
    *,
    shown: str,
) -> HttpResponse:
    found, to = order_or_404(request, pk), ("desk:superior:detail", pk)
    went_on = carried_out(request, form, partial(act, found), verb=verb, done=done, to=to, target=target(found.matter))
    return went_on or order_page(request, order_or_404(request, pk), refused_form=form, **{shown: form})
