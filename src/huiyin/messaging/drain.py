"""Draining the outbox: claim a batch, send it, settle it.

Each step commits on its own. A drainer killed in between leaves claimed rows whose lease runs out: those that may have
left through a channel showing repetitions become "in doubt", all others are sent again under the same gateway id. A
settled row belongs to the drainer that claimed it; one that comes back late changes nothing."""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.text import clip
from huiyin.messaging.channels import Channel, NoChannel, Packet, Report, channel_for
from huiyin.messaging.models import Message, Receipt
from huiyin.messaging.raw_sql import claim_ids
from huiyin.messaging.rights import Addressee, addressees
from huiyin.messaging.rules import ARRIVED, LEASE, MessageState, next_pause, state_after_lease

BATCH: Final = 100
_log = logging.getLogger(__name__)
_OUTBOX: Final = Target(kind="messaging.outbox", key="")


def drain(*, worker: str, at: datetime, limit: int = BATCH) -> int:
    """Release what silent drainers left, then claim, send and settle one batch; returns how many were settled."""
    release_expired(at=at)
    token = f"{worker[:40]}:{uuid.uuid4().hex[:12]}"
    batch = claim(token=token, at=at, limit=limit)
    if not batch:
        return 0
    reports = send(batch, token=token, at=at)
    return settle(token=token, batch=batch, reports=reports, at=at)


def claim(*, token: str, at: datetime, limit: int = BATCH) -> list[Message]:
    """Lease the most urgent due messages to a token."""
    ids = claim_ids(token=token, at=at, lease_until=at + LEASE, limit=limit)
    return list(Message.objects.filter(pk__in=ids).select_related("post").order_by("lane", "next_at", "id"))


def send(batch: Sequence[Message], *, token: str, at: datetime) -> dict[int, Report]:
    """Hand a claimed batch to its channels; a report for each message id.

    Whether each may still be told is asked here, not when it was queued."""
    reports: dict[int, Report] = {}
    by_channel: dict[str, list[Packet]] = defaultdict(list)
    for message, addressee in addressees(batch, at=at):
        if isinstance(addressee, Report):
            reports[message.pk] = addressee
        else:
            by_channel[message.channel].append(_packet(message, addressee))
    for channel, packets in by_channel.items():
        reports.update(_hand_over(channel, packets, token=token, at=at))
    return reports


def _packet(message: Message, addressee: Addressee) -> Packet:
    return Packet(
        message_id=message.pk, gateway_id=f"{message.pk}-{message.attempt_class}", title=message.title,
        text=message.secret_body or message.body, link=message.link, phone=addressee.phone,
        person_key=message.recipient_key if message.person_id else "", created_at=message.created_at,
    )  # fmt: skip


def _hand_over(name: str, packets: Sequence[Packet], *, token: str, at: datetime) -> Mapping[int, Report]:
    try:
        channel = channel_for(name)
    except NoChannel as missing:
        return _all(packets, Report(state=MessageState.FAILED, problem=str(missing)))
    if not channel.repeats_harmlessly:
        ids = [packet.message_id for packet in packets]
        Message.objects.filter(pk__in=ids, leased_by=token).update(handed_at=at)
    try:
        return channel.hand_over(packets, at=at)
    except Exception as problem:  # whatever a channel stumbles over must not hold up the other channels
        _log.exception("channel %s failed", name)
        return _all(packets, _broken(channel, problem))


def _broken(channel: Channel, problem: Exception) -> Report:
    words = clip(f"{type(problem).__name__}", 200)
    if channel.repeats_harmlessly:
        return Report(state=MessageState.FAILED, problem=words, again=True)
    return Report(state=MessageState.IN_DOUBT, problem=words)


def _all(packets: Iterable[Packet], report: Report) -> dict[int, Report]:
    return {packet.message_id: report for packet in packets}


@operation
def settle(*, token: str, batch: Sequence[Message], reports: Mapping[int, Report], at: datetime) -> int:
    """Write down in one transaction what became of a batch; rows no longer leased to the token stay as they are."""
    mine = {row.pk: row for row in Message.objects.filter(pk__in=[row.pk for row in batch], leased_by=token)}
    counts: dict[str, int] = defaultdict(int)
    for key, row in mine.items():
        report = reports.get(key, Report(state=MessageState.FAILED, problem="通道没有回报", again=True))
        _write(row, report, at)
        counts[row.state] += 1
    Message.objects.bulk_update(mine.values(), _WRITTEN)
    Receipt.objects.bulk_create(
        Receipt(message_id=key, code=reports[key].code, meaning=reports[key].meaning, received_at=at)
        for key in mine
        if key in reports and reports[key].code
    )
    record("messaging.drained", actor=SYSTEM, target=_OUTBOX, at=at, **counts)
    return len(mine)


_WRITTEN: Final = [
    "state", "sent_at", "settled_at", "next_at", "gateway_id", "problem", "lease_until", "leased_by", "handed_at",
    "secret_body", "address",
]  # fmt: skip


def _write(row: Message, report: Report, at: datetime) -> None:
    pause = next_pause(row.tries) if report.again else None
    row.lease_until, row.leased_by = None, ""
    row.problem = clip(report.problem, 200)
    if pause is not None:
        row.state, row.next_at = MessageState.WAITING, at + pause
        return
    row.state, row.settled_at = report.state, at
    row.gateway_id = f"{row.pk}-{row.attempt_class}"
    if report.state in ARRIVED:
        row.sent_at = at
    row.secret_body = row.address = None  # the code has done its work, or never will


def release_expired(*, at: datetime) -> int:
    """Take back messages whose drainer went silent; returns how many."""
    if not Message.objects.filter(state=MessageState.CLAIMED, lease_until__lte=at).exists():
        return 0
    return _release(at=at)


@operation
def _release(*, at: datetime) -> int:
    with transaction.atomic():
        silent = Message.objects.select_for_update(skip_locked=True) if _can_skip() else Message.objects
        rows = list(silent.filter(state=MessageState.CLAIMED, lease_until__lte=at).order_by("id")[:BATCH])
        counts: dict[str, int] = defaultdict(int)
        for row in rows:
            row.state = state_after_lease(handed_over=row.handed_at is not None, tries=row.tries)
            row.lease_until, row.leased_by = None, ""
            counts[row.state] += 1
            if row.state != MessageState.WAITING:
                row.settled_at, row.secret_body, row.address = at, None, None
                row.problem = "发送程序中断，是否发出不能确定" if row.handed_at else "多次发送没有成功"
        Message.objects.bulk_update(rows, _WRITTEN)
    record("messaging.released", actor=SYSTEM, target=_OUTBOX, at=at, **counts)
    return len(rows)


def _can_skip() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked
