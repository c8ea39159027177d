"""Slips: committed first, handled afterwards. From the moment a sender sees a number, the slip is never lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.exchange.actors import account_actor
from huiyin.exchange.models import Card, OutsideAccount, Slip, SlipSeries
from huiyin.exchange.registry import slip_kind
from huiyin.exchange.rules import SlipState, pause_before, slip_number
from huiyin.exchange.shapes import SlipRefused, accepted_entry
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip

CHUNK: Final = 50
_log = logging.getLogger(__name__)


class AlreadyHandedIn(Refusal):
    """A slip of this kind on this card is still waiting."""

    code: ClassVar[str] = "exchange.already_handed_in"


def receive(
    *,
    account: OutsideAccount,
    card_public_id: str,
    kind: str,
    payload: Mapping[str, Any],
    request_key: UUID,
    at: datetime,
    remote: str = "",
) -> Slip:
    """Take in what a card allows and give its number; committed when this returns.

    The same request key again: the first slip. On one machine the handler then runs at once, in its own transaction;
    whatever becomes of it, the slip stays.

    Raises SlipRefused, AlreadyHandedIn, and what the kind's validator raises."""
    slip = _first(account, request_key)
    if slip is None:
        try:
            slip = _take_in(
                account=account, card_public_id=card_public_id, kind=kind, payload=payload, request_key=request_key,
                at=at, remote=remote,
            )  # fmt: skip
        except IntegrityError:  # the same request came in twice at the same moment
            slip = _first(account, request_key)
            if slip is None:
                raise
        if settings.HUIYIN_HANDLE_SLIPS_AT_ONCE:
            handle(slip.pk, at=at)
            slip.refresh_from_db()
    return slip


def _first(account: OutsideAccount, request_key: UUID) -> Slip | None:
    return Slip.objects.select_related("card").filter(account=account, request_key=request_key).first()


@operation
def _take_in(
    *,
    account: OutsideAccount,
    card_public_id: str,
    kind: str,
    payload: Mapping[str, Any],
    request_key: UUID,
    at: datetime,
    remote: str,
) -> Slip:
    card = Card.objects.select_for_update().filter(account=account, public_id=card_public_id, withdrawn_at=None).first()
    entry = accepted_entry(card.accepts, kind) if card is not None else None
    if card is None or entry is None:
        raise SlipRefused("这里现在不能提交，可能已经提交过，或者办理情况有了变化。请返回查看最新情况。")
    cleaned = slip_kind(kind).validator(payload, entry)
    waiting = Slip.objects.filter(card=card, kind=kind, state=SlipState.WAITING).first()
    if waiting is not None:
        raise AlreadyHandedIn(f"您已经提交过，回执号{waiting.number}，正在处理，不用重复提交。")
    slip = Slip.objects.create(
        number=_next_number(at), account=account, card=card, kind=kind, payload=cleaned, request_key=request_key,
        received_at=at, next_at=at,
    )  # fmt: skip
    target = Target(kind="exchange.slip", key=slip.number, label=clip(card.title, 300))
    record("exchange.slip_received", actor=account_actor(account, remote=remote), target=target, at=at, kind=kind)
    return slip


def _next_number(at: datetime) -> str:
    """The year's next number; the row stays locked until the slip is committed."""
    year = at.year
    SlipSeries.objects.get_or_create(year=year)
    SlipSeries.objects.filter(year=year).update(last=F("last") + 1)
    return slip_number(year, SlipSeries.objects.get(year=year).last)


def handle_waiting(at: datetime) -> int:
    """Handle slips waiting since their time came, oldest first; returns how many came to an end."""
    due = Slip.objects.filter(state=SlipState.WAITING, next_at__lte=at).order_by("next_at", "id")
    return sum(handle(key, at=at) for key in list(due.values_list("pk", flat=True)[:CHUNK]))


class _NothingToDo(Exception):  # noqa: N818  # another handler has it, or had it
    pass


def handle(slip_id: int, *, at: datetime) -> bool:
    """Handle one slip in its own transaction; False when another did, or when it failed and waits for its next try."""
    try:
        _handle(slip_id=slip_id, at=at)
    except _NothingToDo:
        return False
    except Exception:  # a bug in a handler must not cost a slip, nor hold up the others
        _log.exception("slip %s could not be handled", slip_id)
        _postpone(slip_id, at)
        return False
    return True


def _postpone(slip_id: int, at: datetime) -> None:
    slip = Slip.objects.get(pk=slip_id)
    Slip.objects.filter(pk=slip_id, state=SlipState.WAITING).update(
        tries=F("tries") + 1, next_at=at + pause_before(slip.tries)
    )


@operation
def _handle(*, slip_id: int, at: datetime) -> None:
    skip = connection.features.has_select_for_update_skip_locked
    waiting = Slip.objects.select_for_update(of=("self",), skip_locked=skip) if skip else Slip.objects
    slip = waiting.select_related("account", "card").filter(pk=slip_id, state=SlipState.WAITING).first()
    if slip is None:
        raise _NothingToDo
    try:
        with transaction.atomic():
            slip.answer = clip(slip_kind(slip.kind).handler(slip, at=at), 300)
        slip.state = SlipState.HANDLED
    except Refusal as refusal:
        slip.state, slip.answer = SlipState.REFUSED, clip(str(refusal), 300)
        _note(slip, at)
    slip.handled_at = at
    if slip_kind(slip.kind).secret:
        slip.payload = {}
    slip.save(update_fields=["state", "answer", "handled_at", "payload"])
    target = Target(kind="exchange.slip", key=slip.number)
    record("exchange.slip_handled", actor=SYSTEM, target=target, at=at, state=slip.state, answer=slip.answer)


def _note(slip: Slip, at: datetime) -> None:
    """Say on the card itself that the slip could not be dealt with: the sender sees it without asking."""
    if slip.card is not None:
        card = Card.objects.select_for_update().get(pk=slip.card.pk)
        card.notes = [*card.notes, {"at": at.isoformat(), "slip": slip.number, "text": slip.answer}]
        card.version, card.read_at = card.version + 1, None
        card.save(update_fields=["notes", "version", "read_at"])
