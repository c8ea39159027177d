"""外系统: the list, entering one, changing it, taking it out of use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.replies.forms import day_input
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import OutsideSystem
from huiyin.matters.operations import systems as operations
from huiyin.matters.operations.systems import SystemFacts, target_of
from huiyin.matters.rules.outside import SYSTEM_KIND_LABELS, SystemKind
from huiyin.organisations.permissions import may
from huiyin.web.acting import carried_out
from huiyin.web.clock import now, today
from huiyin.web.forms import STALE, RequestKeyForm, VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

LIST, ENTER, CHANGE = "matters.list_systems", "matters.enter_system", "matters.change_system"
FRONT: Final = ("desk:systems:list",)


class SystemFields(forms.Form):
    """What is said of a system."""

    kind = forms.TypedChoiceField(
        label="种类", choices=list(SYSTEM_KIND_LABELS.items()), coerce=SystemKind,
        help_text="人大、政协机构交办的事项自动列入同种类的系统；其他种类的，在事项页面登记编号后列入。",
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=60, help_text="例如“市人大代表建议管理系统”。")
    from_on = forms.DateField(
        label="核对起始日",
        widget=day_input(),
        help_text="这一天起收到的事项，和现在还在办的，都与它核对。"
        "改晚了的，在这一天以前已经办结、还没有登记过什么的，不再核对。",
    )

    def facts(self) -> SystemFacts:
        """As the operation takes them."""
        said = self.cleaned_data
        return SystemFacts(kind=said["kind"], name=said["name"], from_on=said["from_on"])


class EnterForm(SystemFields, RequestKeyForm):
    """A new system."""


class ChangeForm(SystemFields, VersionForm):
    """A system as read."""


@desk_page(LIST)
def systems(request: StaffRequest) -> HttpResponse:
    """Every system of the office, those in use first, with what stands in them."""
    counted = OutsideSystem.objects.filter(procuratorate=request.post.procuratorate_id).annotate(
        standing=Count("references"), entered=Count("references", filter=Q(references__reported_on__isnull=False)),
    )  # fmt: skip
    rows = sorted(counted.order_by("kind", "id"), key=lambda each: each.ended_on is not None)
    context = {
        "title": "外系统", "rows": rows, "may_enter": may(request.actor, ENTER),
        "may_change": may(request.actor, CHANGE),
    }  # fmt: skip
    return render(request, "desk/systems/list.html", context)


@desk_page(ENTER, methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """A new system; what already stands in it is listed at once."""
    form = EnterForm(posted(request), initial={"from_on": date(today().year, 1, 1)})
    done = carried_out(
        request, form,
        lambda: operations.enter_system(
            facts=form.facts(), request_key=form.cleaned_data["request_key"], actor=request.actor, at=now()
        ),
        verb=ENTER, done="已录入外系统。", to=FRONT,
    ) if form.is_bound else None  # fmt: skip
    return done or _form_page(request, form, "录入外系统", "录入")


@desk_page(CHANGE, methods=["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Its name, its first day."""
    system = _system(request, pk)
    stands = {"kind": system.kind, "name": system.name, "from_on": system.from_on, "version": system.version}
    form = ChangeForm(posted(request), initial=stands)
    done = carried_out(
        request, form,
        lambda: operations.change_system(
            system=system, facts=form.facts(), version=form.cleaned_data["version"], actor=request.actor, at=now()
        ),
        verb=CHANGE, done="已修改。", to=FRONT, target=target_of(system),
    ) if form.is_bound else None  # fmt: skip
    return done or _form_page(request, form, f"修改{system.name}", "保存")


@desk_page(CHANGE, methods=["POST"])
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Hold nothing against it any more."""
    return _act(request, pk, operations.stop_system, "已停用，不再核对。")


@desk_page(CHANGE, methods=["POST"])
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Use it again."""
    return _act(request, pk, operations.resume_system, "已恢复使用。")


def _system(request: StaffRequest, pk: int) -> OutsideSystem:
    own = OutsideSystem.objects.filter(procuratorate=request.post.procuratorate_id)
    return get_object_or_404(own.select_related("procuratorate"), pk=pk)


def _form_page(request: StaffRequest, form: SystemFields, title: str, button: str) -> HttpResponse:
    context = {"title": title, "form": form, "button": button}
    return render(request, "desk/systems/form.html", context, status=422 if form.errors else 200)


def _act(request: StaffRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    system, form = _system(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, STALE)
        return go_to(request, *FRONT)
    try:
        act(system=system, version=form.cleaned_data["version"], actor=request.actor, at=now())
    except Refusal as refusal:
        messages.error(request, refused(request, CHANGE, refusal, target=target_of(system)))
    else:
        messages.success(request, f"{system.name}{done}")
    return go_to(request, *FRONT)
