"""中止 and 恢复 of a matter's own deadline; offered only where a book in force knows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.extensions.forms import ResumeForm, SuspendForm
from huiyin.desk.matters.page import matter_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.extending import extendable
from huiyin.matters.models import Matter
from huiyin.matters.operations.clock_events import resume_clock, suspend_clock
from huiyin.matters.operations.undertakings import target
from huiyin.web.clock import now, today
from huiyin.web.forms import VersionForm
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused


@desk_page("matters.suspend_clock", methods=["GET", "POST"])
def suspend(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the clock stand still."""
    matter = matter_or_404(request, pk)
    form = SuspendForm(posted(request), initial={"version": matter.version, "from_on": today()})
    return _answer(request, matter, form, "matters.suspend_clock", "中止期限", "期限已中止。", suspend_clock)


@desk_page("matters.resume_clock", methods=["GET", "POST"])
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Let it go on."""
    matter = matter_or_404(request, pk)
    form = ResumeForm(posted(request), initial={"version": matter.version, "on": today()})
    return _answer(request, matter, form, "matters.resume_clock", "恢复期限", "期限已恢复计算。", resume_clock)


def _answer(
    request: StaffRequest, matter: Matter, form: VersionForm, verb: str, title: str, done: str, act: Callable[..., Any]
) -> HttpResponse:
    found = extendable(matter)
    is_known = found is not None and found.rule.suspension_allowed
    if form.is_bound and not is_known:
        form.add_error(None, "现行制度没有规定这件事项的期限可以中止，什么也没有改动。")
    elif form.is_bound and form.is_valid():
        try:
            act(matter=matter, actor=request.actor, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal, target=target(matter)))
        else:
            messages.success(request, done)
            return go_to(request, "desk:matters:detail", matter.pk)
    context = {
        "title": title, "matter": matter, "form": form, "found": found, "is_known": is_known,
    }  # fmt: skip
    return render(request, "desk/extensions/clock.html", context, status=422 if form.errors else 200)
