"""The list of bodies outside the office, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.audit.actors import Target
from huiyin.desk.bodies.forms import ChangeForm, EnterForm
from huiyin.desk.bodies.rows import rows
from huiyin.kernel.refusals import Refusal
from huiyin.organisations import operations
from huiyin.organisations.models import CongressBody
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import may
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

STALE = "页面已经过期，请看过最新内容再办。"


@desk_page("organisations.list_bodies")
def list_bodies(request: StaffRequest) -> HttpResponse:
    """Who assigns and who takes part, whom to call."""
    return _list(request)


def _list(request: StaffRequest, revealed: Mapping[int, str] | None = None) -> HttpResponse:
    names = ("enter_body", "change_body", "stop_body", "reveal_body_phone")
    facts = {
        "title": "交办机关和外单位",
        "rows": rows(request.post.procuratorate, today(), revealed or {}),
        "rights": {name: may(request.actor, f"organisations.{name}") for name in names},
    }
    return render(request, "desk/bodies/list.html", facts)


@desk_page("organisations.enter_body", methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """A new body."""
    form = EnterForm(posted(request))
    return _form_page(
        request, form,
        lambda: operations.enter_body(
            procuratorate=request.post.procuratorate, facts=form.body(),
            request_key=form.cleaned_data["request_key"], actor=request.actor, at=now(),
        ),
        verb="organisations.body_entered", target=Target(kind="organisations.congressbody", key=""), done="已录入。",
        title="录入交办机关或外单位", button="录入",
    )  # fmt: skip


@desk_page("organisations.change_body", methods=["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """What is said of a body."""
    body = _body(request, pk)
    form = ChangeForm(posted(request), body=body)
    return _form_page(
        request, form,
        lambda: operations.change_body(
            body=body, facts=form.body(), version=form.cleaned_data["version"],
            forget_phone=form.cleaned_data.get("forget_phone", False), actor=request.actor, at=now(),
        ),
        verb="organisations.body_changed", target=target_of(body), done="已修改。", title=f"修改{body.name}",
        button="保存",
    )  # fmt: skip


@desk_page("organisations.stop_body", methods=["POST"])
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a body no longer."""
    return _act(request, pk, operations.stop_body, verb="organisations.body_stopped", done="已停用，不再供选择。")


@desk_page("organisations.stop_body", methods=["POST"])
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    return _act(request, pk, operations.resume_body, verb="organisations.body_resumed", done="已恢复使用。")


@desk_page("organisations.reveal_body_phone", methods=["POST"])
def reveal_phone(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole number, once, on the page that answers; looking it up left a record."""
    body = _body(request, pk)
    try:
        phone = operations.reveal_body_phone(body=body, actor=request.actor, at=now())
    except Refusal as refusal:
        verb = "organisations.body_phone_revealed"
        messages.error(request, refused(request, verb, refusal, target=target_of(body)))
        return go_to(request, "desk:bodies:list")
    return _list(request, {body.pk: phone})


def _body(request: StaffRequest, pk: int) -> CongressBody:
    own = CongressBody.objects.filter(procuratorate=request.post.procuratorate)
    return get_object_or_404(own.select_related("procuratorate"), pk=pk)


def _form_page(
    request: StaffRequest,
    form: EnterForm | ChangeForm,
    act: Callable[[], object],
    *,
    verb: str,
    target: Target,
    done: str,
    **facts: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal, target=target))
        else:
            messages.success(request, done)
            return go_to(request, "desk:bodies:list")
    return render(request, "desk/bodies/form.html", facts | {"form": form}, status=422 if form.errors else 200)


def _act(request: StaffRequest, pk: int, act: Callable[..., object], *, verb: str, done: str) -> HttpResponse:
    body, form = _body(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, STALE)
        return go_to(request, "desk:bodies:list")
    try:
        act(body=body, version=form.cleaned_data["version"], actor=request.actor, at=now())
    except Refusal as refusal:
        messages.error(request, refused(request, verb, refusal, target=target_of(body)))
    else:
        messages.success(request, f"{body.name}{done}")
    return go_to(request, "desk:bodies:list")
