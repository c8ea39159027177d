"""The reply of the unit that leads comes in for our file; there is no rating or satisfaction of ours (practice 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter, OutsideReply
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class NoOutsideReply(Refusal):
    """The matter is ours to answer, our opinion is not out yet, or the paper is not as it should be."""

    code = "matters.no_outside_reply"


@dataclass(frozen=True, kw_only=True)
class OutsideReplyFacts:
    """What the paper says, and when it came."""

    organ: str
    document_number: str
    dated_on: date
    received_on: date
    note: str = ""


@operation
def record_outside_reply(
    *,
    matter: Matter,
    facts: OutsideReplyFacts,
    scan: StoredFile | None,
    actor: PostActor,
    request_key: UUID,
    at: datetime,
) -> OutsideReply:
    """Record the lead unit's reply to the deputy for our file; the same request key again gives the first record.

    Raises NotAllowed, MatterArchived, NoOutsideReply."""
    require(actor, "matters.record_outside_reply", matter)
    refuse_archived(matter)
    found = OutsideReply.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    if found is None:
        _check(matter, facts, at.date())
        if scan is None:
            raise NoOutsideReply("请上传答复的扫描件。")
        found = OutsideReply.objects.create(
            matter=matter, organ=clip(facts.organ, 120), document_number=clip(facts.document_number, 60),
            dated_on=facts.dated_on, received_on=facts.received_on, note=clip(facts.note, 300), scan=scan,
            recorded_by=actor.post, recorded_at=at, request_key=request_key,
        )  # fmt: skip
        forget_drafts(request_key, actor.key)
    told = {"organ": found.organ, "number": found.document_number, "received_on": found.received_on}
    record("matters.outside_reply_recorded", actor=actor, target=target(matter), at=at, **told)
    return found


def takes_outside_reply(matter: Matter) -> bool:
    """Whether another unit answers the deputy too: it leads and our opinion is out, or each answers for its part."""
    if matter.handler_role == HandlerRole.SEPARATE:
        return True
    sent = matter.replies.filter(kind="opinion").exclude(issued_on=None)
    return matter.handler_role == HandlerRole.ASSIST and sent.exists()


def _check(matter: Matter, facts: OutsideReplyFacts, today: date) -> None:
    if not takes_outside_reply(matter):
        if matter.handler_role == HandlerRole.ASSIST:
            raise NoOutsideReply("我院的会办意见还没有印发，印发以后再登记主办单位的答复。")
        raise NoOutsideReply(f"{matter.known_as}由我院{matter.get_handler_role_display()}，没有外单位的答复要登记。")
    if not facts.dated_on <= facts.received_on <= today:
        raise NoOutsideReply("成文日期不能晚于收到日，收到日不能晚于今天，请核对。")
    if matter.outside_replies.filter(document_number=clip(facts.document_number, 60)).exists():
        raise NoOutsideReply(f"{facts.document_number}已经登记过，不用重复登记。")
