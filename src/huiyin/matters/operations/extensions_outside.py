"""More time, outside the house: the letter to whoever assigned the matter, its answer, and the proposer told.

A letter leaves before the due day or not at all; while its answer is out the old day runs; agreed, the clock event is
appended and the day computed anew; refused or late, it stays (practice 10)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.text import clip
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import ClockEvent, Extension
from huiyin.matters.moves import advance_extension
from huiyin.matters.operations.consents import CongressAnswer, ask_consent, keep_answer
from huiyin.matters.operations.extensions import (
    SUBJECT,
    CannotExtend,
    check_day,
    grant,
    require_filled,
    still_in_time,
    tell,
)
from huiyin.matters.operations.recompute import recompute_one
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import MODE_LABELS, MatterMovedOn, Mode
from huiyin.matters.rules.extensions import ExtensionState, ExtensionStep
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.rules.wording import day_text


@operation
def send_extension(
    *, extension: Extension, letter_number: str, sent_on: date, actor: PostActor, version: int, at: datetime
) -> Extension:
    """Record the letter that asks for consent, or the written explanation where the book asks for that instead.

    letter_number: "" takes the next number of our outgoing letters. Raises NotAllowed, CannotExtend,
    ExtensionTooLate, MatterMovedOn."""
    require(actor, "matters.send_extension", extension)
    matter = extension.matter
    assert extension.approved_on is not None or extension.state != ExtensionState.APPROVED
    if sent_on > at.date() or (extension.approved_on and sent_on < extension.approved_on):
        raise CannotExtend("发函日期应在院领导同意之日与今天之间，请核对。")
    require_filled(extension.reason, before="发函")
    still_in_time(extension, sent_on)
    is_explained = extension.leave == Consent.EXPLAINED
    if extension.state != ExtensionState.APPROVED or extension.version != version:
        raise MatterMovedOn(f"{matter.known_as}的延期申请刚刚由同事办理过，请刷新后再看。")
    facts = {"extension": extension.pk, "sent_on": sent_on, "explained": is_explained}
    record("matters.extension_sent", actor=actor, target=target(matter), at=at, **facts)
    number = clip(letter_number.strip(), 60) or _numbered(extension, actor, at)
    sent = {"letter_number": number, "sent_on": sent_on}
    if is_explained:
        assert extension.approved_by is not None
        _append_told(extension, sent_on, actor, at)
        grant(
            extension, by=extension.approved_by.label, granted_on=sent_on, to_on=extension.to_on, actor=actor, at=at,
            told_on=sent_on, told_mode=Mode.WRITTEN, told_note=f"书面说明{number}", told_by=actor.post, **sent,
        )  # fmt: skip
        return extension
    consent = ask_consent(
        matter, ConsentKind.EXTENSION, request_number=number, requested_on=sent_on, actor=actor, at=at
    )
    advance_extension(extension, ExtensionStep.SEND, version=version, consent=consent, **sent)
    return extension


def _numbered(extension: Extension, actor: PostActor, at: datetime) -> str:
    office = extension.matter.procuratorate
    prefix = office.document_prefix
    number = allot(
        procuratorate=office, code=f"letter:{prefix}函", year=at.year, pattern="{prefix}函〔{year}〕{value}号",
        actor=actor, at=at,
        subject=Target(kind=SUBJECT, key=str(extension.pk), label=f"{extension.matter.known_as}延期函"),
    )  # fmt: skip
    return number.text


@operation
def answer_extension(
    *,
    extension: Extension,
    answer: CongressAnswer,
    to_on: date | None = None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Extension:
    """Record the answer: agreed, and the date moves, to `to_on` where they named another day; refused, and it stays.

    Raises NotAllowed, CannotExtend, AnswerIncomplete, ExtensionTooShort, ExtensionBeyondCap, MatterMovedOn."""
    require(actor, "matters.answer_extension", extension)
    matter, consent = extension.matter, extension.consent
    if consent is None or extension.state != ExtensionState.SENT or extension.version != version:
        raise MatterMovedOn(f"{matter.known_as}的延期申请刚刚由同事办理过，请刷新后再看。")
    keep_answer(consent, answer, at=at)
    if answer.agreed:
        assert consent.requested_on is not None
        until = to_on or extension.to_on
        check_day(still_in_time(extension, consent.requested_on), until, asked_on=consent.requested_on)
        by = f"{consent.organ}（{consent.document_number}）"
        grant(extension, by=by, granted_on=answer.dated_on, to_on=until, actor=actor, at=at)
    else:
        advance_extension(extension, ExtensionStep.REFUSE, version=version)
        body = f"{consent.organ}不同意{matter.naming}延期，请在原期限{day_text(extension.deadline.due_on)}前答复。"
        tell(extension.asked_by, extension, "refused", "交办机关不同意延期", body, at)
    facts = {"extension": extension.pk, "agreed": answer.agreed, "document_number": consent.document_number}
    record("matters.extension_answered", actor=actor, target=target(matter), at=at, **facts)
    return extension


@operation
def tell_proposer(
    *, extension: Extension, told_on: date, mode: Mode, note: str = "", actor: PostActor, version: int, at: datetime
) -> Extension:
    """Record the day whoever brought the matter was told that its date moved, and how; it joins the explanation.

    Raises NotAllowed, CannotExtend, MatterMovedOn."""
    require(actor, "matters.tell_proposer", extension)
    matter = extension.matter
    if not extension.is_to_tell:
        raise CannotExtend("还没有同意延期，或者已经登记过告知日，请刷新页面查看。")
    assert extension.granted_on is not None
    if not extension.granted_on <= told_on <= at.date():
        raise CannotExtend(f"告知日应在同意之日{day_text(extension.granted_on)}与今天之间，请核对。")
    as_read = Extension.objects.filter(pk=extension.pk, version=version, told_on=None)
    if not as_read.update(
        version=version + 1, told_on=told_on, told_mode=mode, told_note=clip(note.strip(), 200), told_by=actor.post
    ):
        raise MatterMovedOn(f"{matter.known_as}的延期申请刚刚由同事办理过，请刷新后再看。")
    extension.refresh_from_db()
    _append_told(extension, told_on, actor, at)
    recompute_one(extension.deadline, cause="已告知提出人", at=at)
    facts = {"extension": extension.pk, "on": told_on, "mode": MODE_LABELS[mode]}
    record("matters.proposer_told", actor=actor, target=target(matter), at=at, **facts)
    return extension


def _append_told(extension: Extension, on: date, actor: PostActor, at: datetime) -> None:
    ClockEvent.objects.create(
        deadline=extension.deadline, kind="proposer_told", facts={"on": on.isoformat()}, recorded_by=actor.key,
        recorded_at=at,
    )  # fmt: skip
