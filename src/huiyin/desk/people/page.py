"""One person's page: who they are, what they are to us, how they are reached, what they brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.people.acts import person_or_404
from huiyin.desk.people.rows import is_held
from huiyin.kernel.text import mask_name, mask_phone
from huiyin.matters.models import Matter, Participant
from huiyin.messaging.models import Binding
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.permissions import sees_contacts
from huiyin.people.rules import ETHNICITIES, SEX_LABELS, Channel, standing
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page

SHOWN: Final = 50  # matters on the page; the register has them all
ACTS: Final = (
    "change", "add_mandate", "change_mandate", "end_mandate", "assign_officer", "set_contact_point",
    "erase_contact_point", "reveal_contact",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A mandate as the page shows it."""

    mandate: Mandate
    standing: str
    state: str  # 在任, 停止执行职务, 已离任, 未到任


@dataclass(frozen=True)
class Point:
    """A contact point as the page shows it: masked, or whole when it was just asked for."""

    point: ContactPoint
    text: str
    revealed: bool
    binding: Binding | None


@desk_page("people.list")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One person of the register."""
    return person_page(request, person_or_404(request, pk))


def person_page(request: StaffRequest, person: Person, *, revealed: Mapping[int, str] | None = None) -> HttpResponse:
    """The page, with the values that were just asked for shown whole."""
    on = today()
    held = list(_mandates(person, on))
    rights = {name: may(request.actor, f"people.{name}", person) for name in ACTS}
    binds = may(request.actor, "messaging.bind", person)
    facts = {
        "title": person.name,
        "person": person,
        "facts": _facts(person),
        "mandates": held,
        "officer": next((each.mandate.liaison_officer for each in held if each.mandate.liaison_officer), None),
        "points": list(_points(person, revealed or {})) if sees_contacts(request.post) else None,
        "parts": _parts(person, request.post),
        "rights": rights | {"bind": binds},
    }
    return render(request, "desk/people/detail.html", facts)


def _facts(person: Person) -> list[dict[str, Any]]:
    said = [
        ("性别", SEX_LABELS[person.sex] if person.sex != "0" else ""),
        ("民族", ETHNICITIES.get(person.ethnicity, "")),
        ("出生年", str(person.birth_year or "")),
        ("单位职务", person.unit_post),
        ("专业领域", person.profession),
        ("语言或无障碍需要", person.assistance),
    ]
    return [{"label": label, "text": text} for label, text in said]


def _mandates(person: Person, on: date) -> Iterator[Held]:
    found = person.mandates.select_related("liaison_officer__staff", "body").order_by("-from_on", "-id")
    for mandate in found:
        yield Held(mandate, standing(mandate.kind, mandate.level, mandate.term), _state(mandate, on))


def _state(mandate: Mandate, on: date) -> str:
    if is_held(mandate, on):
        return "在任"
    if mandate.from_on > on:
        return "未到任"
    return "已离任" if mandate.until_on is not None and mandate.until_on <= on else "停止执行职务"


def _points(person: Person, revealed: Mapping[int, str]) -> Iterator[Point]:
    running = {row.contact_point_id: row for row in Binding.objects.filter(person=person, ended_at=None)}
    for point in person.contact_points.filter(value__isnull=False).order_by("id"):
        text = revealed.get(point.pk) or masked(point)
        yield Point(point, text, point.pk in revealed, running.get(point.pk))


def masked(point: ContactPoint) -> str:
    """A phone with its middle hidden; of an address the beginning only."""
    value = point.value or ""
    if point.channel == Channel.MOBILE:
        return mask_phone(value)
    name, at, domain = value.partition("@")
    return f"{mask_name(name)}{at}{domain}" if at else f"{value[:3]}……"


def _parts(person: Person, post: Post) -> list[Participant]:
    """What the person took part in, as far as the post may open it."""
    theirs = Participant.objects.filter(person=person, matter__in=Matter.objects.open_to(post))
    return list(theirs.select_related("matter").order_by("-matter__received_on", "-matter_id")[:SHOWN])
