"""How a contact point is found again: exactly, through the blind index of its own column."""

from __future__ import annotations

from typing import Final

from huiyin.kernel.crypto import blind_index, index_phone, index_text
from huiyin.kernel.fields import key_ring
from huiyin.people.rules import Channel

COLUMN: Final = "people_contactpoint.value"


def contact_index(channel: Channel, value: str) -> str:
    """Blind index of a value; phones are compared by their digits, everything else as folded text."""
    return blind_index(key_ring(), COLUMN, index_phone(value) if channel is Channel.MOBILE else index_text(value))
