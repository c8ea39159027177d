"""Bodies as rows of their list: who to call, since when, in how many matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from huiyin.kernel.text import mask_phone
from huiyin.matters.models import Undertaking
from huiyin.organisations.models import CongressBody, Procuratorate
from huiyin.organisations.operations.bodies import is_stopped
from huiyin.organisations.rules import BodyKind
from huiyin.suggestions.models import Suggestion


@dataclass(frozen=True)
class Row:
    """A body as the page shows it."""

    body: CongressBody
    phone: str  # masked, or whole when it was just asked for
    revealed: bool
    stopped: bool
    assigned: int  # matters it assigned to us
    shared: int  # matters it handles with us


def rows(office: Procuratorate, on: date, revealed: Mapping[int, str]) -> list[Row]:
    """Those in use first, by kind."""
    bodies = CongressBody.objects.filter(procuratorate=office).order_by("kind", "id")
    assigned = dict(
        Suggestion.objects.filter(matter__procuratorate=office, body__isnull=False)
        .values_list("body")
        .annotate(Count("pk"))
    )
    shared = dict(
        Undertaking.objects.filter(matter__procuratorate=office, organ__isnull=False)
        .values_list("organ")
        .annotate(Count("matter", distinct=True))
    )
    found = [
        Row(
            body=body,
            phone=revealed.get(body.pk) or mask_phone(body.contact_phone or ""),
            revealed=body.pk in revealed,
            stopped=is_stopped(body, on),
            assigned=assigned.get(body.pk, 0),
            shared=shared.get(body.pk, 0),
        )
        for body in bodies
    ]
    kinds = list(BodyKind)
    return sorted(found, key=lambda row: (row.stopped, kinds.index(BodyKind(row.body.kind))))
