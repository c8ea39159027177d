"""What is known of a matter in a system outside: its number there, the day it was entered, or that it need not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.matters.drafting import SECOND
from huiyin.matters.models import ExternalReference, Matter, OutsideSystem, Reply
from huiyin.matters.operations.exports import register_of
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules.outside import TAKES_LETTERS
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require

LIST: Final = "外系统录入核对表"
RECEIPT: Final = ("number", "received_on", "closed_on", "reported_on")


class NotToBeEntered(Refusal):
    """Nothing chosen, a day that cannot be, a number missing, or a colleague was faster."""

    code = "matters.not_to_be_entered"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One matter that was entered outside; number "" keeps the one that stands."""

    reference: ExternalReference
    version: int
    number: str = ""


@operation
def mark_entered(*, entries: Sequence[Entry], entered_on: date, actor: PostActor, at: datetime) -> int:
    """Record the day matters were entered outside, all or none; gives how many. Where their file brought the number,
    that one stands. Raises NotAllowed, NotToBeEntered."""
    require(actor, "matters.mark_entered")
    if not entries:
        raise NotToBeEntered("还没有勾选事项，请先勾选已经录入的。")
    for entry in entries:
        _enter_one(entry=entry, entered_on=entered_on, actor=actor, at=at)
    record(
        "matters.entered_outside", actor=actor, target=register_of(actor, LIST), at=at, on=entered_on,
        entries=len(entries),
    )  # fmt: skip
    return len(entries)


@operation
def _enter_one(*, entry: Entry, entered_on: date, actor: PostActor, at: datetime) -> None:
    reference, matter = entry.reference, entry.reference.matter
    require(actor, "matters.add_reference", matter)
    number = reference.number if reference.imported_on and reference.number else _number(entry.number)
    number = number or reference.number
    name = f"{matter.known_as}（{reference.system.name}）"
    if not number:
        raise NotToBeEntered(f"请填写{name}在对方系统里的编号。")
    _require_day(matter, entered_on, name, at.date())
    _move(reference, entry.version, number=number, reported_on=entered_on, not_needed="", recorded_by=actor.post)
    pass_on_to_letter(reference)
    record(
        "matters.reference_entered", actor=actor, target=target(matter), at=at, system=reference.system.name,
        number=number, on=entered_on,
    )  # fmt: skip


@operation
def add_reference(
    *, matter: Matter, system: OutsideSystem, number: str, actor: PostActor, at: datetime
) -> ExternalReference:
    """Say that a matter also stands in a system, under which number. Raises NotAllowed, NotToBeEntered."""
    require(actor, "matters.add_reference", matter)
    if system.procuratorate_id != matter.procuratorate_id or system.ended_on is not None:
        raise NotToBeEntered("这个系统已经停用，请另选。")
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # of two who add the same, the second is refused
    if ExternalReference.objects.filter(matter=matter, system=system).exists():
        raise NotToBeEntered(f"{matter.known_as}在{system.name}的编号已经登记过了。")
    if not _number(number):
        raise NotToBeEntered("请填写在对方系统里的编号。")
    reference = ExternalReference.objects.create(
        matter=matter, system=system, number=_number(number), recorded_by=actor.post
    )
    record(
        "matters.reference_added", actor=actor, target=target(matter), at=at, system=system.name,
        number=reference.number,
    )  # fmt: skip
    return reference


@operation
def set_not_needed(
    *, reference: ExternalReference, reason: str, version: int, actor: PostActor, at: datetime
) -> ExternalReference:
    """A matter need not be entered there, and why. Raises NotAllowed, NotToBeEntered."""
    matter = reference.matter
    require(actor, "matters.add_reference", matter)
    if reference.reported_on is not None:
        raise NotToBeEntered(f"{matter.known_as}已经录入{reference.system.name}，不用再登记无需录入。")
    if not reason.strip():
        raise NotToBeEntered("请写明为什么不用录入。")
    _move(reference, version, not_needed=clip(reason.strip(), 200), recorded_by=actor.post)
    record(
        "matters.reference_not_needed", actor=actor, target=target(matter), at=at, system=reference.system.name,
        reason=reference.not_needed,
    )  # fmt: skip
    return reference


