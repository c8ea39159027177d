"""A question about a concrete case takes its own road (代表法 59, practice 19): an officer drafts, the deputy chief of
that business decides, the liaison office answers and notes it, an inspector decides on the interference record.

Nothing of it reaches the phone site, the person's file, the register or those who handle the case: the matter is
sealed, the inquirer is a name without a link, and no message says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from django.db import IntegrityError

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.operations import decide, start
from huiyin.approvals.queries import open_steps, resolve
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.ids import payload_digest
from huiyin.kernel.refusals import Refusal
from huiyin.matters.kinds import kind_named
from huiyin.matters.models import ApprovalLink, Matter, Participant
from huiyin.matters.moves import advance, write
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import HandlerRole, Step, Visibility
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.kind import CASE_INQUIRY
from huiyin.suggestions.models import CaseInquiry

SUBJECT_KIND: Final = "suggestions.case_inquiry"
CHAIN: Final = "case_inquiry"
Interference = Literal["recorded", "not"]


class AnswerMissing(Refusal):
    """Nothing to send up or to note."""

    code = "suggestions.answer_missing"


class NotAnsweredYet(Refusal):
    """The inspector decides once the inquiry has been answered."""

    code = "suggestions.not_answered_yet"


class InterferenceDecided(Refusal):
    """Decided once, and that stands."""

    code = "suggestions.interference_decided"


@dataclass(frozen=True, kw_only=True)
class InquiryFacts:
    """What was asked, by whom, how."""

    inquirer: str
    delegation: str = ""
    asked_on: date
    mode: str
    title: str
    question: str


def register_inquiry(*, facts: InquiryFacts, request_key: UUID, actor: PostActor, at: datetime) -> CaseInquiry:
    """Note an inquiry in its own register; the second post of one key is given the first result. Raises NotAllowed."""
    known = CaseInquiry.objects.filter(matter__registered_by=actor.post, matter__request_key=request_key)
    first = known.first()
    if first is not None:
        return first
    try:
        return _register(facts=facts, request_key=request_key, actor=actor, at=at)
    except IntegrityError:
        first = known.first()
        if first is None:
            raise
        return first


@operation
def _register(*, facts: InquiryFacts, request_key: UUID, actor: PostActor, at: datetime) -> CaseInquiry:
    require(actor, "inquiries.register")
    office, kind = actor.post.procuratorate, kind_named(CASE_INQUIRY)
    number = allot(
        procuratorate=office,
        code=kind.register_series,
        year=at.year,
        pattern=kind.register_pattern,
        actor=actor,
        at=at,
    )
    matter = Matter.objects.create(
        kind=CASE_INQUIRY,
        number=number.text,
        procuratorate=office,
        city=office.city,
        province=office.province,
        channel="by_hand",
        received_on=facts.asked_on,
        title=facts.title,
        body=facts.question,
        handler_role=HandlerRole.SOLE,
        visibility=Visibility.SEALED,
        registered_by=actor.post,
        registered_at=at,
        changed_at=at,
        request_key=request_key,
    )
    Participant.objects.create(matter=matter, role="inquirer", name=facts.inquirer, delegation=facts.delegation)
    inquiry = CaseInquiry.objects.create(matter=matter, asked_on=facts.asked_on, asked_by_mode=facts.mode)
    advance(matter, Step.TAKE_UP, version=matter.version, at=at)
    record("inquiries.registered", actor=actor, target=target_of(inquiry), at=at)
    return inquiry


@operation
def send_inquiry(
    *, inquiry: CaseInquiry, draft: str, leader: Post, actor: PostActor, version: int, at: datetime
) -> CaseInquiry:
    """Send the drafted answer to the deputy chief in charge of that business. version: the matter's.

    Raises NotAllowed, AnswerMissing, RuleNotFound, PostMissing, OwnDraft, StepNotAllowed, MatterMovedOn."""
    require(actor, "inquiries.draft", inquiry)
    if not draft.strip():
        raise AnswerMissing("请先写拟答复意见，再送审定。")
    matter = inquiry.matter
    chain = stack_for(matter.procuratorate, on=at.date()).chain(CHAIN, at.date())
    posts = resolve(chain, procuratorate=matter.procuratorate, on=at.date(), leader=leader)
    approval = start(
        subject_kind=SUBJECT_KIND,
        subject_id=inquiry.pk,
        subject_hash=digest_of(draft),
        subject_label=f"案件咨询{matter.number}",  # the audit reads it: never what was asked
        chain=chain,
        posts=posts,
        procuratorate=matter.procuratorate,
        actor=actor,
        at=at,
    )
    ApprovalLink.objects.create(matter=matter, approval=approval)
    CaseInquiry.objects.filter(pk=inquiry.pk).update(draft_answer=draft, approval=approval)
    advance(matter, Step.SUBMIT, version=version, at=at, leader=leader)
    inquiry.refresh_from_db()
    for step in open_steps(approval):
        if step.post is not None:
            _tell(step.post, inquiry, f"step:{step.pk}", f"待您{step.label}：{matter.number}", at)
    record("inquiries.sent", actor=actor, target=target_of(inquiry), at=at, leader=leader.label)
    return inquiry


@operation
def open_inquiry(*, inquiry: CaseInquiry, actor: PostActor, at: datetime) -> CaseInquiry:
    """Let a post read who asked and what; each reading is on record (practice 5). Raises NotAllowed."""
    require(actor, "inquiries.open", inquiry)
    record("inquiries.opened", actor=actor, target=target_of(inquiry), at=at)
    return inquiry


@operation
def decide_inquiry(
    *,
    inquiry: CaseInquiry,
    step: ApprovalStep,
    verdict: Verdict,
    opinion: str,
    edited: str = "",
    subject_hash: str,
    actor: PostActor,
    version: int,
    at: datetime,
) -> CaseInquiry:
    """The deputy chief agrees (in his own words, where he edits) or returns it. version: the approval's.

    Raises NotAllowed and what `approvals.decide` raises."""
    require(actor, "inquiries.decide", inquiry)
    assert inquiry.approval is not None
    text = edited.strip() or inquiry.draft_answer
    approval = decide(
        approval=inquiry.approval,
        step=step,
        verdict=verdict,
        opinion=opinion,
        subject_hash=subject_hash,
        edited_hash=digest_of(text) if text != inquiry.draft_answer else "",
        actor=actor,
        version=version,
        at=at,
    )
    matter = inquiry.matter
    if approval.status == ApprovalStatus.AGREED:
        CaseInquiry.objects.filter(pk=inquiry.pk).update(draft_answer=text)
        advance(matter, Step.SIGN, version=matter.version, at=at)
    elif approval.status == ApprovalStatus.RETURNED:
        advance(matter, Step.RETURN, version=matter.version, at=at)
    inquiry.refresh_from_db()
    told = matter.registered_by
    if told is not None and approval.status != ApprovalStatus.RUNNING:
        words = "已审定" if approval.status == ApprovalStatus.AGREED else "退回修改"
        _tell(told, inquiry, f"decided:{approval.pk}", f"{words}：{matter.number}", at)
    record("inquiries.decided", actor=actor, target=target_of(inquiry), at=at, verdict=verdict.value)
    return inquiry


@operation
def answer_inquiry(
    *,
    inquiry: CaseInquiry,
    answered_on: date,
    mode: str,
    note: str,
    actor: PostActor,
    version: int,
    at: datetime,
) -> CaseInquiry:
    """Note that the liaison office answered, how, and what was said; the inquiry is closed. version: the matter's.

    Raises NotAllowed, AnswerMissing, StepNotAllowed, MatterMovedOn."""
    require(actor, "inquiries.answer", inquiry)
    if not note.strip():
        raise AnswerMissing("请记录答复的内容。")
    if answered_on > at.date() or answered_on < inquiry.asked_on:
        raise AnswerMissing("答复日应在咨询日之后、今天之前，请核对。")
    matter = inquiry.matter
    advance(matter, Step.ISSUE, version=version, at=at)
    advance(matter, Step.CLOSE, version=matter.version, at=at, closed_at=at)
    CaseInquiry.objects.filter(pk=inquiry.pk).update(answered_on=answered_on, answer_mode=mode, answer_note=note)
    inquiry.refresh_from_db()
    for post in posts_with(matter.procuratorate, Role.INSPECTOR, on=at.date()):
        _tell(post, inquiry, "answered", f"请决定是否作干预记录：{matter.number}", at)
    record("inquiries.answered", actor=actor, target=target_of(inquiry), at=at, mode=mode, answered_on=answered_on)
    return inquiry


@operation
def decide_interference(
    *, inquiry: CaseInquiry, verdict: Interference, reason: str, actor: PostActor, version: int, at: datetime
) -> CaseInquiry:
    """The inspector decides whether the inquiry is entered as interference. version: the matter's.

    Raises NotAllowed, NotAnsweredYet, InterferenceDecided, MatterMovedOn."""
    require(actor, "inquiries.decide_interference", inquiry)
    if inquiry.answered_on is None:
        raise NotAnsweredYet("这件咨询还没有答复，答复后再决定是否作干预记录。")
    if inquiry.interference:
        raise InterferenceDecided("是否作干预记录已经决定，不能更改。")
    write(inquiry.matter, version=version, at=at)
    CaseInquiry.objects.filter(pk=inquiry.pk).update(
        interference=verdict, interference_reason=reason, interference_by=actor.post, interference_at=at
    )
    inquiry.refresh_from_db()
    record("inquiries.interference_decided", actor=actor, target=target_of(inquiry), at=at, verdict=verdict)
    return inquiry


def digest_of(answer: str) -> str:
    """What the deputy chief's signature covers."""
    return payload_digest({"answer": answer})


def target_of(inquiry: CaseInquiry) -> Target:
    """An inquiry as the audit names it: its number, never who asked or what about."""
    return Target(kind="suggestions.case_inquiry", key=str(inquiry.pk), label=inquiry.matter.number)


def _tell(post: Post, inquiry: CaseInquiry, what: str, title: str, at: datetime) -> None:
    queue(
        event_key=f"inquiry:{inquiry.pk}:{what}",
        title=title,
        body=f"{title}。请登录办理。",
        at=at,
        post=post,
        lane=Lane.STATUTORY,
        link=f"/desk/inquiries/{inquiry.pk}/",
        procuratorate=inquiry.matter.procuratorate,
    )
