"""After the last signature: proofreading, number, seal, issue; every day its own field (practice 6, 7)."""

from __future__ import annotations

from datetime import datetime

from huiyin.approvals.operations import locked
from huiyin.approvals.queries import objected
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.gongwen.structure import Table
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, placeholders
from huiyin.matters import indexing
from huiyin.matters.drafting import OPINION, SECOND, latest, text_of
from huiyin.matters.joint import unsigned
from huiyin.matters.kinds import kind_of, publish
from huiyin.matters.letter_places import wants_proofreading
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Reply
from huiyin.matters.moves import advance, advance_reply, move_along
from huiyin.matters.operations.deadlines import drop_all, meet
from huiyin.matters.operations.promises import promise, report
from huiyin.matters.operations.replies import add_version
from huiyin.matters.operations.replies_signing import SUBJECT, label_of
from huiyin.matters.operations.revisits import owe_revisit
from huiyin.matters.operations.undertakings import target
from huiyin.matters.recipients import open_rating_clock, served
from huiyin.matters.rules import ReplyStatus, ReplyStep, Step, StepNotAllowed
from huiyin.matters.tasks import render_issued
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.rules import StartEvent


class ProofChangesSubstance(Refusal):
    """Proofreading corrects words; anything more goes back to the signer."""

    code = "matters.proof_changes_substance"


class ProofreadFirst(Refusal):
    """The chain asks for proofreading before the number."""

    code = "matters.proofread_first"


class SignatureInDispute(Refusal):
    """A leader objected to a signature recorded for him."""

    code = "matters.signature_in_dispute"


class CountersignatureMissing(Refusal):
    """Another organ that signs the joint reply has not signed this text."""

    code = "matters.countersignature_missing"


@operation
def proofread(*, reply: Reply, text: LetterText | None = None, actor: PostActor, version: int, at: datetime) -> Reply:
    """Check the signed letter once more; wrong characters may be corrected, each change logged (practice 6).

    text: the corrected letter, None where nothing was wrong. Raises NotAllowed, ProofChangesSubstance,
    StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.proofread_letter", reply.matter)
    advance_reply(reply, ReplyStep.PROOFREAD, version=version, at=at, proofread_at=at, proofread_by=actor.post)
    signed = text_of(latest(reply))
    changes = _corrections(signed, text) if text is not None and not text.reads_like(signed) else []
    if changes and text is not None:
        note = clip("；".join(f"“{old}”改为“{new}”" for old, new in changes), 200)
        add_version(reply, text, kind="proof", author=actor.post, at=at, note=note)
    facts = {"reply": reply.pk, "changes": [{"old": old, "new": new} for old, new in changes]}
    record("matters.letter_proofread", actor=actor, target=target(reply.matter), at=at, **facts)
    return reply


def _corrections(signed: LetterText, text: LetterText) -> list[tuple[str, str]]:
    """The paragraphs whose words changed. Raises ProofChangesSubstance."""
    fixed, given = (
        (
            each.outcome, each.reason, each.reason_code, each.promises, each.publish, each.attachments,
            each.salutation, each.copies, each.promise_sentences,
        )
        for each in (signed, text)
    )  # fmt: skip
    old, new = signed.lines, text.lines
    if fixed != given or len(old) != len(new) or _tables(signed) != _tables(text):
        raise ProofChangesSubstance(
            "复核只能改文字差错，不能增删段落，也不能改称谓、办理结果、承诺事项、附件和抄送。需要改内容的，请退回签发人。"
        )
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    for one, other in changed:
        if _digits(one) != _digits(other):
            raise ProofChangesSubstance(f"复核不能改数字和日期：“{clip(one, 40)}”。需要改的，请退回签发人。")
        if placeholders(other):
            raise ProofChangesSubstance(f"改后的文字里有没填的内容：“{clip(other, 40)}”。")
    return changed


def _digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]


def _tables(text: LetterText) -> list[Table]:
    return [block for block in text.body if isinstance(block, Table)]


@operation
def take_number(*, reply: Reply, actor: PostActor, version: int, at: datetime) -> Reply:
    """Enter the signed letter in the register of outgoing letters and give it the year's next number.

    Raises NotAllowed, ProofreadFirst, SignatureInDispute, CountersignatureMissing, StepNotAllowed, MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.number_letter", matter)
    _require_undisputed(reply)
    if reply.status == ReplyStatus.SIGNED and reply.proofread_at is None and wants_proofreading(reply):
        raise ProofreadFirst("请先由联络办公室复核，再登记取号。")
    _require_countersigned(reply)
    advance_reply(reply, ReplyStep.NUMBER, version=version, at=at)
    prefix = matter.procuratorate.document_prefix
    record("matters.letter_numbered", actor=actor, target=target(matter), at=at, reply=reply.pk)
    number = allot(
        procuratorate=matter.procuratorate, code=f"letter:{prefix}函", year=at.year,
        pattern="{prefix}函〔{year}〕{value}号", actor=actor, at=at,
        subject=Target(kind=SUBJECT, key=str(reply.pk), label=label_of(reply)),
    )  # fmt: skip
    Reply.objects.filter(pk=reply.pk).update(number=number)
    reply.number = number
    render_issued.enqueue(reply_id=reply.pk, at=at.isoformat())
    return reply


