"""Writing a 督办单: prefilled with why, for one department about one matter or several."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.supervisions.forms import SupervisionForm
from huiyin.desk.supervisions.views import PROPOSE, order_or_404
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Matter, Supervision, Undertaking
from huiyin.matters.operations.supervisions import propose_supervision
from huiyin.matters.rules import Status
from huiyin.matters.supervising import next_level, orderers, worth_supervising
from huiyin.organisations.models import Department, Post
from huiyin.regulations.books import RuleNotFound, Stack, SupervisionLevel
from huiyin.regulations.queries import stack_for
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

BESIDE = 30  # further matters of the department offered for the same order


@desk_page(PROPOSE, methods=["GET", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """?matter= and ?department=, or ?follows= an order to raise; without either, which department first."""
    on = today()
    asked = request.POST if request.method == "POST" else request.GET
    follows = _follows(request, asked.get("follows", ""))
    matter = _matter(request, asked.get("matter", ""))
    department = follows.department if follows else _department(request, matter, asked.get("department", ""))
    if department is None:
        return _choose_department(request, matter)
    stack = stack_for(request.post.procuratorate, on=on)
    form = _form(request, department, stack, on, matter=matter, follows=follows)
    if form.is_bound and form.is_valid():
        try:
            order = propose_supervision(
                facts=form.facts(follows), request_key=form.cleaned_data["request_key"], actor=request.actor, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, PROPOSE, refusal))
        else:
            issued = order.number_id is not None
            sentence = "督办单已签发，已通知承办部门签收。" if issued else f"已提出，请{order.orderer.label}签发。"
            messages.success(request, sentence)
            return go_to(request, "desk:supervisions:detail", order.pk)
    context: dict[str, Any] = {
        "title": "升级督办" if follows else "发起督办", "form": form, "department": department, "matter": matter,
        "follows": follows, "has_levels": bool(form.signers),
    }  # fmt: skip
    return render(request, "desk/supervisions/propose.html", context, status=422 if form.errors else 200)


def _form(
    request: StaffRequest,
    department: Department,
    stack: Stack,
    on: date,
    *,
    matter: Matter | None,
    follows: Supervision | None,
) -> SupervisionForm:
    office = request.post.procuratorate
    levels = list(stack.supervision_levels(on))
    if follows is not None:
        known = [level.code for level in levels]
        levels = levels[known.index(follows.level) + 1 :] if follows.level in known else levels
    signers = [(level, post) for level in levels for post in orderers(office, level, on=on)]
    initial: dict[str, Any] = {"demand": "请抓紧办理，按期办出答复稿，并回报办理进度。"}
    if follows is not None:
        initial |= _raising(follows, stack, signers, on)
    elif matter is not None:
        initial |= _pressing(request, matter, department, stack, on)
    initial.setdefault("signed_by", _usual_signer(request, signers))
    return SupervisionForm(
        posted(request), matters=_matters(request, department, matter, follows), department=department,
        signers=signers, lengths=_lengths(levels, stack, on), initial=initial,
    )  # fmt: skip


def _matters(
    request: HttpRequest, department: Department, matter: Matter | None, follows: Supervision | None
) -> QuerySet[Matter]:
    """The matter asked for and others the department has in hand, or those of the order that is raised."""
    seen = Matter.objects.open_to(request.post)  # type: ignore[attr-defined]
    if follows is not None:
        return seen.filter(supervisions=follows)
    held = Undertaking.objects.filter(department=department).exclude(status="moved").values("matter")
    open_ones = seen.filter(pk__in=held, is_open=True, status__in=[Status.ASSIGNED, Status.IN_HAND])
    keys = list(open_ones.order_by("next_due_on", "id").values_list("pk", flat=True)[:BESIDE])
    return seen.filter(pk__in=[*keys, *([matter.pk] if matter else [])]).order_by("next_due_on", "id")


def _pressing(request: StaffRequest, matter: Matter, department: Department, stack: Stack, on: date) -> dict[str, Any]:
    found = worth_supervising(request.post.procuratorate, on, stack)
    mine = (each for each in found if (each.part.matter_id, each.part.department_id) == (matter.pk, department.pk))
    why = next(mine, None)
    return {"matters": [matter.pk], "reason": f"{why.why}。" if why else ""}


def _raising(
    follows: Supervision, stack: Stack, signers: list[tuple[SupervisionLevel, Post]], on: date
) -> dict[str, Any]:
    above = next_level(stack, follows.level, on)
    return {
        "matters": list(follows.matters.values_list("pk", flat=True)),
        "reason": f"{follows.number}（{follows.level_title}）要求回报的期限已过，{follows.department}没有回报。",
        "demand": follows.demand,
        "signed_by": next(
            (f"{each.code}:{post.pk}" for each, post in signers if above and each.code == above.code), ""
        ),
    }


def _usual_signer(request: StaffRequest, signers: list[tuple[SupervisionLevel, Post]]) -> str:
    """The level that the writer himself signs, otherwise the lowest."""
    own = [f"{level.code}:{post.pk}" for level, post in signers if post.pk == request.post.pk]
    every = [f"{level.code}:{post.pk}" for level, post in signers]
    return (own or every or [""])[0]


def _lengths(levels: list[SupervisionLevel], stack: Stack, on: date) -> str:
    found = []
    for level in levels:
        try:
            found.append(f"{level.title}{stack.limit(level.limit, on).length}")
        except RuleNotFound:
            found.append(f"{level.title}未规定，须填写")
    return "、".join(found)


def _follows(request: StaffRequest, key: str) -> Supervision | None:
    return order_or_404(request, _number(key)) if key else None


def _matter(request: StaffRequest, key: str) -> Matter | None:
    return get_object_or_404(Matter.objects.open_to(request.post), pk=_number(key)) if key else None


def _department(request: StaffRequest, matter: Matter | None, key: str) -> Department | None:
    own = Department.objects.filter(procuratorate=request.post.procuratorate_id)
    if key:
        return get_object_or_404(own, pk=_number(key))
    if matter is None:
        return None
    held = matter.undertakings.filter(department__isnull=False).exclude(status="moved").values("department")
    found = list(own.filter(pk__in=held)[:2])
    return found[0] if len(found) == 1 else None


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    return int(key)


def _choose_department(request: StaffRequest, matter: Matter | None) -> HttpResponse:
    own = Department.objects.filter(procuratorate=request.post.procuratorate_id, closed_on=None)
    if matter is not None:
        held = matter.undertakings.filter(department__isnull=False).exclude(status="moved").values("department")
        own = own.filter(pk__in=held)
    else:
        busy = Undertaking.objects.filter(matter__is_open=True, department__isnull=False).exclude(status="moved")
        own = own.filter(pk__in=busy.values("department"))
    context = {"title": "发起督办", "departments": own.order_by("position", "id"), "matter": matter}
    return render(request, "desk/supervisions/choose.html", context)
