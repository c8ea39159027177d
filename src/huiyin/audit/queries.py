"""Reads of the records: filters for the two readers, and how far the seals reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Subquery

from huiyin.audit.models import Record, Seal


def records(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    verbs: Collection[str] | None = None,
    verb_begins: str = "",
    actor: str = "",
    result: str = "",
    procuratorate: str = "",
) -> QuerySet[Record]:
    """Records by moment (until exclusive), verb (one of `verbs`, or beginning with), actor (part of the label)."""
    found = Record.objects.all()
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    if verbs is not None or verb_begins:
        wanted = Q(verb__in=verbs or [])
        found = found.filter(wanted | Q(verb__startswith=verb_begins) if verb_begins else wanted)
    if actor:
        found = found.filter(actor_label__icontains=actor)
    if result:
        found = found.filter(result=result)
    return found.filter(procuratorate=procuratorate) if procuratorate else found


@dataclass(frozen=True)
class Sealed:
    """How far the seals reach."""

    number: int
    at: datetime | None
    digest: str
    waiting: int


def sealed() -> Sealed:
    """The last seal, and how many records wait for the next."""
    last = Seal.objects.order_by("-number").only("number", "sealed_at", "digest", "record_ids").first()
    if last is None:
        return Sealed(0, None, "", Record.objects.count())
    return Sealed(last.number, last.sealed_at, last.digest, Record.objects.filter(pk__gt=last.record_ids[-1]).count())


def last_record(offices: Collection[str] | None) -> int:
    """Number of the newest record of some offices (by code, "" for acts of none); of all where None; 0 without one."""
    newest = Record.objects.order_by("-id").values_list("id", flat=True)
    if offices is None:
        return newest.first() or 0
    wanted = reduce(or_, (Q(pk=Subquery(newest.filter(procuratorate=code)[:1])) for code in offices))
    return max(Record.objects.filter(wanted).values_list("id", flat=True), default=0)
