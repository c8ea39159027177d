"""Every blind index of the house and what it is computed from, for the day the index key changes.

A house test holds this table against the models: a column in neither list fails it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from huiyin.exchange.operations.accounts import phone_index
from huiyin.kernel.crypto import blind_index, index_phone
from huiyin.kernel.fields import key_ring
from huiyin.people.contact_index import contact_index
from huiyin.people.rules import Channel


@dataclass(frozen=True)
class Rebuilt:
    """One index column, the encrypted column it is computed from, and what it would be today for a row."""

    model: str
    column: str
    source: str
    of: Callable[[Any], str]


REBUILT: Final = (
    Rebuilt("people.ContactPoint", "blind_index", "value", lambda row: contact_index(Channel(row.channel), row.value)),
    Rebuilt("exchange.OutsideAccount", "phone_index", "phone", lambda row: phone_index(row.phone)),
    Rebuilt(
        "messaging.Message",
        "address_index",
        "address",
        lambda row: blind_index(key_ring(), "messaging_message.address", index_phone(row.address)),
    ),
)
# Rows whose source the house does not keep, with what that means.
FADING: Final = {
    ("exchange.AccessCode", "phone_index"): "kept for a day: the counting of codes begins anew",
    ("exchange.AccessCode", "remote_index"): "kept for a day: the counting of codes begins anew",
}
