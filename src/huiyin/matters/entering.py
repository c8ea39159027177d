"""What stands in systems outside, and what is done here and not entered there yet (practice 28)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.matters.models import ExternalReference, OutsideSystem, Reply
from huiyin.matters.queries import may_open
from huiyin.matters.rules import RETURNED, WITHDRAWN
from huiyin.organisations.models import Post, Procuratorate


def systems_of(office: Procuratorate) -> QuerySet[OutsideSystem]:
    """Those in use."""
    return OutsideSystem.objects.filter(procuratorate=office, ended_on=None).order_by("kind", "id")


def references_open_to(post: Post) -> QuerySet[ExternalReference]:
    """References of matters a post may open, in systems in use."""
    own = ExternalReference.objects.filter(system__in=systems_of(post.procuratorate).order_by())
    return own.filter(may_open(post, "matter"))


def entries_owed(post: Post) -> QuerySet[ExternalReference]:
    """Done here and not entered there: the letter is delivered, or the matter closed; not what left us again."""
    left = Reply.objects.filter(matter=OuterRef("matter"), round=OuterRef("matter__round"), delivered_on__isnull=False)
    done = Q(matter__is_open=False) | Exists(left.exclude(status="voided").exclude(kind="second"))
    missing = references_open_to(post).filter(reported_on=None, not_needed="")
    return missing.filter(done).exclude(matter__outcome__in=[RETURNED, WITHDRAWN])
