"""A signed letter loses a number taken by mistake, or does not go out at all (作废)."""

from __future__ import annotations

from datetime import datetime

from huiyin.approvals.operations import drop_unread
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.matters import indexing
from huiyin.matters.models import Commitment, Reply
from huiyin.matters.moves import advance_reply, move_along
from huiyin.matters.operations.replies_numbers import WITHOUT_NUMBER, void_number_of
from huiyin.matters.operations.replies_signing import drafters_of, hold_road, tell
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import AFTER_SIGNING, ReplyStep, Step
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class ReasonMissing(Refusal):
    """What is voided is voided with a reason."""

    code = "matters.reason_missing"


@operation
def void_number(*, reply: Reply, reason: str, actor: PostActor, version: int, at: datetime) -> Reply:
    """Take a number taken by mistake back from a letter that is not out: signed as it was, it waits for another.

    The number stays in the register, voided; a seal set on the old paper no longer counts. Raises NotAllowed,
    ReasonMissing, NumberVoided, StepNotAllowed, MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.void_number", matter)
    reason = _reason(reason, "作废文号要写明原因。")
    hold_road(reply)
    number = reply.number
    advance_reply(reply, ReplyStep.UNNUMBER, version=version, at=at, **WITHOUT_NUMBER)
    assert number is not None  # what has been numbered has a number
    record(
        "matters.letter_unnumbered", actor=actor, target=target(matter), at=at, reply=reply.pk, number=str(number),
        reason=reason,
    )  # fmt: skip
    void_number_of(reply, number, reason=reason, actor=actor, at=at)
    return reply


@operation
def void_letter(*, reply: Reply, reason: str, actor: PostActor, version: int, at: datetime) -> Reply:
    """Give up a letter that has not gone out, a draft or a signed one; its number, if it has one, is voided with it.

    Its texts and signatures stay to be read; the matter is in hand again and a new letter can be begun. What is out
    for signature is called back first. Raises NotAllowed, ReasonMissing, NumberVoided, StepNotAllowed,
    MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.void_letter", reply)
    reason = _reason(reason, "作废文稿要写明原因。")
    hold_road(reply)
    was_signed, number = reply.status in AFTER_SIGNING, reply.number
    advance_reply(
        reply, ReplyStep.VOID, version=version, at=at, voided_at=at, voided_by=actor.post, void_reason=reason
    )  # fmt: skip
    if was_signed:
        move_along(reply, Step.RETURN, at=at)
        move_along(reply, Step.RETURN, at=at)
        indexing.reindex(matter)
    if reply.approval is not None:
        drop_unread(reply.approval)
    Commitment.objects.filter(second_reply=reply).update(second_reply=None)
    _tell(reply, reason, actor, at)
    facts = {"reply": reply.pk, "number": str(number or ""), "reason": reason}
    record("matters.letter_voided", actor=actor, target=target(matter), at=at, **facts)
    if number is not None:
        void_number_of(reply, number, reason=reason, actor=actor, at=at)
    return reply


def _reason(said: str, missing: str) -> str:
    reason = normalise(said)[:200]
    if not reason:
        raise ReasonMissing(missing)
    return reason


def _tell(reply: Reply, reason: str, actor: PostActor, at: datetime) -> None:
    """Those who wrote it and who signed it hear that it does not go out."""
    signer = [reply.signed_by] if reply.signed_by else []
    words = f"{actor.post.label}作废了{reply.matter.naming}的{reply.get_kind_display()}：{reason}。"
    for post in {post.pk: post for post in [*drafters_of(reply, at), *signer]}.values():
        if post.pk != actor.post.pk:
            tell(reply, post, f"reply:{reply.pk}:voided", f"文稿作废：{reply.matter.known_as}", words, at)
