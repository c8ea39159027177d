"""Which persons a post meets in its work: whoever takes part in a matter open to it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.matters.models import Matter, Participant
from huiyin.organisations.models import Post


def met(post: Post) -> QuerySet[Any, Any]:
    """Ids of the persons of the register who take part in matters open to a post."""
    theirs = Participant.objects.filter(person__isnull=False, matter__in=Matter.objects.open_to(post).order_by())
    return theirs.order_by().values("person")
