"""Seals: batches of records under one chained digest, and the verification that names the first broken record.

A seal lists ids and digests of its records and the digest of the seal before it. Whoever rewrites history must rewrite
every later seal; the digest of the last one, noted down outside the house, gives him away (`verify(anchors=…)`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection, transaction

from huiyin.audit.models import Record, Seal
from huiyin.audit.raw_sql import wait_for_writers
from huiyin.audit.scope import digest_of
from huiyin.kernel.ids import payload_digest

BATCH: Final = 500


@dataclass(frozen=True)
class Verdict:
    """What the verification found; `broken` is empty when everything stands as it was written."""

    seals: int
    sealed: int  # records under a seal
    unsealed: int  # records after the last seal, waiting for the next
    last: str  # digest of the last seal: note it down outside the house
    broken: str = ""  # the first thing found broken, a sentence
    record_id: int | None = None  # the record it names


def seal_records(at: datetime) -> int:
    """Seal every record not sealed yet, oldest first; returns how many. Two sealers at once do no harm."""
    total = 0
    while count := _seal_batch(at):
        total += count
    return total


def _seal_batch(at: datetime) -> int:
    with transaction.atomic():
        wait_for_writers(connection)
        last = Seal.objects.order_by("-number").first()
        after = last.record_ids[-1] if last else 0
        rows = list(Record.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "digest")[:BATCH])
        if not rows:
            return 0
        seal = Seal(
            number=last.number + 1 if last else 1,
            sealed_at=at,
            record_ids=[pk for pk, _ in rows],
            record_digests=[digest for _, digest in rows],
            previous=last.digest if last else "",
        )
        seal.digest = seal_digest(seal)
        seal.save(force_insert=True)
    return len(rows)


def seal_digest(seal: Seal) -> str:
    """SHA-256 over all a seal says."""
    moment = seal.sealed_at.astimezone(UTC)
    return payload_digest([seal.number, seal.previous, moment, seal.record_ids, seal.record_digests])


def verify(*, anchors: Mapping[int, str] | None = None) -> Verdict:
    """Walk all seals and records in order and name the first one changed, removed or slipped in.

    anchors: seal number → digest as noted down outside earlier."""
    seals = sealed = 0
    last = ""
    upto = 0
    for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
        seals += 1
        broken, record_id = _broken_seal(seal, seals, last) or _broken_batch(seal, upto) or ("", None)
        if not broken and anchors and anchors.get(seal.number, seal.digest) != seal.digest:
            broken = f"第{seal.number}批封存与留存的摘要不符，这一批或者更早的记录被整体改写过"
        if broken:
            return Verdict(seals, sealed, 0, last, broken, record_id)
        sealed, last, upto = sealed + len(seal.record_ids), seal.digest, seal.record_ids[-1]
    gone = [number for number in sorted(anchors or {}) if number > seals]
    if gone:
        return Verdict(seals, sealed, 0, last, f"第{gone[0]}批封存不见了：留存过它的摘要，现在只有{seals}批")
    return _tail(seals, sealed, last, upto)


def _tail(seals: int, sealed: int, last: str, upto: int) -> Verdict:
    unsealed = 0
    for row in Record.objects.filter(pk__gt=upto).select_related("parent").order_by("pk").iterator(chunk_size=500):
        unsealed += 1
        if _changed(row):
            return Verdict(seals, sealed, unsealed, last, f"第{row.pk}号记录（尚未封存）被改动过", row.pk)
    return Verdict(seals, sealed, unsealed, last)


def _broken_seal(seal: Seal, place: int, previous: str) -> tuple[str, int | None] | None:
    """Whether the seal itself is out of the chain; its own records are looked at first, they name more."""
    if seal.number != place:
        return f"第{place}批封存不见了", None
    if seal.previous != previous:
        return f"第{place}批封存接不上前一批，前一批被整体改写过", None
    return None


def _broken_batch(seal: Seal, upto: int) -> tuple[str, int | None] | None:
    """The first record of a batch that is changed, removed or slipped in; then the seal's own digest."""
    listed = dict(zip(seal.record_ids, seal.record_digests, strict=False))
    if not listed or len(listed) != len(seal.record_ids) or len(listed) != len(seal.record_digests):
        return f"第{seal.number}批封存的清单被改动过", None
    within = Record.objects.filter(pk__gt=upto, pk__lte=seal.record_ids[-1])
    found = {row.pk: row for row in within.select_related("parent")}
    for pk in sorted({*listed, *found}):
        if pk not in found:
            return f"第{pk}号记录被删除", pk
        if pk not in listed:
            return f"第{pk}号记录是事后插入的，第{seal.number}批封存里没有它", pk
        if _changed(found[pk]) or found[pk].digest != listed[pk]:
            return f"第{pk}号记录被改动过", pk
    if seal_digest(seal) != seal.digest:
        return f"第{seal.number}批封存被改动过", None
    return None


def _changed(row: Record) -> bool:
    return digest_of(row, parent_key=row.parent.key if row.parent else "") != row.digest
