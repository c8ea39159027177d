"""People, posts and offices as targets of audit records."""

from __future__ import annotations

from huiyin.audit.actors import Target
from huiyin.organisations.models import AdminSeat, CongressBody, Department, Post, Procuratorate, Staff


def target_of(thing: Staff | Post | AdminSeat | Procuratorate | Department | CongressBody) -> Target:
    """The thing as a value that outlives it."""
    return Target(kind=thing._meta.label_lower, key=str(thing.pk), label=str(thing))
