"""More time, inside the house: asked for by who handles the matter, allowed by our leader, or taken back (practice 10).

Until everybody the book names has agreed, the date runs as it stood. What leaves the house and what comes back stands
in extensions_outside.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from huiyin.approvals import operations as approvals
from huiyin.approvals import queries as approval_queries
from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.approvals.operations import MeetingDecision, PaperSignature
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.audit.scope import operation, record
from huiyin.kernel.ids import payload_digest
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, unfilled
from huiyin.matters import indexing
from huiyin.matters.extending import Extendable, extendable, extendable_deadline, running_extension
from huiyin.matters.kinds import publish
from huiyin.matters.models import ApprovalLink, ClockEvent, Extension, Matter
from huiyin.matters.moves import advance_extension
from huiyin.matters.operations.recompute import recompute_one
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import departments_of, lead_parts
from huiyin.matters.queries import posts_with
from huiyin.matters.rules.extensions import EXTENSION_LABELS, ExtensionState, ExtensionStep
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.queries import substitutes_of
from huiyin.organisations.rules import Role
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import ExtensionTooLate, ExtensionTooShort
from huiyin.regulations.rules.wording import day_text

SUBJECT: Final = "matters.extension"
CHAIN: Final = "extension"


class CannotExtend(Refusal):
    """Nothing runs that could be extended, a request runs already, or something is missing."""

    code = "matters.cannot_extend"


@operation
def ask_extension(
    *, matter: Matter, to_on: date, reason: str, request_key: UUID, actor: PostActor, at: datetime
) -> Extension:
    """Ask for more time until a day; one request_key asks once. The chain of the book is copied and its first step
    opened; a step the applicant himself would take is his word already.

    Raises NotAllowed, CannotExtend, ExtensionNotAllowed, ExtensionTooLate, ExtensionTooShort, ExtensionBeyondCap,
    RuleNotFound, PostMissing, OwnDraft."""
    require(actor, "matters.ask_extension", matter)
    held = Matter.objects.select_for_update(no_key=True, of=("self",))
    matter = held.select_related("procuratorate", "leader__staff").get(pk=matter.pk)
    made = Extension.objects.filter(asked_by=actor.post, request_key=request_key).first()
    if made is None:
        made = _ask(matter, to_on, reason.strip(), request_key, actor, at)
    facts = {"extension": made.pk, "from": made.from_on, "to": made.to_on, "reason": made.reason}
    record("matters.extension_asked", actor=actor, target=target(matter), at=at, **facts)
    return made


def _ask(matter: Matter, to_on: date, reason: str, key: UUID, actor: PostActor, at: datetime) -> Extension:
    running = running_extension(matter)
    if running is not None:
        now = EXTENSION_LABELS[ExtensionState(running.state)]
        raise CannotExtend(f"{matter.known_as}已经申请延至{day_text(running.to_on)}，现在是“{now}”，不用再申请。")
    found = extendable(matter)
    if found is None:
        raise CannotExtend(f"{matter.known_as}没有正在计算的答复期限，不需要延期。")
    if not reason:
        raise CannotExtend("请写明延期的理由，院领导和交办机关都要看。")
    require_filled(reason, before="申请")
    check_day(found, to_on, asked_on=at.date())
    made = Extension.objects.create(
        matter=matter, deadline=found.deadline, reason=clip(reason, 300), from_on=found.deadline.due_on, to_on=to_on,
        leave=found.leave.value, basis=clip(found.basis, 160), asked_by=actor.post, asked_at=at, request_key=key,
    )  # fmt: skip
    approval = _start(made, matter, actor, at)
    Extension.objects.filter(pk=made.pk).update(approval=approval)
    made.refresh_from_db()
    ApprovalLink.objects.create(matter=matter, approval=approval)
    indexing.reindex(matter)
    tell_signers(made, at)
    return made


def require_filled(reason: str, *, before: str) -> None:
    """The reason stands in the letter that leaves. Raises CannotExtend."""
    for sentence in unfilled({"延期的理由": reason}, before=before):
        raise CannotExtend(sentence)


def check_day(found: Extendable, to_on: date, *, asked_on: date) -> date:
    """The due day an extension to that day would bring. Raises what check_extension raises."""
    due_on = found.with_more(to_on=to_on, asked_on=asked_on).due_on
    if due_on <= found.deadline.due_on:
        raise ExtensionTooShort(f"延期后的日期应晚于现在的期限{day_text(found.deadline.due_on)}。")
    return due_on


def _start(made: Extension, matter: Matter, actor: PostActor, at: datetime) -> Approval:
    on = at.date()
    chain = stack_for(matter.procuratorate, on=on).chain(CHAIN, on)
    lead = departments_of(lead_parts(matter))
    posts = approval_queries.resolve(
        chain,
        procuratorate=matter.procuratorate,
        on=on,
        lead=lead,
        leader=matter.leader,
        officer=matter.liaison_officer,
    )
    said = {step.code for step in chain.steps if step.optional and _sits(actor.post, posts.get(step.code, []))}
    return approvals.start(
        subject_kind=SUBJECT, subject_id=made.pk, subject_hash=digest_of(made), chain=chain,
        subject_label=f"延期申请：{matter.known_as} {matter.title}",
        posts={code: holders for code, holders in posts.items() if code not in said},
        procuratorate=matter.procuratorate, actor=actor, at=at,
    )  # fmt: skip


def _sits(applicant: Post, posts: list[Post]) -> bool:
    return any(post.staff_id == applicant.staff_id for post in posts)


def digest_of(extension: Extension) -> str:
    """What a signature covers: which date moves, to when, and why."""
    covered = {"deadline": extension.deadline_id, "to": extension.to_on, "reason": extension.reason}
    return payload_digest(covered)


@operation
def decide_extension(
    *,
    extension: Extension,
    step: ApprovalStep,
    verdict: Verdict,
    opinion: str,
    subject_hash: str,
    actor: PostActor,
    version: int,
    at: datetime,
    paper: PaperSignature | None = None,
    meeting: MeetingDecision | None = None,
) -> Extension:
    """Sign a step of the request; where the book asks nobody outside, the last signature moves the date.

    version: of the approval as read. Raises NotAllowed, CannotExtend, ExtensionTooLate and what approvals.decide
    raises."""
    require(actor, "matters.decide_extension", extension)
    assert extension.approval is not None
    approval = approvals.decide(
        approval=extension.approval, step=step, verdict=verdict, opinion=opinion, subject_hash=subject_hash,
        actor=actor, version=version, at=at, paper=paper, meeting=meeting,
    )  # fmt: skip
    extension.approval = approval
    match ApprovalStatus(approval.status):
        case ApprovalStatus.AGREED:
            _approved(extension, actor, at)
        case ApprovalStatus.RETURNED:
            advance_extension(extension, ExtensionStep.TURN_DOWN, version=extension.version)
            _tell_applicant(extension, "延期申请未获同意", f"{actor.post.label}没有同意：{opinion}", at)
        case _:
            tell_signers(extension, at)
    facts = {"extension": extension.pk, "step": step.code, "verdict": verdict.value, "on_paper": paper is not None}
    record("matters.extension_decided", actor=actor, target=target(extension.matter), at=at, **facts)
    indexing.reindex(extension.matter)
    return extension


def _approved(extension: Extension, actor: PostActor, at: datetime) -> None:
    last = Decision.objects.filter(approval=extension.approval).select_related("post__staff").order_by("-id")[0]
    advance_extension(
        extension, ExtensionStep.APPROVE, version=extension.version, approved_by=last.post, approved_on=last.signed_on
    )
    if extension.leave == Consent.NOT_NEEDED:
        still_in_time(extension, last.signed_on)
        grant(extension, by=last.post.label, granted_on=last.signed_on, to_on=extension.to_on, actor=actor, at=at)
        return
    asked = "请向提出人发出书面说明" if extension.leave == Consent.EXPLAINED else "请在期限届满前报交办机关"
    body = f"{last.post.label}同意{extension.matter.naming}延期，{asked}。"
    for post in posts_with(extension.matter.procuratorate, Role.LIAISON_OFFICE, on=at.date()):
        tell(post, extension, "approved", "待报延期", body, at)


def still_in_time(extension: Extension, on: date) -> Extendable:
    """The deadline as it stands, provided the act of that day comes before it is due.

    Raises CannotExtend, ExtensionTooLate."""
    extension.deadline.refresh_from_db()
    found = extendable_deadline(extension.deadline)
    if found is None or extension.deadline.met_at is not None or extension.deadline.dropped_at is not None:
        raise CannotExtend(f"{extension.matter.known_as}的这项期限已经了结，不需要延期。")
    if on > extension.deadline.due_on:
        raise ExtensionTooLate(
            f"期限已于{day_text(extension.deadline.due_on)}届满，延期应在届满前办理。原期限不变，请尽快答复。"
        )
    return found


def grant(
    extension: Extension, *, by: str, granted_on: date, to_on: date, actor: PostActor, at: datetime, **more: object
) -> None:
    """Append the clock event, compute the deadline and what hangs on it anew, say so to those who handle it."""
    ClockEvent.objects.create(
        deadline=extension.deadline, kind="extension", reason=extension.reason, recorded_by=actor.key, recorded_at=at,
        facts={"granted_on": granted_on.isoformat(), "to_on": to_on.isoformat(), "by": by},
    )  # fmt: skip
    recompute_one(extension.deadline, cause=f"{by}同意延期", at=at)
    extension.deadline.refresh_from_db()
    advance_extension(
        extension, ExtensionStep.GRANT, version=extension.version, granted_by=clip(by, 160), granted_on=granted_on,
        granted_to=extension.deadline.due_on, **more,
    )  # fmt: skip
    publish(extension.matter, at=at)
    told = "" if extension.told_on else "请告知提出人并登记告知日。"
    _tell_applicant(extension, "已同意延期", f"延至{day_text(extension.deadline.due_on)}。{told}", at)


@operation
def withdraw_extension(*, extension: Extension, reason: str, actor: PostActor, version: int, at: datetime) -> Extension:
    """Take the request back before it is answered; the date runs on as it stood.

    Raises NotAllowed, MatterMovedOn, ApprovalMovedOn."""
    require(actor, "matters.withdraw_extension", extension)
    advance_extension(extension, ExtensionStep.WITHDRAW, version=version)
    if extension.approval is not None and extension.approval.status == ApprovalStatus.RUNNING:
        approvals.stop(approval=extension.approval, reason=reason, actor=actor, at=at)
    facts = {"extension": extension.pk, "reason": reason}
    record("matters.extension_withdrawn", actor=actor, target=target(extension.matter), at=at, **facts)
    return extension


def tell_signers(extension: Extension, at: datetime) -> None:
    """Word to whomever the request waits for now, and to who stands in for them today."""
    assert extension.approval is not None
    for step in approval_queries.open_steps(extension.approval):
        assert step.post is not None
        body = f"{extension.matter.naming}申请延期至{day_text(extension.to_on)}，请您{step.label}。"
        for post in (step.post, *substitutes_of(step.post, at.date())):
            tell(post, extension, f"step:{step.pk}", "待审批延期", body, at)


def _tell_applicant(extension: Extension, what: str, words: str, at: datetime) -> None:
    """The applicant and whoever handles the matter now."""
    handlers = [part.handler for part in lead_parts(extension.matter) if part.handler is not None]
    held = Post.objects.held_on(at.date()).filter(pk=extension.asked_by_id)
    for post in {post.pk: post for post in [*held, *handlers]}.values():
        tell(post, extension, extension.state, what, f"{extension.matter.naming}的延期申请：{words}", at)


def tell(post: Post, extension: Extension, key: str, what: str, body: str, at: datetime) -> None:
    """Word about a request for more time to one post."""
    matter = extension.matter
    queue(
        event_key=f"extension:{extension.pk}:{key}", title=f"{what}：{matter.known_as}", body=body, at=at, post=post,
        lane=Lane.STATUTORY, link=f"/desk/extensions/{extension.pk}/", procuratorate=matter.procuratorate,
    )  # fmt: skip
