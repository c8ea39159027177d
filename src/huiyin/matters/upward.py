"""Which answers the office still owes the office above (S0-84, S0-85)."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.matters.models import Participant, Reply
from huiyin.matters.queries import may_open
from huiyin.matters.rules.upward import levels_above
from huiyin.organisations.models import Post, Procuratorate


def higher_signers(reply: Reply) -> QuerySet[Participant]:
    """Those who brought the matter as deputies of a congress above the office."""
    return _higher(reply.matter.procuratorate).filter(matter=reply.matter)


def owed_upward(post: Post) -> QuerySet[Reply]:
    """Answers that are out, of matters this post may open, whose copy did not go up yet; the oldest first."""
    theirs = _higher(post.procuratorate).filter(matter__procuratorate=post.procuratorate_id)
    out = Reply.objects.filter(matter__in=theirs.values("matter"), kind="reply", upward_copy=None)
    seen = out.exclude(issued_on=None).exclude(status="voided").filter(may_open(post, "matter"))
    return seen.order_by("issued_on", "id")


def office_above(office: Procuratorate) -> str:
    """Whom the copy goes to: the provincial office, or for that one the highest."""
    above = office.province if office.province_id != office.pk else None
    return above.name if above is not None else "最高人民检察院"


def _higher(office: Procuratorate) -> QuerySet[Participant]:
    signers = Participant.objects.filter(role__in=["lead", "cosigner"], mandate__kind="deputy")
    return signers.filter(mandate__level__in=levels_above(office.level))
