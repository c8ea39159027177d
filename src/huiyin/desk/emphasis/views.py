"""列为重点, 降为一般, 加急."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.emphasis.forms import RaiseForm, ReasonForm
from huiyin.desk.matters.page import matter_or_404
from huiyin.matters.models import Matter
from huiyin.matters.operations.emphasis import lower_from_key, raise_to_key, set_urgency
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import leaders
from huiyin.regulations.queries import stack_for
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted

RAISE, LOWER, URGENCY = "matters.raise_to_key", "matters.lower_from_key", "matters.set_urgency"


@desk_page(RAISE, methods=["GET", "POST"])
def raise_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """By which criteria, led by whom."""
    matter, on = matter_or_404(request, pk), today()
    criteria = stack_for(matter.procuratorate, on=on).key_criteria(on)
    initial = {"version": matter.version, "leader": matter.leader_id}
    held = leaders(matter.procuratorate, on=on)
    form = RaiseForm(posted(request), criteria=criteria, leaders=held, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        raise_to_key(
            matter=matter, criteria=said.get("criteria", []), reason=said["reason"],
            leader=form.leaders[said["leader"]], actor=request.actor, version=said["version"], at=now(),
        )  # fmt: skip

    if form.is_bound:
        answer = carried_out(
            request, form, act, verb=RAISE, done="已列为重点办理，已通知领衔院领导和承办部门。",
            to=("desk:matters:detail", pk), target=target(matter),
        )  # fmt: skip
        if answer is not None:  # who led it until now, and named another, opens it no more
            is_left = not Matter.objects.open_to(request.post).filter(pk=pk).exists()
            return go_to(request, "desk:matters:list") if is_left else answer
    return _page(request, matter, "列为重点", "列为重点办理", form)


@desk_page(LOWER, methods=["GET", "POST"])
def lower_matter(request: StaffRequest, pk: int) -> HttpResponse:
    """An ordinary matter again."""
    matter = matter_or_404(request, pk)
    form = ReasonForm(posted(request), initial={"version": matter.version})

    def act() -> None:
        lower_from_key(matter=matter, actor=request.actor, at=now(), **form.cleaned_data)

    if form.is_bound:
        answer = carried_out(
            request, form, act, verb=LOWER, done="已降为一般件，领衔院领导不变。", to=("desk:matters:detail", pk),
            target=target(matter),
        )  # fmt: skip
        if answer is not None:
            return answer
    return _page(request, matter, "不再列为重点", "降为一般件", form)


@desk_page(URGENCY, methods=["GET", "POST"])
def change_urgency(request: StaffRequest, pk: int) -> HttpResponse:
    """Press it, or end that."""
    matter = matter_or_404(request, pk)
    urgent = not matter.is_urgent
    form = ReasonForm(posted(request), initial={"version": matter.version})

    def act() -> None:
        set_urgency(matter=matter, urgent=urgent, actor=request.actor, at=now(), **form.cleaned_data)

    if form.is_bound:
        done = "已加急，已通知承办部门。" if urgent else "已取消加急，已通知承办部门。"
        answer = carried_out(
            request, form, act, verb=URGENCY, done=done, to=("desk:matters:detail", pk), target=target(matter)
        )
        if answer is not None:
            return answer
    title = "加急" if urgent else "不再加急"
    return _page(request, matter, title, title, form)


def _page(request: StaffRequest, matter: Matter, title: str, button: str, form: RaiseForm | ReasonForm) -> HttpResponse:
    context = {"title": title, "matter": matter, "number": matter.known_as, "form": form, "button": button}
    return render(request, "desk/emphasis/decide.html", context, status=422 if form.errors else 200)
