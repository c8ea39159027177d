"""What an organ outside answers to a letter of ours, on paper: agreed or refused, numbered, dated, scanned.

Always inside an operation of the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import ExternalConsent, Matter
from huiyin.organisations.actors import PostActor


class AnswerIncomplete(Refusal):
    """An answer without its number or scan, or dated before what it answers or after today."""

    code = "matters.answer_incomplete"


@dataclass(frozen=True, kw_only=True)
class CongressAnswer:
    """What whoever assigned the matter says to our letter. received_on: today where left out."""

    agreed: bool
    document_number: str
    dated_on: date
    scan: StoredFile | None
    received_on: date | None = None
    note: str = ""


def ask_consent(
    matter: Matter, kind: ConsentKind, *, request_number: str, requested_on: date, actor: PostActor, at: datetime
) -> ExternalConsent:
    """Keep that consent was asked for; until it is answered everything runs as before."""
    of_kind = kind_of(matter)
    body = of_kind.assigner(matter)
    organ = body.name if body else of_kind.wording(matter).assigner
    return ExternalConsent.objects.create(
        matter=matter, round=matter.round, kind=kind, body=body, organ=clip(organ or "交办机关", 120),
        request_number=request_number, requested_on=requested_on, recorded_by=actor.post, recorded_at=at,
    )  # fmt: skip


def keep_answer(consent: ExternalConsent, answer: CongressAnswer, *, at: datetime) -> None:
    """Write the answer beside what was asked. Raises AnswerIncomplete."""
    today = at.date()
    received_on = answer.received_on or today
    number = clip(answer.document_number.strip(), 60)
    if not number:
        raise AnswerIncomplete("请填写来文号。")
    if answer.scan is None:
        raise AnswerIncomplete("请上传来文的扫描件。")
    if answer.dated_on > today or received_on > today:
        raise AnswerIncomplete("来文日期和收到日不能晚于今天。")
    if received_on < answer.dated_on:
        raise AnswerIncomplete("收到日不能早于来文日期。")
    if consent.requested_on is not None and answer.dated_on < consent.requested_on:
        raise AnswerIncomplete(f"来文日期不能早于我院去函日{consent.requested_on:%Y-%m-%d}，请核对是不是这份复函。")
    ExternalConsent.objects.filter(pk=consent.pk).update(
        answer="agreed" if answer.agreed else "refused", document_number=number, dated_on=answer.dated_on,
        received_on=received_on, scan=answer.scan, note=clip(answer.note.strip(), 300),
    )  # fmt: skip
    consent.refresh_from_db()
