"""A report to the standing committee: begun for a meeting, sent for comments, signed, numbered, delivered to each
recipient, heard (监督法 15, S0-51)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from huiyin.approvals.models import ApprovalStep
from huiyin.approvals.operations import MeetingDecision, PaperSignature, decide, locked, reopen, start
from huiyin.approvals.queries import objected, open_steps, resolve
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.ids import payload_digest
from huiyin.kernel.text import normalise, placeholders
from huiyin.matters.queries import posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.congress_rules import (
    CONGRESS_LABELS,
    CONGRESS_MOVES,
    MEETS,
    NUMBERED_FIRST,
    SECTIONS,
    CongressMovedOn,
    CongressNotReady,
    CongressState,
    CongressStep,
    Sending,
)
from huiyin.suggestions.models import CongressReport, CongressSending
from huiyin.suggestions.operations.congress_dues import count_down, drop_dues, meet_due

SUBJECT_KIND: Final = "suggestions.congress_report"
CHAIN: Final = "congress_report"


@dataclass(frozen=True, kw_only=True)
class CongressFacts:
    """What is typed: for which meeting, to whom, what it says. recipients: names, the first is 主送."""

    title: str
    meeting: str
    meeting_on: date
    recipients: Sequence[str]
    sections: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class SendingFacts:
    """What went out or came back."""

    kind: Sending
    whom: str
    happened_on: date
    words: str = ""


def begin_congress_report(*, facts: CongressFacts, actor: PostActor, request_key: UUID, at: datetime) -> CongressReport:
    """Begin a report; its days are counted back from the meeting. The second post of one key is given the first.

    Raises NotAllowed, CongressNotReady."""
    known = CongressReport.objects.filter(drafted_by=actor.post, request_key=request_key)
    first = known.first()
    if first is not None:
        return first
    try:
        return _begin(facts=facts, actor=actor, request_key=request_key, at=at)
    except IntegrityError:  # the other half of a double click was faster
        first = known.first()
        if first is None:
            raise
        return first


@operation
def _begin(*, facts: CongressFacts, actor: PostActor, request_key: UUID, at: datetime) -> CongressReport:
    require(actor, "suggestions.draft_congress_report")
    if facts.meeting_on < at.date():
        raise CongressNotReady(f"会议日期{day_text(facts.meeting_on)}已经过去，请核对。")
    report = CongressReport.objects.create(
        procuratorate=actor.post.procuratorate, drafted_by=actor.post, drafted_at=at, request_key=request_key,
        **_columns(facts),
    )  # fmt: skip
    count_down(report, at=at)
    record("suggestions.congress_begun", actor=actor, target=target_of(report), at=at, meeting_on=facts.meeting_on)
    return report


@operation
def save_congress_report(
    *, report: CongressReport, facts: CongressFacts, actor: PostActor, version: int, at: datetime
) -> CongressReport:
    """Keep what was typed; a meeting moved to another day moves the days before it.

    Raises NotAllowed, CongressNotReady, CongressMovedOn."""
    require(actor, "suggestions.draft_congress_report", report)
    if report.state != CongressState.DRAFT:
        raise CongressNotReady(f"这份报告{_state(report)}，不能再改。要改的，请审签人退回。")
    moved = report.meeting_on != facts.meeting_on
    if moved and facts.meeting_on < at.date():
        raise CongressNotReady(f"会议日期{day_text(facts.meeting_on)}已经过去，请核对。")
    _write(report, version, **_columns(facts))
    if moved:
        count_down(report, at=at)
    record("suggestions.congress_saved", actor=actor, target=target_of(report), at=at)
    return report


@operation
def submit_congress_report(*, report: CongressReport, actor: PostActor, version: int, at: datetime) -> CongressReport:
    """Send it up the chain of the books.

    Raises NotAllowed, CongressNotReady, CongressMovedOn, RuleNotFound, PostMissing, OwnDraft."""
    require(actor, "suggestions.draft_congress_report", report)
    _require_whole(report)
    office, on = report.procuratorate, at.date()
    chain = stack_for(office, on=on).chain(CHAIN, on)
    approval = start(
        subject_kind=SUBJECT_KIND, subject_id=report.pk, subject_hash=digest_of(report), subject_label=report.title,
        chain=chain, posts=resolve(chain, procuratorate=office, on=on), procuratorate=office, actor=actor, at=at,
    )  # fmt: skip
    _move(report, CongressStep.SUBMIT, version=version, approval=approval)
    _tell_signers(report, at)
    record("suggestions.congress_submitted", actor=actor, target=target_of(report), at=at)
    return report


@operation
def decide_congress_report(
    *, report: CongressReport, step: ApprovalStep, verdict: Verdict, opinion: str, subject_hash: str,
    actor: PostActor, version: int, at: datetime, paper: PaperSignature | None = None,
    meeting: MeetingDecision | None = None,
) -> CongressReport:  # fmt: skip
    """One signature of the chain, made here or taken down from paper or a meeting (代录). version: the approval's.

    Raises NotAllowed and what `approvals.decide` raises."""
    require(actor, "suggestions.decide_congress_report", report)
    assert report.approval is not None
    approval = decide(
        approval=report.approval, step=step, verdict=verdict, opinion=opinion, subject_hash=subject_hash, actor=actor,
        version=version, at=at, paper=paper, meeting=meeting,
    )  # fmt: skip
    if approval.status == ApprovalStatus.AGREED:
        last = approval.decisions.select_related("post__staff").order_by("-id")[0]
        _move(report, CongressStep.AGREE, version=report.version, signed_on=last.signed_on, signer=last.post.staff.name)
        _tell(report, posts_with(report.procuratorate, Role.REGISTRY, on=at.date()), "请登记取号", "signed", at)
    elif approval.status == ApprovalStatus.RETURNED:
        _move(report, CongressStep.RETURN, version=report.version)
        _tell(report, [report.drafted_by], "退回修改", f"returned:{approval.pk}", at)
    else:
        report.refresh_from_db()
        _tell_signers(report, at)
    record("suggestions.congress_decided", actor=actor, target=target_of(report), at=at, verdict=verdict.value)
    return report


@operation
def number_congress_report(*, report: CongressReport, actor: PostActor, version: int, at: datetime) -> CongressReport:
    """Give it its number. Raises NotAllowed, CongressMovedOn."""
    require(actor, "suggestions.number_congress_report", report)
    _require_undisputed(report)
    _move(report, CongressStep.NUMBER, version=version)
    _tell(report, [report.drafted_by], "已取号，请用印并送达", "numbered", at)
    record("suggestions.congress_numbered", actor=actor, target=target_of(report), at=at)
    office = report.procuratorate
    number = allot(
        procuratorate=office, code=f"letter:{office.document_prefix}报", year=at.year,
        pattern="{prefix}报〔{year}〕{value}号", actor=actor, at=at, subject=target_of(report),
    )  # fmt: skip
    CongressReport.objects.filter(pk=report.pk).update(number=number)
    report.refresh_from_db()
    return report


def _require_undisputed(report: CongressReport) -> None:
    if report.approval_id is None:
        return
    disputed = objected(locked(report.approval_id))  # an objection made just now comes before or after, never beside
    if disputed is not None:
        raise CongressNotReady(
            f"{disputed.post.label}对“{disputed.step.label}”的代录签批提出了异议：{disputed.objection}。请办公室退回重签。"
        )


@operation
def resign_congress_report(
    *, report: CongressReport, reason: str, actor: PostActor, version: int, at: datetime
) -> CongressReport:
    """Put a signed report back to the signature that is disputed, or to the last one, before it has its number.

    Raises NotAllowed, CongressNotReady, CongressMovedOn, ApprovalMovedOn, PostMissing."""
    require(actor, "suggestions.draft_congress_report", report)
    if not reason.strip():
        raise CongressNotReady("请写明为什么退回重签。")
    _move(report, CongressStep.REOPEN, version=version, signed_on=None, signer="")
    assert report.approval is not None
    reopen(approval=locked(report.approval.pk), reason=reason.strip(), actor=actor, at=at)
    report.refresh_from_db()
    _tell_signers(report, at)
    record("suggestions.congress_reopened", actor=actor, target=target_of(report), at=at, reason=reason)
    return report


@operation
def note_sending(
    *, report: CongressReport, facts: SendingFacts, actor: PostActor, request_key: UUID, at: datetime
) -> CongressSending:
    """Note what was sent, or came back; the countdown it answers is met. One key notes once.

    Raises NotAllowed, CongressNotReady."""
    require(actor, "suggestions.send_congress_report", report)
    sending = CongressSending.objects.filter(noted_by=actor.post, request_key=request_key).first()
    if sending is None:
        _require_possible(report, facts, at)
        sending = CongressSending.objects.create(
            report=report, kind=facts.kind, whom=normalise(facts.whom), happened_on=facts.happened_on,
            words=normalise(facts.words), noted_by=actor.post, noted_at=at, request_key=request_key,
        )  # fmt: skip
        code = MEETS.get(facts.kind)
        if code is not None and not (facts.kind is Sending.SENT and missing_recipients(report)):
            meet_due(report, code, at=at)
    said = {"kind": facts.kind.value, "whom": facts.whom, "on": facts.happened_on}
    record("suggestions.congress_sent", actor=actor, target=target_of(report), at=at, **said)
    return sending


@operation
def conclude_congress_report(
    *, report: CongressReport, heard_on: date, outcome: str, actor: PostActor, version: int, at: datetime
) -> CongressReport:
    """The meeting heard it. Raises NotAllowed, CongressNotReady, CongressMovedOn."""
    require(actor, "suggestions.send_congress_report", report)
    left = missing_recipients(report)
    if left:
        raise CongressNotReady(f"正式报告还没有登记送达{'、'.join(left)}，请先登记。")
    if not (report.signed_on and report.signed_on <= heard_on <= at.date()):
        raise CongressNotReady("听取日期应在成文日期与今天之间，请核对。")
    _move(report, CongressStep.CONCLUDE, version=version, heard_on=heard_on, outcome=normalise(outcome))
    drop_dues(report, at=at)
    record("suggestions.congress_heard", actor=actor, target=target_of(report), at=at, heard_on=heard_on)
    return report


@operation
def drop_congress_report(*, report: CongressReport, actor: PostActor, version: int, at: datetime) -> CongressReport:
    """Give up a draft. Raises NotAllowed, CongressMovedOn."""
    require(actor, "suggestions.draft_congress_report", report)
    _move(report, CongressStep.DROP, version=version)
    drop_dues(report, at=at)
    record("suggestions.congress_dropped", actor=actor, target=target_of(report), at=at)
    return report


def missing_recipients(report: CongressReport) -> list[str]:
    """To whom the report itself has not been delivered yet."""
    reached = set(report.sendings.filter(kind=Sending.SENT).values_list("whom", flat=True))
    return [name for name in report.recipients if name not in reached]


def digest_of(report: CongressReport) -> str:
    """Over what a signature covers: title, addressee, every part, recipients."""
    return payload_digest(
        {
            "title": report.title, "salutation": report.salutation, "sections": report.sections,
            "recipients": report.recipients, "meeting": report.meeting, "meeting_on": report.meeting_on.isoformat(),
        }
    )  # fmt: skip


def _columns(facts: CongressFacts) -> dict[str, Any]:
    names = [name for name in dict.fromkeys(map(normalise, facts.recipients)) if name]
    if not names:
        raise CongressNotReady("请写明报送对象，一行一个，第一行是主送机关。")
    return {
        "title": normalise(facts.title), "meeting": normalise(facts.meeting), "meeting_on": facts.meeting_on,
        "recipients": names, "salutation": f"{names[0]}：",
        "sections": {code: text for code in SECTIONS if (text := normalise(facts.sections.get(code, "")))},
    }  # fmt: skip


def _require_whole(report: CongressReport) -> None:
    if not report.sections:
        raise CongressNotReady("报告还没有内容，请至少写好一个部分再送审。")
    for code, text in report.sections.items():
        for hit in placeholders(text):
            raise CongressNotReady(f"“{SECTIONS[code]}”第{hit.line}行有没填的内容：“{hit.snippet}”，请补全。")


def _require_possible(report: CongressReport, facts: SendingFacts, at: datetime) -> None:
    if facts.happened_on > at.date():
        raise CongressNotReady(f"日期{day_text(facts.happened_on)}还没有到，请核对。")
    if not report.is_open:
        raise CongressNotReady(f"这份报告{_state(report)}，不用再登记报送。")
    if facts.kind in NUMBERED_FIRST and report.state != CongressState.NUMBERED:
        raise CongressNotReady(f"这份报告{_state(report)}，取号以后才能送达正式报告。")
    if facts.kind is Sending.SENT and normalise(facts.whom) not in report.recipients:
        raise CongressNotReady(f"报送对象里没有“{facts.whom}”，请从报送对象中选择。")
    if facts.kind is Sending.COMMENTS and not facts.words.strip():
        raise CongressNotReady("请写明修改意见的内容。")


def _state(report: CongressReport) -> str:
    return CONGRESS_LABELS[CongressState(report.state)]


def _move(report: CongressReport, step: CongressStep, *, version: int, **changes: Any) -> None:
    """The one place where its state is written, guarded by the version as read."""
    new = CONGRESS_MOVES.get((CongressState(report.state), step))
    if new is None:
        raise CongressMovedOn(f"这份报告现在是“{_state(report)}”，不能这样办理。请刷新页面查看最新进度。")
    _write(report, version, state=new, **changes)


def _write(report: CongressReport, version: int, **changes: Any) -> None:
    as_read = CongressReport.objects.filter(pk=report.pk, version=version, state=report.state)
    if not as_read.update(version=F("version") + 1, **changes):
        raise CongressMovedOn("同事刚刚办理过这份报告，请刷新页面看过最新内容以后再办理。")
    report.refresh_from_db()


def _tell_signers(report: CongressReport, at: datetime) -> None:
    assert report.approval is not None
    for step in open_steps(report.approval):
        if step.post is not None:
            _tell(report, [step.post], f"待您{step.label}", f"step:{step.pk}", at)


def _tell(report: CongressReport, posts: Sequence[Post], what: str, event: str, at: datetime) -> None:
    for post in posts:
        queue(
            event_key=f"congress:{report.pk}:{event}", title=f"{what}：向常委会的报告", at=at, post=post,
            body=f"{report.title}，{day_text(report.meeting_on)}{report.meeting}。", lane=Lane.STATUTORY,
            link=f"/desk/congress/{report.pk}/", procuratorate=report.procuratorate,
        )  # fmt: skip


def target_of(report: CongressReport) -> Target:
    """The report as audit and the register of numbers name it."""
    return Target(kind=SUBJECT_KIND, key=str(report.pk), label=report.title)
