"""What rooms above teach the exchange: kinds of slips, how a one-time code travels, who fills a new account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from huiyin.exchange.models import AccessCode, OutsideAccount, Slip

Validator = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


class Handler(Protocol):
    """Acts on a slip and says in one sentence for the sender what came of it. Raises Refusal."""

    def __call__(self, slip: Slip, *, at: datetime) -> str: ...


class Sender(Protocol):
    """Brings a one-time code to a phone; called inside the operation that made it."""

    def __call__(self, *, access: AccessCode, phone: str, code: str, at: datetime) -> None: ...


class Opened(Protocol):
    """Publishes the cards a new account should find; called inside the operation that opened it."""

    def __call__(self, account: OutsideAccount, *, at: datetime) -> None: ...


@dataclass(frozen=True)
class SlipKind:
    """validator(payload, accepted entry of the card) → cleaned payload, or Refusal; handler as above.

    secret: what was handed in is forgotten once it was handled; that it was stays."""

    code: str
    validator: Validator
    handler: Handler
    secret: bool = False


_kinds: Final[dict[str, SlipKind]] = {}
_senders: Final[list[Sender]] = []
_opened: Final[list[Opened]] = []


def register_slip(kind: str, validator: Validator, handler: Handler, *, secret: bool = False) -> None:
    """Make a kind of slip known, from an AppConfig.ready(); the same kind twice is a programming error."""
    if kind in _kinds:
        raise ValueError(f"slip kind {kind} registered twice")
    _kinds[kind] = SlipKind(kind, validator, handler, secret)


def slip_kind(code: str) -> SlipKind:
    """The kind of that code; KeyError when nobody registered it."""
    return _kinds[code]


def register_sender(send: Sender) -> None:
    """Name who brings one-time codes to phones; there is one, the last named."""
    _senders[:] = [send]


def sender() -> Sender | None:
    """Who brings one-time codes to phones, if anybody does."""
    return _senders[0] if _senders else None


def register_opened(publish: Opened) -> None:
    """Ask to be told when an account opens, to publish what it should find there."""
    if publish not in _opened:
        _opened.append(publish)


def tell_opened(account: OutsideAccount, *, at: datetime) -> None:
    """Tell everyone who asked that an account opened."""
    for publish in _opened:
        publish(account, at=at)
