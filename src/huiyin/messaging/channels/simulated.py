"""The simulated phone: texts arrive on a page of the demonstration instead of on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from huiyin.messaging.channels import Packet, Report
from huiyin.messaging.models import SimulatedText
from huiyin.messaging.rules import MessageState


class SimulatedPhone:
    """Keyed by gateway id: the same packet twice shows once. Refuses to start outside demonstration settings."""

    repeats_harmlessly = True

    def __init__(self) -> None:
        if not settings.HUIYIN_DEMO:
            raise ImproperlyConfigured("模拟手机只能在演示设置下使用（HUIYIN_DEMO）。")

    def hand_over(self, packets: Sequence[Packet], *, at: datetime) -> Mapping[int, Report]:
        """Put every text on the screen of its phone."""
        texts = [
            SimulatedText(gateway_id=packet.gateway_id, phone=packet.phone, text=packet.text, arrived_at=at)
            for packet in packets
        ]
        SimulatedText.objects.bulk_create(texts, ignore_conflicts=True)
        arrived = Report(state=MessageState.DELIVERED, code="DELIVRD", meaning="模拟手机已收到")
        return {packet.message_id: arrived for packet in packets}
