"""Allotting and voiding numbers.

`allot` stands inside the operation that needs the number, as its last step: the series' row lock is the last lock in
the house's order, and a rolled-back operation leaves no gap."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import transaction

from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.numbering.models import Number, Series
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require


class NumberVoided(Refusal):
    """The number was voided before."""

    code: ClassVar[str] = "numbering.number_voided"


class ReasonMissing(Refusal):
    """A number is voided with a reason or not at all."""

    code: ClassVar[str] = "numbering.reason_missing"


def allot(
    *,
    procuratorate: Procuratorate,
    code: str,
    year: int,
    pattern: str,
    actor: Actor,
    at: datetime,
    subject: Target | None = None,
) -> Number:
    """The next number of a series, without gaps, kept even if it is voided later.

    pattern: the number's text with {prefix} (机关代字), {year} and {value}, e.g. "{prefix}函〔{year}〕{value}号"; the
    placeholders take Python's format marks ({value:03d}). subject: what gets the number, as its register names it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is allotted inside an operation only")
    # SQLite: the operation began IMMEDIATE, so writers already stand in line. PostgreSQL: they queue at this row.
    wanted = {"procuratorate": procuratorate, "code": code, "year": year}
    if not Series.objects.filter(**wanted).exists():
        Series.objects.bulk_create([Series(**wanted)], ignore_conflicts=True)
    series = Series.objects.select_for_update().get(**wanted)
    series.last += 1
    series.save(update_fields=["last"])
    text = pattern.format(prefix=procuratorate.document_prefix, year=year, value=series.last)
    return Number.objects.create(
        series=series, value=series.last, text=text, allotted_at=at, allotted_by=actor.key,
        subject_kind=subject.kind if subject else "", subject_key=subject.key if subject else "",
        subject_label=clip(subject.label, 300) if subject else "",
    )  # fmt: skip


@operation
def void(*, number: Number, reason: str, actor: Actor, at: datetime) -> Number:
    """Mark a number as not used; it stays in the register with its reason and is never allotted again.

    Raises NotAllowed, ReasonMissing, NumberVoided."""
    require(actor, "numbering.void", number)
    reason = normalise(reason)[:200]
    if not reason:
        raise ReasonMissing("作废文号要写明原因。")
    still_used = Number.objects.filter(pk=number.pk, voided_at__isnull=True)
    if not still_used.update(voided_at=at, void_reason=reason):
        raise NumberVoided(f"{number.text} 已经作废，不用再次作废。")
    number.refresh_from_db()
    record("numbering.voided", actor=actor, target=target_of(number), at=at, reason=reason)
    return number


@operation
def note_export(*, procuratorate: Procuratorate, year: int, rows: int, actor: Actor, at: datetime) -> None:
    """Record that a year's register of numbers was taken away as a file. Raises NotAllowed."""
    require(actor, "numbering.export")
    target = Target(kind="numbering.register", key=procuratorate.code, label=f"{year}年文号簿")
    record("numbering.exported", actor=actor, target=target, at=at, rows=rows)


def target_of(number: Number) -> Target:
    """The number as audit names it."""
    return Target(kind="numbering.number", key=str(number.pk), label=number.text)
