"""Who a name on a list means, how a person is reached, and whom a post may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from huiyin.kernel.text import normalise
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.rules import Role
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.permissions import OFFICERS, THROUGH_WORK, WHOLE_REGISTER
from huiyin.people.registry import met_by
from huiyin.people.rules import Channel, MandateKind, clean_name


def match_deputy(procuratorate: Procuratorate, name: str, delegation: str, on: date) -> list[Person]:
    """Deputies of that name on the register of an office who hold a mandate on that day.

    delegation: narrows the choice where it is given and fits somebody; a list may write it in another way."""
    held = Mandate.objects.held_on(on).filter(person=OuterRef("pk"), kind=MandateKind.DEPUTY)
    named = Person.objects.filter(procuratorate=procuratorate, name=clean_name(name)).order_by("pk")
    if delegation:
        inside = list(named.filter(Exists(held.filter(delegation=normalise(delegation)))))
        if inside:
            return inside
    return list(named.filter(Exists(held)))


def reach(person: Person, channel: Channel) -> ContactPoint | None:
    """The verified way to reach a person on a channel, the latest confirmed first; None when there is none."""
    points = person.contact_points.filter(channel=channel, value__isnull=False, opted_out_at__isnull=True)
    return points.filter(verified_at__isnull=False).order_by("-verified_at", "-id").first()


def visible_to(post: Post) -> QuerySet[Person]:
    """Persons a post may see: the liaison office and the heads of the house all of their office, a liaison officer
    those entrusted to it, departments and the leader in charge those they meet in matters open to them."""
    own = Person.objects.filter(procuratorate_id=post.procuratorate_id)
    role = post.role_enum
    if role in WHOLE_REGISTER:
        return own
    if role is Role.LIAISON_OFFICER:
        return own.filter(Exists(Mandate.objects.filter(person=OuterRef("pk"), liaison_officer=post)))
    if role in THROUGH_WORK:
        met = Q(pk__in=[])
        for ids in met_by(post):
            met |= Q(pk__in=ids)
        return own.filter(met)
    return own.none()


def listed(
    post: Post,
    *,
    on: date,
    name: str = "",
    kind: str = "",
    delegation: str = "",
    officer: Post | None = None,
    without_officer: bool = False,
    former: bool = False,
) -> QuerySet[Person]:
    """The register as a post may see it: part of a name, and what one mandate must be.

    former: those whose mandates of that sort have all ended, instead of those who hold one on that day."""
    mandates = Mandate.objects.filter(person=OuterRef("pk"))
    if kind:
        mandates = mandates.filter(kind=kind)
    if delegation:
        mandates = mandates.filter(delegation=delegation)
    if officer is not None:
        mandates = mandates.filter(liaison_officer=officer)
    if without_officer:
        mandates = mandates.filter(liaison_officer=None)
    found = visible_to(post)
    if words := clean_name(name):
        found = found.filter(name__contains=words)
    held = Exists(mandates & Mandate.objects.held_on(on))
    return found.filter(Exists(mandates), ~held) if former else found.filter(held)


def with_list_facts(persons: QuerySet[Person], *, contacts: bool) -> QuerySet[Person]:
    """Persons with all mandates, newest first, and in `mobiles` their current mobile where the reader may know it."""
    mandates = Mandate.objects.select_related("liaison_officer__staff", "body").order_by("-from_on", "-id")
    found = persons.prefetch_related(Prefetch("mandates", mandates))
    if not contacts:
        return found
    mobiles = ContactPoint.objects.filter(channel=Channel.MOBILE, value__isnull=False).order_by("-id")
    return found.prefetch_related(Prefetch("contact_points", mobiles, "mobiles"))


def delegations_of(office: Procuratorate) -> Sequence[str]:
    """Delegations and sectors on the register of an office, by name."""
    named = Mandate.objects.filter(person__procuratorate=office).exclude(delegation="")
    return list(named.values_list("delegation", flat=True).distinct().order_by("delegation"))


def officers_of(office: Procuratorate, on: date) -> QuerySet[Post]:
    """Posts that may look after deputies of an office on a day."""
    held = Post.objects.held_on(on).filter(procuratorate=office, role__in=list(OFFICERS))
    return held.select_related("staff", "department").order_by("id")
