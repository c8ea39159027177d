"""督办: the list with what the system proposes, and one order with its reports."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.approvals.queries import stands_in_for
from huiyin.desk.due import face
from huiyin.desk.papers.answer import kind_or_404, printed
from huiyin.desk.supervisions.forms import JudgeForm, OrderForm, ReportForm, WithdrawForm
from huiyin.matters.models import Matter, Supervision
from huiyin.matters.operations.supervisions import target_of
from huiyin.matters.papers.supervision import supervision_sheet
from huiyin.matters.rules.supervision import OUT, RUNNING_SUPERVISION, SupervisionState
from huiyin.matters.supervising import Pressing, answer_day, answer_is_late, next_level, supervisions_open_to
from huiyin.matters.supervising import worth_supervising as found_worth
from huiyin.organisations.permissions import may
from huiyin.regulations.queries import calendar, stack_for
from huiyin.web.clock import today
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.paging import keyset

VIEW, PROPOSE, ORDER = "matters.list_supervisions", "matters.propose_supervision", "matters.order_supervision"
ACKNOWLEDGE, REPORT = "matters.acknowledge_supervision", "matters.report_supervision"
JUDGE, WITHDRAW = "matters.judge_supervision", "matters.withdraw_supervision"
TABS: Final = {"running": "督办中", "ended": "已结束"}
WORTH: Final = "worth"
CHIPS: Final = {
    SupervisionState.PROPOSED: "chip-note", SupervisionState.ISSUED: "chip-accent",
    SupervisionState.REPORTED: "chip-note", SupervisionState.ENDED: "chip-good",
}  # fmt: skip


@desk_page(VIEW)
def supervisions(request: StaffRequest) -> HttpResponse:
    """Orders that run, those that ended, and for the office whom to press next."""
    on, office = today(), request.post.procuratorate
    may_propose = may(request.actor, PROPOSE)
    tabs = TABS | ({WORTH: "建议督办"} if may_propose else {})
    tab = request.GET.get("tab", "")
    tab = tab if tab in tabs else "running"
    context: dict[str, Any] = {
        "title": "督办", "tab": tab, "tabs": _tabs(tabs, tab), "may_propose": may_propose, "on": on,
    }  # fmt: skip
    if tab == WORTH:
        seen = set(Matter.objects.open_to(request.post).values_list("pk", flat=True)) if may_propose else set()
        found = found_worth(office, on, stack_for(office, on=on)) if may_propose else []
        context["worth"] = [_worth(each) for each in found if each.part.matter_id in seen]
        return render(request, "desk/supervisions/worth.html", context)
    seen_orders = supervisions_open_to(request.post, on=on).select_related("department", "number", "orderer__staff")
    running = list(RUNNING_SUPERVISION)
    rows = seen_orders.filter(state__in=running) if tab == "running" else seen_orders.exclude(state__in=running)
    paged = keyset(request, rows.prefetch_related("matters", "deadlines"), size=30, unit="张")
    context |= {"rows": [_row(each, on) for each in paged.rows], "pager": paged.pager}
    return render(request, "desk/supervisions/list.html", context)


def _tabs(tabs: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    front = reverse("desk:supervisions:list")
    own = [{"label": label, "url": f"{front}?tab={code}", "on": code == chosen} for code, label in tabs.items()]
    return [*own, {"label": "上级院交办督办", "url": reverse("desk:superior:list"), "on": False}]


def _worth(each: Pressing) -> dict[str, Any]:
    asked = {"matter": each.part.matter_id, "department": each.part.department_id}
    if each.follows is not None:
        asked = {"follows": each.follows.pk}
    url = f"{reverse('desk:supervisions:propose')}?{urlencode(asked)}"
    return {"matter": each.part.matter, "part": each.part, "why": each.why, "url": url, "raises": each.follows}


def _row(order: Supervision, on: date) -> dict[str, Any]:
    days = sorted(order.deadlines.all(), key=lambda day: day.pk)
    running = [day for day in days if day.met_at is None and day.dropped_at is None]
    day = running[0] if running else None
    return {
        "order": order,
        "css": CHIPS.get(order.state_enum, ""),
        "matters": sorted(order.matters.all(), key=lambda matter: matter.pk),
        "face": face(day, on, calendar()) if day else None,
    }


def order_or_404(request: StaffRequest, pk: int) -> Supervision:
    """An order this post may read, with what its page shows."""
    rows = supervisions_open_to(request.post, on=today()).select_related(
        "procuratorate", "department", "number", "orderer__staff", "proposed_by__staff", "ordered_by__staff",
        "acknowledged_by__staff", "follows__number",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@desk_page(VIEW)
def supervision(request: StaffRequest, pk: int) -> HttpResponse:
    """One order: what is asked, by when, what was reported."""
    return order_page(request, order_or_404(request, pk))


def order_page(
    request: StaffRequest, order: Supervision, *, refused_form: BaseForm | None = None, **forms: BaseForm
) -> HttpResponse:
    """The page with the forms that this post may send now; forms: those that were refused, as typed."""
    on = today()
    offered = _offered(request, order, on)
    shown = offered | {name: form for name, form in forms.items() if name in offered}
    day = answer_day(order)
    open_ones = Matter.objects.open_to(request.post).filter(supervisions=order).values_list("pk", flat=True)
    context: dict[str, Any] = {
        "title": f"督办单{order.number or ''}",
        "order": order,
        "css": CHIPS.get(order.state_enum, ""),
        "matters": order.matters.order_by("external_number", "id"),
        "open_ids": set(open_ones),
        "reports": order.reports.select_related("reported_by__staff", "judged_by__staff", "file"),
        "raised": supervisions_open_to(request.post, on=on).filter(follows=order).select_related("number").first(),
        "day": face(day, on, calendar()) if day else None,
        "may_acknowledge": order.state == SupervisionState.ISSUED and may(request.actor, ACKNOWLEDGE, order),
        "raise_url": _raise_url(request, order, on),
        "may_print": order.number_id is not None and may(request.actor, "matters.print"),
        "sentences": sentences_of(refused_form) if refused_form not in shown.values() else [],
        **shown,
    }
    return render(request, "desk/supervisions/detail.html", context, status=422 if refused_form is not None else 200)


def _offered(request: StaffRequest, order: Supervision, on: date) -> dict[str, BaseForm]:
    initial, state, actor = {"version": order.version}, order.state_enum, request.actor
    offered: dict[str, BaseForm] = {}
    asked = order.orderer_id in stands_in_for(request.post, on)
    if state is SupervisionState.PROPOSED and asked and may(actor, ORDER, order):
        offered["order_form"] = OrderForm(initial=initial)
    if state is SupervisionState.ACKNOWLEDGED and may(actor, REPORT, order):
        offered["report_form"] = ReportForm(initial=initial)
    if state is SupervisionState.REPORTED and may(actor, JUDGE, order):
        offered["judge_form"] = JudgeForm(initial=initial)
    if order.is_running and may(actor, WITHDRAW, order):
        offered["withdraw_form"] = WithdrawForm(initial=initial)
    return offered


def _raise_url(request: StaffRequest, order: Supervision, on: date) -> str:
    """Offered once the department let its day pass, or reported nothing that ends it."""
    if order.state not in OUT or not may(request.actor, PROPOSE) or not answer_is_late(order, on):
        return ""
    if next_level(stack_for(order.procuratorate, on=on), order.level, on) is None:
        return ""
    return f"{reverse('desk:supervisions:propose')}?follows={order.pk}"


@desk_page("matters.print", methods=["POST"])
def paper(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """督办单, to print and hand over."""
    form, order = kind_or_404(kind), order_or_404(request, pk)
    name = f"督办单{order.number or ''}"
    return printed(request, supervision_sheet(order), form, title="督办单", name=name, target=target_of(order))
