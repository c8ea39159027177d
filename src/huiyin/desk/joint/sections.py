"""What the page of a matter and today's work say of organs outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.desk.matters.sections import MatterFacts, add_section
from huiyin.matters.drafting import ANSWERS
from huiyin.matters.joint import awaiting_countersignature, awaiting_lead, countersigned
from huiyin.matters.models import Matter, OpinionRequest, Undertaking
from huiyin.matters.rules import ActKind, HandlerRole, ReplyStatus, Status, UndertakingStatus
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.web.pages import StaffRequest

UP = frozenset({ReplyStatus.SIGNING, ReplyStatus.SIGNED})


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_section("desk/joint/organs.html", build_organs, 45)
    add_section("desk/joint/replies.html", build_replies, 46)
    add_waiting("outside_replies", lead_replies, 94)
    add_waiting("opinion_requests", requests_to_sign, 32)
    add_waiting("countersignatures", countersignatures, 33)


def build_organs(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Outside organs that assist or handle with us: letters to them, joint talks, their part, their signature."""
    matter = facts.matter
    running = [part for part in facts.undertakings if part.status != UndertakingStatus.MOVED and part.organ_id]
    parts = [part for part in running if part.role == HandlerRole.ASSIST]
    if not parts or matter.handler_role == HandlerRole.ASSIST:
        return None
    sent = OpinionRequest.objects.filter(undertaking__in=parts, dropped_at=None).select_related("number")
    letters = list(sent.order_by("id"))
    rows = [
        _organ(request, facts, part, [each for each in letters if each.undertaking_id == part.pk]) for part in parts
    ]
    return {"rows": rows, "is_joint": any(part.is_joint for part in parts)}


def _organ(
    request: StaffRequest, facts: MatterFacts, part: Undertaking, letters: list[OpinionRequest]
) -> dict[str, Any]:
    matter = facts.matter
    talks = [act for act in facts.acts if act.undertaking_id == part.pk and act.kind != ActKind.URGE]
    reply = next((each for each in facts.letters if each.kind in ANSWERS and each.round == matter.round), None)
    signed = countersigned(reply).get(part.pk) if reply is not None and part.is_joint else None
    waits = part.opinion_state == "none" and matter.status in {Status.ASSIGNED, Status.IN_HAND}
    asks = waits and not any(each.sent_on is None for each in letters) and may(request.actor, "matters.ask_opinion")
    signs = reply is not None and part.is_joint and signed is None and reply.status in UP
    return {
        "part": part,
        "letters": letters,
        "talks": talks,
        "signed": signed,
        "ask_url": reverse("desk:joint:ask", args=[part.pk]) if asks else "",
        "join_url": reverse("desk:joint:join", args=[part.pk])
        if matter.status in {Status.ASSIGNED, Status.IN_HAND} and may(request.actor, "matters.join")
        else "",
        "sign_url": reverse("desk:joint:countersign", args=[reply.pk, part.pk])
        if signs and reply is not None and may(request.actor, "matters.countersign")
        else "",
    }


def build_replies(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """The lead unit's reply once our opinion is out; those of the others where each answers for its part."""
    matter = facts.matter
    apart = matter.handler_role == HandlerRole.SEPARATE
    sent = matter.handler_role == HandlerRole.ASSIST and any(
        each.issued_on and each.kind == "opinion" for each in facts.letters
    )
    if not sent and not apart:
        return None
    rows = list(matter.outside_replies.select_related("scan", "recorded_by__staff"))
    may_record = matter.status != Status.ARCHIVED and may(request.actor, "matters.record_outside_reply")
    return {
        "rows": rows,
        "apart": apart,
        "lead_unit": matter.suggestion.lead_unit,
        "record_url": reverse("desk:joint:record", args=[matter.pk]) if may_record else "",
    }


def lead_replies(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Assisted matters whose lead unit has not sent us its reply."""
    if may(request.actor, "matters.await_replies"):
        count = awaiting_lead(Matter.objects.open_to(request.post)).count()
        yield Waiting("待收主办单位答复", count, reverse("desk:joint:awaiting"))


def requests_to_sign(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Letters asking for an opinion that wait for the office head."""
    if request.post.role_enum is Role.OFFICE_HEAD:
        own = OpinionRequest.objects.filter(sent_on=None, dropped_at=None)
        own = own.filter(undertaking__matter__procuratorate=request.post.procuratorate_id)
        keys = list(own.order_by("id").values_list("pk", flat=True)[:100])
        if keys:
            yield Waiting("待签发的征求意见函", len(keys), reverse("desk:joint:request", args=[keys[0]]), unit="份")


def countersignatures(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """Joint replies signed on our side that another organ has not signed."""
    if may(request.actor, "matters.countersign"):
        waiting = awaiting_countersignature(request.post)
        if waiting:
            url = reverse("desk:replies:detail", args=[waiting[0].pk])
            yield Waiting("待登记会签", len(waiting), url, unit="份", urgent=True)
