"""Cards: prepared views going out, each with its own copies of files. What is not on a card cannot leak."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.actors import account_actor
from huiyin.exchange.models import Card, CardFile, OutsideAccount
from huiyin.exchange.operations.copies import keep
from huiyin.exchange.shapes import FRONT
from huiyin.kernel.ids import new_public_id
from huiyin.kernel.text import clip


@dataclass(frozen=True, kw_only=True)
class CardContent:
    """A file to copy onto a card."""

    name: str
    media_type: str
    content: bytes


def publish(
    *,
    account: OutsideAccount | None,
    kind: str,
    key: str,
    title: str,
    body: Mapping[str, Any],
    accepts: Sequence[Mapping[str, Any]],
    files: Sequence[CardContent],
    at: datetime,
    position_at: datetime,
) -> Card:
    """Send a card out to one account, or to everyone when account is None; inside an operation.

    The same card again with the same content changes nothing; with other content it becomes its next version.
    accepts: kinds of slip it takes, see shapes.py. position_at: newer stands higher on the phone."""
    found = Card.objects.select_for_update().filter(account=account, kind=kind, key=key).first()
    card = found or Card(public_id=new_public_id(), account=account, kind=kind, key=key, version=0)
    said = (clip(title, 300), dict(body), [dict(entry) for entry in accepts], position_at)
    same = (card.title, card.body, card.accepts, card.position_at) == said and card.withdrawn_at is None
    if found is not None and same and _digests(card) == sorted(_named(each) for each in files):
        return card
    card.title, card.body, card.accepts, card.position_at = said
    card.version += 1
    card.published_at, card.read_at, card.withdrawn_at = at, None, None
    card.save()
    _copy_files(card, files)
    return card


def withdraw(*, account: OutsideAccount | None, kind: str, key: str, at: datetime) -> bool:
    """Take a card back, its files with it; False when there was none. Inside an operation."""
    card = Card.objects.filter(account=account, kind=kind, key=key, withdrawn_at=None).first()
    if card is None:
        return False
    card.withdrawn_at, card.body, card.accepts, card.version = at, {}, [], card.version + 1
    card.save()
    card.files.all().delete()
    return True


@operation
def announce_front(*, organ: str, phone: str, actor: Actor, at: datetime) -> Card:
    """Say on the door of the phone site whose it is and whom to call."""
    body = {"organ": organ, "phone": phone}
    card = publish(
        account=None, kind=FRONT, key="front", title=organ, body=body, accepts=[], files=[], at=at, position_at=at
    )
    target = Target(kind="exchange.card", key=card.public_id, label=clip(organ, 300))
    record("exchange.front_announced", actor=actor, target=target, at=at, **body)
    return card


@operation
def mark_read(*, account: OutsideAccount, card: Card, at: datetime) -> None:
    """The reader says that a card was read."""
    Card.objects.filter(pk=card.pk, account=account, read_at=None).update(read_at=at)
    target = Target(kind="exchange.card", key=card.public_id, label=clip(card.title, 300))
    record("exchange.card_read", actor=account_actor(account), target=target, at=at)


def _named(each: CardContent) -> tuple[str, str]:
    return each.name, hashlib.sha256(each.content).hexdigest()


def _digests(card: Card) -> list[tuple[str, str]]:
    return sorted(card.files.values_list("name", "sha256"))


def _copy_files(card: Card, files: Sequence[CardContent]) -> None:
    """Give the card exactly these files; one that stays keeps its address."""
    there = {(row.name, row.sha256): row for row in card.files.all()}
    for each in files:
        name = _named(each)
        if there.pop(name, None) is None:
            path = keep(each.content, name[1])
            CardFile.objects.create(
                public_id=new_public_id(), card=card, name=each.name, media_type=each.media_type,
                size=len(each.content), sha256=name[1], path=path,
            )  # fmt: skip
    for gone in there.values():
        gone.delete()
