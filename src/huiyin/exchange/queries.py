"""What the phone site reads: nothing but an account's own cards and slips, and the cards for everyone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.exchange.models import Card, CardFile, OutsideAccount, Slip
from huiyin.exchange.shapes import FRONT


def account_of(person_key: str) -> OutsideAccount | None:
    """The open account of a person ("p:7"), if there is one."""
    return OutsideAccount.objects.filter(person_key=person_key, closed_at=None).first()


def open_account_of(public_id: str) -> OutsideAccount | None:
    """The open account a session names."""
    return OutsideAccount.objects.filter(public_id=public_id, closed_at=None).first()


def cards_of(account: OutsideAccount, kind: str) -> QuerySet[Card]:
    """An account's cards of a kind, the newest first."""
    return Card.objects.filter(account=account, kind=kind, withdrawn_at=None).order_by("-position_at", "-id")


def card_of(account: OutsideAccount, public_id: str) -> Card | None:
    """One card this account may read, with its files."""
    readable = Q(account=account) | Q(account=None)
    return Card.objects.filter(readable, public_id=public_id, withdrawn_at=None).prefetch_related("files").first()


def cards_for_everyone(kind: str) -> QuerySet[Card]:
    """Cards of a kind that anybody may read, the newest first."""
    return Card.objects.filter(account=None, kind=kind, withdrawn_at=None).order_by("-position_at", "-id")


def file_of(account: OutsideAccount, public_id: str) -> CardFile | None:
    """One file on a card this account may read."""
    readable = Q(card__account=account) | Q(card__account=None)
    return CardFile.objects.filter(readable, public_id=public_id, card__withdrawn_at=None).first()


def slips_of(account: OutsideAccount) -> QuerySet[Slip]:
    """What an account handed in, the newest first."""
    return Slip.objects.filter(account=account).select_related("card").order_by("-id")


def handed_in(account: OutsideAccount, request_key: str) -> Slip | None:
    """The slip a form was already turned into, by the form's request key; None for what is no key."""
    try:
        key = UUID(request_key)
    except ValueError:
        return None
    return Slip.objects.filter(account=account, request_key=key).first()


def unread_count(account: OutsideAccount, kind: str, *, most: int = 100) -> int:
    """How many cards of a kind are unread; counting stops at `most`."""
    return cards_of(account, kind).filter(read_at=None).order_by()[:most].count()


def front() -> dict[str, Any]:
    """What the door of the phone site says of the office: organ, phone; empty where nobody published it."""
    card = Card.objects.filter(account=None, kind=FRONT, withdrawn_at=None).first()
    return dict(card.body) if card else {}
