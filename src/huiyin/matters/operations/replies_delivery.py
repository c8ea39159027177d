"""Delivery to each signer, and the entry in the congress system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.drafting import OPINION
from huiyin.matters.kinds import publish
from huiyin.matters.models import Delivery, Participant, Reply
from huiyin.matters.moves import advance_reply
from huiyin.matters.operations.references import note_letter_entered
from huiyin.matters.operations.replies_issuing import require_issued
from huiyin.matters.operations.undertakings import target
from huiyin.matters.recipients import open_rating_clock, reply_mode, served
from huiyin.matters.rules import DeliveryMode, MatterMovedOn, ReplyStatus, ReplyStep
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.books.vocabulary import ReplyMode
from huiyin.regulations.rules import StartEvent


class DeliveryDayWrong(Refusal):
    """A letter is delivered after it was issued and not in the future."""

    code = "matters.delivery_day_wrong"


class NotThroughTheLead(Refusal):
    """The book wants each signer answered, or nobody agreed that the lead deputy passes the letter on."""

    code = "matters.not_through_the_lead"


class NothingToDeliver(Refusal):
    """Everyone named has the letter already."""

    code = "matters.nothing_to_deliver"


@operation
def deliver(
    *,
    reply: Reply,
    participants: Sequence[Participant] = (),
    recipient: str = "",
    mode: DeliveryMode | str,
    delivered_on: date,
    evidence: StoredFile | None = None,
    note: str = "",
    actor: PostActor,
    version: int,
    at: datetime,
) -> Reply:
    """Record how some signers, or for an opinion the lead unit (recipient), received the letter.

    When everyone who must receive it has it, it is delivered and the time for rating begins. Raises NotAllowed,
    DeliveryDayWrong, NothingToDeliver, NotThroughTheLead, StepNotAllowed, MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.deliver_letter", matter)
    require_issued(reply)
    _check_day(reply, delivered_on, at.date())
    _guard(reply, version)
    have = set(reply.deliveries.values_list("participant_id", flat=True))
    new = [each for each in participants if each.pk not in have]
    if not new and not recipient:
        raise NothingToDeliver("请选择还没有送达的收件人。")
    if mode == DeliveryMode.LEAD:
        _check_through_lead(reply, new, note, at.date())
    common = {
        "reply": reply, "mode": mode, "delivered_on": delivered_on, "evidence": evidence, "note": clip(note, 200),
        "recorded_by": actor.post, "recorded_at": at,
    }  # fmt: skip
    for each in new:
        Delivery.objects.create(participant=each, recipient=each.name, **common)
    if recipient and not new:
        Delivery.objects.create(recipient=clip(recipient, 120), **common)
    _complete(reply, at)
    facts = {"reply": reply.pk, "to": [each.name for each in new] or [recipient], "mode": mode, "on": delivered_on}
    record("matters.letter_delivered", actor=actor, target=target(matter), at=at, **facts)
    publish(matter, at=at)
    return reply


def _check_day(reply: Reply, day: date, today: date) -> None:
    assert reply.issued_on is not None
    if not reply.issued_on <= day <= today:
        raise DeliveryDayWrong("送达日期应在印发日与今天之间，请核对。")


def _check_through_lead(reply: Reply, to: Sequence[Participant], note: str, today: date) -> None:
    """领衔转复: never to the lead himself; where each is owed an answer, only as the book allows and as was agreed."""
    if any(each.role == "lead" for each in to) or not to:
        raise NotThroughTheLead("领衔代表转复的，先登记领衔代表本人怎样收到，再登记由其转复的联名代表。")
    allowed = reply_mode(reply, today)
    if allowed is ReplyMode.EACH:
        raise NotThroughTheLead("本地规定应当答复每位联名代表，不能由领衔代表转复，请选择其他送达方式。")
    if allowed is ReplyMode.AGREED and not note.strip():
        raise NotThroughTheLead("由领衔代表转复须经同意，请在备注写明谁、何时同意的。")


def _guard(reply: Reply, version: int) -> None:
    if not Reply.objects.filter(pk=reply.pk, version=version).update(version=F("version") + 1):
        raise MatterMovedOn("这份文稿刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    reply.refresh_from_db()


def _complete(reply: Reply, at: datetime) -> None:
    if reply.status != ReplyStatus.ISSUED:
        return
    have = {delivery.participant_id: delivery.delivered_on for delivery in reply.deliveries.all()}
    waiting = [] if reply.kind == OPINION else [each for each in served(reply, at.date()) if each.pk not in have]
    if not waiting:
        last = max(have.values())
        advance_reply(reply, ReplyStep.DELIVER, version=reply.version, at=at, delivered_on=last)
        if reply.kind != OPINION:
            open_rating_clock(reply, StartEvent.DELIVERED, last, at)


@operation
def mark_uploaded(*, reply: Reply, uploaded_on: date, actor: PostActor, version: int, at: datetime) -> Reply:
    """Record the day the letter was entered in the congress system (practice 28).

    Raises NotAllowed, DeliveryDayWrong, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.mark_uploaded", reply.matter)
    require_issued(reply)
    _check_day(reply, uploaded_on, at.date())
    _guard(reply, version)
    Reply.objects.filter(pk=reply.pk).update(uploaded_on=uploaded_on)
    reply.uploaded_on = uploaded_on
    note_letter_entered(reply, actor.post, uploaded_on)
    record("matters.letter_uploaded_outside", actor=actor, target=target(reply.matter), at=at, on=uploaded_on)
    return reply
