"""Messages inside the house: the bell of a post, the phone site of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiyin.exchange.operations import publish
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import NOTE
from huiyin.messaging.channels import Packet, Report
from huiyin.messaging.rules import MessageState


class InSite:
    """A post reads the outbox row itself; a person gets a card. Cards are keyed by message, so twice shows once."""

    repeats_harmlessly = True

    def hand_over(self, packets: Sequence[Packet], *, at: datetime) -> Mapping[int, Report]:
        """Publish the persons' cards in one short transaction."""
        with transaction.atomic():
            return {packet.message_id: _bring(packet, at) for packet in packets}


def _bring(packet: Packet, at: datetime) -> Report:
    if not packet.person_key:
        return Report(state=MessageState.DELIVERED)
    account = account_of(packet.person_key)
    if account is None:
        return Report(state=MessageState.SUPPRESSED, problem="对方没有开通手机端")
    publish(
        account=account, kind=NOTE, key=f"message:{packet.message_id}", title=packet.title,
        body={"text": packet.text, "link": packet.link}, accepts=[], files=[], at=at, position_at=packet.created_at,
    )  # fmt: skip
    return Report(state=MessageState.DELIVERED)
