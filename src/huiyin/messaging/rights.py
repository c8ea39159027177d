"""Whether somebody may still be told, asked at the moment of sending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.messaging.channels import Report
from huiyin.messaging.models import Binding, Message
from huiyin.messaging.rules import MessageChannel, MessageState, may_be_muted


@dataclass(frozen=True)
class Addressee:
    """Where a message goes; phone is empty inside the house."""

    phone: str = ""


def addressees(batch: Sequence[Message], *, at: datetime) -> Iterator[tuple[Message, Addressee | Report]]:
    """Each message with where it goes, or with the report why it does not leave."""
    texted = [row.person_id for row in batch if row.channel == MessageChannel.SMS and row.person_id]
    bindings = _bindings(texted)
    for message in batch:
        yield message, _addressee(message, bindings, at)


def _bindings(person_ids: Sequence[int]) -> dict[int, Binding]:
    """The binding in force of each person, the newest where there are several."""
    running = Binding.objects.filter(person_id__in=person_ids, channel=MessageChannel.SMS, ended_at=None)
    return {row.person_id: row for row in running.select_related("contact_point").order_by("bound_at", "id")}


def _addressee(message: Message, bindings: dict[int, Binding], at: datetime) -> Addressee | Report:
    if message.expires_at is not None and message.expires_at <= at:
        return Report(state=MessageState.FAILED, problem="已过有效时间，没有发送")
    if message.channel == MessageChannel.IN_SITE:
        return _at_the_bell(message, at)
    if message.address:
        return Addressee(phone=message.address)
    binding = bindings.get(message.person_id or 0)
    point = binding.contact_point if binding is not None else None
    if point is None or not point.value:
        return Report(state=MessageState.SUPPRESSED, problem="对方没有绑定手机")
    if point.opted_out_at is not None and may_be_muted(message.lane):
        return Report(state=MessageState.SUPPRESSED, problem="对方已退订")
    return Addressee(phone=point.value)


def _at_the_bell(message: Message, at: datetime) -> Addressee | Report:
    post = message.post
    if post is not None and post.until_on is not None and post.until_on <= at.date():
        return Report(state=MessageState.SUPPRESSED, problem="收件人已不在这个岗位")
    return Addressee()