def _require_countersigned(reply: Reply) -> None:
    missing = "、".join(part.who for part in unsigned(reply)) if reply.status == ReplyStatus.SIGNED else ""
    if missing:
        raise CountersignatureMissing(f"联合答复还缺{missing}的会签，请登记会签件扫描后再取号。")


def _require_undisputed(reply: Reply) -> None:
    if reply.approval_id is not None:
        reply.approval = locked(reply.approval_id)  # an objection made just now comes before or after, never beside
    disputed = objected(reply.approval) if reply.approval else None
    if disputed is not None:
        raise SignatureInDispute(
            f"{disputed.post.label}对“{disputed.step.label}”的代录签批提出了异议：{disputed.objection}。请先退回重签。"
        )


@operation
def seal(*, reply: Reply, actor: PostActor, version: int, at: datetime) -> Reply:
    """Record that the office's seal was set. Raises NotAllowed, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.seal_letter", reply.matter)
    _require_undisputed(reply)
    advance_reply(reply, ReplyStep.SEAL, version=version, at=at, sealed_at=at, sealed_by=actor.post)
    facts = {"reply": reply.pk, "number": str(reply.number)}
    record("matters.letter_sealed", actor=actor, target=target(reply.matter), at=at, **facts)
    return reply


@operation
def issue(*, reply: Reply, actor: PostActor, version: int, at: datetime) -> Reply:
    """Send the letter out: the day that counts for on time. An assisted matter closes with it (practice 17).

    Raises NotAllowed, SignatureInDispute, StepNotAllowed, MatterMovedOn."""
    matter, on = reply.matter, at.date()
    require(actor, "matters.issue_letter", matter)
    _require_undisputed(reply)
    advance_reply(reply, ReplyStep.ISSUE, version=version, at=at, issued_on=on, issued_at=at, issued_by=actor.post)
    matter = move_along(reply, Step.ISSUE, at=at, outcome=reply.outcome)
    if reply.kind != SECOND:  # a second letter leaves the first, and whether it was in time, as they are
        limits = kind_of(matter).limits
        answered = {limits.assist} if reply.kind == OPINION else limits.answers
        for code in sorted((answered | {limits.redo}) - {""}):
            meet(matter=matter, limit_code=code, at=at)
    if reply.kind == OPINION:
        advance(matter, Step.CLOSE, version=matter.version, at=at, closed_at=at)
        drop_all(matter=matter, at=at)
    else:
        (report if reply.kind == SECOND else promise)(reply, at)
        owe_revisit(reply, on, at)
        open_rating_clock(reply, StartEvent.REPLIED, on, at)
        _tell_recipients(reply, at)
    indexing.reindex(matter)
    record("matters.letter_issued", actor=actor, target=target(matter), at=at, reply=reply.pk, number=str(reply.number))
    publish(matter, at=at)
    return reply


def _tell_recipients(reply: Reply, at: datetime) -> None:
    """Word to the lead and the co-signers that their letter is out; what it says never leaves in a text."""
    noun = kind_of(reply.matter).wording(reply.matter).noun
    for participant in served(reply, at.date()):
        if participant.person is not None:
            queue(
                event_key=f"reply:{reply.pk}:issued",
                title=f"您的{noun}有了{'再行答复' if reply.kind == SECOND else '答复'}",
                body=(
                    f"您提出的{reply.matter.naming}，{reply.matter.procuratorate.name}已印发{reply.number}，"
                    "请查看答复并评价。"
                ),
                at=at,
                person=participant.person,
                lane=Lane.STATUTORY,
                link="/",
                procuratorate=reply.matter.procuratorate,
            )


def require_issued(reply: Reply) -> None:
    """Raise StepNotAllowed unless the letter is out."""
    if reply.status not in {ReplyStatus.ISSUED, ReplyStatus.DELIVERED}:
        raise StepNotAllowed(f"这份文稿现在是“{reply.get_status_display()}”，印发以后才能办理。")