@operation
def reopen_entry(
    *, reference: ExternalReference, reason: str, version: int, actor: PostActor, at: datetime
) -> ExternalReference:
    """Take back that it was entered, or that it need not be: it is owed again, and its letter's entry with it.

    Raises NotAllowed, NotToBeEntered."""
    matter, entered_on = reference.matter, reference.reported_on
    require(actor, "matters.reopen_entry", matter)
    if entered_on is None and not reference.not_needed:
        raise NotToBeEntered(f"{matter.known_as}（{reference.system.name}）现在就是没有录入，请刷新页面查看。")
    if not reason.strip():
        raise NotToBeEntered("请写明为什么撤销。")
    note = clip(f"{at:%Y-%m-%d}撤销登记：{reason.strip()}", 200)
    _move(reference, version, reported_on=None, not_needed="", note=note, recorded_by=actor.post)
    if entered_on is not None and reference.system.kind in TAKES_LETTERS:
        _letters(matter).filter(uploaded_on=entered_on).update(uploaded_on=None)
    record(
        "matters.entry_reopened", actor=actor, target=target(matter), at=at, system=reference.system.name,
        before=entered_on, reason=reason,
    )  # fmt: skip
    return reference


@operation
def take_receipt(
    *, matter: Matter, system: OutsideSystem, said: Mapping[str, Any], actor: PostActor, at: datetime
) -> ExternalReference:
    """What their file says of a matter: number, received_on, closed_on, reported_on; what it leaves out stays.

    Raises NotAllowed, NotToBeEntered."""
    require(actor, "matters.import_receipts")
    require(actor, "matters.add_reference", matter)
    if said.get("reported_on"):
        _require_day(matter, said["reported_on"], f"{matter.known_as}（{system.name}）", at.date())
    reference, _ = ExternalReference.objects.select_for_update(no_key=True).get_or_create(matter=matter, system=system)
    facts = {name: said[name] for name in RECEIPT if said.get(name)}
    facts.setdefault("number", reference.number or matter.known_as)
    if "reported_on" in facts:
        facts["not_needed"] = ""
    _move(reference, reference.version, imported_on=at.date(), recorded_by=actor.post, **facts)
    if reference.reported_on is not None:
        pass_on_to_letter(reference)
    record(
        "matters.receipt_taken", actor=actor, target=target(matter), at=at, system=system.name,
        **{name: str(value) for name, value in facts.items()},
    )  # fmt: skip
    return reference


def note_letter_entered(reply: Reply, by: Post, on: date) -> None:
    """A letter entered in the congress system: its matter is; inside an operation."""
    own = ExternalReference.objects.filter(matter=reply.matter_id, system__kind__in=TAKES_LETTERS, reported_on=None)
    if reply.kind != SECOND:
        own.update(reported_on=on, not_needed="", recorded_by=by, version=F("version") + 1)


def pass_on_to_letter(reference: ExternalReference) -> None:
    """A matter entered in the system of whoever assigned it: its letter is; inside an operation."""
    if reference.system.kind in TAKES_LETTERS:
        out = _letters(reference.matter).exclude(issued_on=None).filter(uploaded_on=None)
        out.update(uploaded_on=reference.reported_on)


def owe_entries_again(matter: Matter) -> None:
    """A redo answers anew, and what is answered anew is entered anew; inside an operation."""
    for reference in ExternalReference.objects.filter(matter=matter, reported_on__isnull=False):
        said = f"上一次答复已于{reference.reported_on:%Y-%m-%d}录入"
        _move(reference, reference.version, reported_on=None, note=said)


def before_the_answer(matter: Matter, entered_on: date) -> bool:
    """Whether what was entered that day was an earlier answer: ours of this round is out later, or not yet."""
    issued_on = _letters(matter).exclude(issued_on=None).values_list("issued_on", flat=True).first()
    if issued_on is None:
        return matter.round > 1 and matter.is_open
    return bool(entered_on < issued_on)


def _require_day(matter: Matter, entered_on: date, name: str, today: date) -> None:
    if entered_on > today or before_the_answer(matter, entered_on):
        raise NotToBeEntered(f"{name}的录入日期应在本次答复印发日与今天之间，请核对。")


def _letters(matter: Matter) -> Any:
    return Reply.objects.filter(matter=matter, round=matter.round).exclude(status="voided").exclude(kind=SECOND)


def _number(text: str) -> str:
    return clip(normalise(text, half_width=True), 60)


def _move(reference: ExternalReference, version: int, **facts: Any) -> None:
    as_read = ExternalReference.objects.filter(pk=reference.pk, version=version)
    if not as_read.update(version=F("version") + 1, **facts):
        raise NotToBeEntered(f"{reference.matter.known_as}刚刚由同事登记过，请刷新后再看。")
    reference.refresh_from_db(fields=["version", *facts])
