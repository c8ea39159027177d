"""Who a name on a list means, and how a person is reached."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from huiyin.kernel.text import normalise
from huiyin.organisations.models import Procuratorate
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.rules import Channel, MandateKind


def match_deputy(procuratorate: Procuratorate, name: str, delegation: str, on: date) -> list[Person]:
    """Deputies of that name on the register of an office who hold a mandate on that day.

    delegation: narrows the choice where it is given and fits somebody; a list may write it in another way."""
    held = Mandate.objects.held_on(on).filter(person=OuterRef("pk"), kind=MandateKind.DEPUTY)
    named = Person.objects.filter(procuratorate=procuratorate, name=normalise(name)).order_by("pk")
    if delegation:
        inside = list(named.filter(Exists(held.filter(delegation=normalise(delegation)))))
        if inside:
            return inside
    return list(named.filter(Exists(held)))


def reach(person: Person, channel: Channel) -> ContactPoint | None:
    """The verified way to reach a person on a channel, the latest confirmed first; None when there is none."""
    points = person.contact_points.filter(channel=channel, value__isnull=False, opted_out_at__isnull=True)
    return points.filter(verified_at__isnull=False).order_by("-verified_at", "-id").first()
