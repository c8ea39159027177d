"""联合办理: which organs handle and sign with us, and whose signature a joint reply still lacks (practice 24)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.matters.drafting import ANSWERS
from huiyin.matters.models import Countersignature, Matter, OutsideReply, Reply, Undertaking
from huiyin.matters.parts import parts_of
from huiyin.matters.queries import may_open
from huiyin.matters.rules import HandlerRole, ReplyStatus, Status
from huiyin.organisations.models import Post

BETWEEN: Final = "　"


def joint_parts(parts: Iterable[Undertaking]) -> list[Undertaking]:
    """Of some parts, the organs that handle the matter together with us and sign the reply."""
    return [part for part in parts if part.is_joint and part.organ_id]


def signing_organs(reply: Reply) -> tuple[str, ...]:
    """Our name, and those of the organs that sign with us: host first."""
    own = reply.matter.procuratorate.name
    if reply.kind not in ANSWERS:
        return (own,)
    return (own, *(part.who for part in joint_parts(parts_of(reply.matter))))


def countersigned(reply: Reply) -> dict[int, Countersignature]:
    """Undertaking → signature that covers the letter as it reads now; corrected characters (复核) do not undo one."""
    covered = set()
    for kind, digest in reply.versions.order_by("-number").values_list("kind", "digest"):
        covered.add(digest)
        if kind != "proof":
            break
    standing = reply.countersignatures.filter(digest__in=covered)
    return {each.undertaking_id: each for each in standing.order_by("id")}


def unsigned(reply: Reply) -> list[Undertaking]:
    """The organs whose signature the letter still lacks."""
    if reply.kind not in ANSWERS:
        return []
    parts = joint_parts(parts_of(reply.matter))
    have = countersigned(reply) if parts else {}
    return [part for part in parts if part.pk not in have]


def signers(reply: Reply) -> str:
    """Who signed, host first, as the letter prints it."""
    own = [reply.signed_by.staff.name] if reply.signed_by else []
    others = [each.signer for each in countersigned(reply).values()] if own and reply.kind in ANSWERS else []
    return BETWEEN.join([*own, *others])


def last_signed(reply: Reply, on: date) -> date:
    """成文日期: the day of the last of all signers. on: of our own."""
    return max([on, *(each.signed_on for each in countersigned(reply).values())])


def awaiting_countersignature(post: Post) -> list[Reply]:
    """Joint replies signed on our side, of matters this post may open, that another organ has not signed."""
    joint = Undertaking.objects.filter(matter=OuterRef("matter"), is_joint=True).exclude(status="moved")
    waiting = Reply.objects.filter(may_open(post, "matter"), status=ReplyStatus.SIGNED, kind__in=ANSWERS)
    found = waiting.filter(Exists(joint)).select_related("matter__procuratorate").order_by("id")
    return [reply for reply in found if unsigned(reply)]


def awaiting_lead(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Assisted matters whose opinion is out and that lack the lead unit's reply; what is on file waits no more (17)."""
    sent = Reply.objects.filter(matter=OuterRef("pk"), kind="opinion").exclude(issued_on=None)
    came = OutsideReply.objects.filter(matter=OuterRef("pk"))
    own = matters.filter(handler_role=HandlerRole.ASSIST, status=Status.CLOSED)
    return own.filter(Exists(sent)).exclude(Exists(came))
