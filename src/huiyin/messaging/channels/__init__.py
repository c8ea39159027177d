"""Channels: how a packet leaves the house. One small class each, behind one Protocol.

A channel knows nothing of the outbox: it is handed packets and reports on each. Start at `Channel`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django.conf import settings

from huiyin.messaging.rules import MessageChannel, MessageState


@dataclass(frozen=True, kw_only=True)
class Packet:
    """One message ready to leave: everything a channel may know of it."""

    message_id: int
    gateway_id: str  # the same on every try, so that a repetition can be recognised
    title: str
    text: str
    link: str
    phone: str  # "" where the channel needs none
    person_key: str  # "p:7", "" for a post
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of a packet."""

    state: MessageState
    problem: str = ""
    again: bool = False  # failed for now: try later
    code: str = ""  # the channel's own word, kept as a receipt
    meaning: str = ""


class Channel(Protocol):
    """A way out of the house."""

    @property
    def repeats_harmlessly(self) -> bool:
        """Whether the same gateway id handed over twice shows once."""
        ...

    def hand_over(self, packets: Sequence[Packet], *, at: datetime) -> Mapping[int, Report]:
        """Send the packets; a report for each message id."""
        ...


class NoChannel(Exception):  # noqa: N818  # a fact about the installation, said in the message's problem
    """This installation has no such way out."""


def _in_site() -> Channel:
    from huiyin.messaging.channels.in_site import InSite

    return InSite()


def _simulated() -> Channel:
    from huiyin.messaging.channels.simulated import SimulatedPhone

    return SimulatedPhone()


TEXTERS: Final[dict[str, Callable[[], Channel]]] = {"simulated": _simulated}


def channel_for(channel: str) -> Channel:
    """The channel of that name as this installation has it. Raises NoChannel."""
    if channel == MessageChannel.IN_SITE:
        return _in_site()
    build = TEXTERS.get(settings.HUIYIN_TEXTER)
    if channel != MessageChannel.SMS or build is None:
        raise NoChannel("没有配置短信通道")
    return build()
