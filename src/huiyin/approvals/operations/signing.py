"""A paper starts on its road, is decided step by step, is stopped. Called inside the subject's own operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.timezone import localtime

from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.approvals.permissions import CLERKS
from huiyin.approvals.queries import PostMissing, stands_in_for
from huiyin.approvals.registry import INBOX, tell
from huiyin.approvals.rules import ApprovalStatus, StepStatus, Verdict
from huiyin.audit.actors import Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post, Procuratorate, Substitution
from huiyin.organisations.permissions import NotAllowed, require
from huiyin.regulations.books import Chain, ChainStep
from huiyin.regulations.books.vocabulary import Condition, StepKind, Who
from huiyin.regulations.rules.wording import day_text


class OwnDraft(Refusal):
    """Nobody approves his own draft, unless the book lets him."""

    code = "approvals.own_draft"


class NotYourTurn(Refusal):
    """The step is not open, or is somebody else's."""

    code = "approvals.not_your_turn"


class TextIsStale(Refusal):
    """What the signer read is not the text that waits for his signature."""

    code = "approvals.text_is_stale"


class SigningDayWrong(Refusal):
    """A paper was signed, a meeting held, between the day the text was sent up and today."""

    code = "approvals.signing_day_wrong"


class ApprovalMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "approvals.moved_on"


class OpinionMissing(Refusal):
    """A return without a word helps nobody."""

    code = "approvals.opinion_missing"


@dataclass(frozen=True, kw_only=True)
class PaperSignature:
    """What a leader signed on paper; the actor is the clerk who records it. signed_by: a substitute who signed."""

    signed_on: date
    scan: StoredFile
    signed_by: Post | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingDecision:
    """A step decided by a meeting; the actor is the leader or the clerk who enters it."""

    held_on: date
    minutes: str


@operation
def start(
    *,
    subject_kind: str,
    subject_id: int,
    subject_hash: str,
    subject_label: str,
    chain: Chain,
    posts: Mapping[str, Sequence[Post]],
    procuratorate: Procuratorate,
    actor: PostActor,
    at: datetime,
) -> Approval:
    """Send a paper on its road: the deciding steps of the chain, addressed to posts, the first of them open.

    posts: step code → posts, as `queries.resolve` gives them. Of several posts in one department (or, where the
    step is anyone's, in the office) one decides; every department and every leader named decides by himself.
    Raises PostMissing, OwnDraft."""
    approval = Approval.objects.create(
        procuratorate=procuratorate, subject_kind=subject_kind, subject_id=subject_id, subject_hash=subject_hash,
        subject_label=subject_label[:300], chain_code=chain.code, chain_source=_source(chain), asked_by=actor.post,
        asked_at=at,
    )  # fmt: skip
    for position, step in enumerate(_deciding(chain, posts), start=1):
        _add_step(approval, position, step, posts[step.code], actor.post, at.date())
    if not _open_next(approval, at):
        raise PostMissing(f"{chain.basis}的“{chain.title}”没有需要审签的环节，无法送审。")
    record("approvals.started", actor=actor, target=target_of(approval), at=at, chain=chain.code)
    return approval


@operation
def decide(
    *,
    approval: Approval,
    step: ApprovalStep,
    verdict: Verdict,
    opinion: str,
    subject_hash: str,
    actor: PostActor,
    version: int,
    at: datetime,
    paper: PaperSignature | None = None,
    meeting: MeetingDecision | None = None,
    edited_hash: str = "",
) -> Approval:
    """Decide one step over the text that was read; the next steps open, or the road ends.

    subject_hash: of the text the signer read. edited_hash: of the text he wrote in its stead and signs in the same
    act. Raises NotYourTurn, TextIsStale, ApprovalMovedOn, OwnDraft, OpinionMissing, SigningDayWrong,
    NotAllowed."""
    opinion = opinion.strip()
    if verdict is Verdict.RETURN and not opinion:
        raise OpinionMissing("退回修改要写明意见，拟稿人才知道怎么改。")
    step = ApprovalStep.objects.select_related("post__staff", "approval__asked_by").get(pk=step.pk)
    _check_as_read(step, approval, subject_hash, version)
    _check_days(step.approval, paper, meeting, at.date())
    signer, clerk = _signer(step, actor, paper, meeting, at)
    if signer.staff_id == step.approval.asked_by.staff_id and not step.own_draft:
        raise OwnDraft("您是这份文稿的拟稿人，不能自己审核自己的文稿，请由同岗位的其他同事或代签人办理。")
    _take(approval, version=step.approval.version, subject_hash=edited_hash or subject_hash)
    agreed = verdict is Verdict.AGREE
    closed = ApprovalStep.objects.filter(pk=step.pk, status=StepStatus.OPEN)
    closed.update(status=StepStatus.AGREED if agreed else StepStatus.RETURNED)
    decision = Decision.objects.create(
        approval=approval, step=step, verdict=verdict, opinion=opinion, subject_hash=edited_hash or subject_hash,
        post=signer, in_place_of=step.post if signer.pk != step.post_id else None, recorded_by=clerk,
        scan=paper.scan if paper else None, meeting=_as_facts(meeting), decided_at=at,
        signed_on=paper.signed_on if paper else meeting.held_on if meeting else at.date(),
    )  # fmt: skip
    if clerk is not None:
        _tell_recorded(decision, at)
    _go_on(approval, step, at=at) if agreed else _end(approval, ApprovalStatus.RETURNED, at)
    facts = {"step": step.code, "verdict": verdict.value, "signer": f"post:{signer.pk}", "on_paper": paper is not None}
    record("approvals.decided", actor=actor, target=target_of(approval), at=at, **facts)
    approval.refresh_from_db()
    return approval


@operation
def stop(*, approval: Approval, reason: str, actor: Actor, at: datetime) -> Approval:
    """Take a paper off its road before the end, e.g. when the drafter calls it back. Raises ApprovalMovedOn."""
    _end(approval, ApprovalStatus.STOPPED, at)
    record("approvals.stopped", actor=actor, target=target_of(approval), at=at, reason=reason)
    approval.refresh_from_db()
    return approval


def _deciding(chain: Chain, posts: Mapping[str, Sequence[Post]]) -> list[ChainStep]:
    wanted = []
    for step in chain.steps:
        if step.kind is not StepKind.DECIDE:
            continue
        if posts.get(step.code):
            wanted.append(step)
        elif step.condition is Condition.ALWAYS and not step.optional:
            raise PostMissing(f"“{step.label}”没有人办理，请先设定岗位，再送审。")
    return wanted


def _add_step(
    approval: Approval, position: int, step: ChainStep, posts: Sequence[Post], drafter: Post, on: date
) -> None:
    groups: dict[str, int] = {}
    rows = [
        ApprovalStep(
            approval=approval, position=position, code=step.code, label=step.label, post=post,
            group=groups.setdefault(_group_key(step, post), len(groups) + 1), own_draft=step.own_draft,
        )
        for post in posts
    ]  # fmt: skip
    for group in groups.values():
        mine = [row for row in rows if row.group == group and _is_drafters(row, drafter)]
        others = [row for row in rows if row.group == group and row not in mine]
        if mine and others:
            rows = [row for row in rows if row not in mine]
        elif mine and not _has_substitute(mine, drafter, on):
            raise OwnDraft(
                f"“{step.label}”只有拟稿人本人（{drafter.label}）可以办理，制度不允许自己审核自己的文稿。"
                "请由其他同事送审，或先为该岗位设定代签人（AB角）。"
            )
    ApprovalStep.objects.bulk_create(rows)


def _group_key(step: ChainStep, post: Post) -> str:
    if step.who in {Who.ANYONE, Who.OWN_OFFICER}:
        return "anyone"
    return f"department:{post.department_id}" if post.department_id else f"post:{post.pk}"


def _is_drafters(row: ApprovalStep, drafter: Post) -> bool:
    return not row.own_draft and row.post is not None and row.post.staff_id == drafter.staff_id


def _has_substitute(rows: Sequence[ApprovalStep], drafter: Post, on: date) -> bool:
    named = Substitution.objects.filter(post__in=[row.post_id for row in rows], from_on__lte=on, until_on__gt=on)
    return named.exclude(substitute__staff=drafter.staff_id).exists()


def _check_as_read(step: ApprovalStep, approval: Approval, subject_hash: str, version: int) -> None:
    held = step.approval
    if step.approval_id != approval.pk or held.status != ApprovalStatus.RUNNING or step.status != StepStatus.OPEN:
        raise NotYourTurn("这一环节已经办理过，或者还没有轮到。请刷新页面查看最新进度。")
    if held.subject_hash != subject_hash:
        raise TextIsStale("您看到的不是最新稿：文稿刚刚改动过。请刷新页面，看过最新稿再签。")
    # A parallel signature of another department leaves the text and this step as they were read.
    is_parallel = held.steps.filter(position=step.position).exclude(group=step.group).exists()
    if held.version != version and not is_parallel:
        raise ApprovalMovedOn("这份文稿刚刚由同事办理过，页面内容已不是最新。请刷新后再办，您填写的意见仍在页面上。")


def _check_days(approval: Approval, paper: PaperSignature | None, meeting: MeetingDecision | None, today: date) -> None:
    """The last of these days becomes the date of the document, so none may lie outside the paper's road."""
    sent_up = localtime(approval.asked_at).date()
    for day in (paper.signed_on if paper else None, meeting.held_on if meeting else None):
        if day is not None and not sent_up <= day <= today:
            raise SigningDayWrong(f"签批和会议的日期应在送审日（{day_text(sent_up)}）与今天之间，请核对。")


def _signer(
    step: ApprovalStep,
    actor: PostActor,
    paper: PaperSignature | None,
    meeting: MeetingDecision | None,
    at: datetime,
) -> tuple[Post, Post | None]:
    """Who decides, and the clerk who records it where it is not he himself."""
    assert step.post is not None
    is_own = step.post_id in stands_in_for(actor.post, at.date())
    if paper is None and (meeting is None or is_own):
        if not is_own:
            raise NotYourTurn(f"“{step.label}”由{step.post.label}办理，您不是该岗位当日的代签人。")
        require(actor, "approvals.decide", step)
        return actor.post, None
    if actor.post.role_enum not in CLERKS:
        raise NotAllowed("纸质签批和会议决定由联络办公室或者办公室代录，您的岗位不能代录。")
    require(actor, "approvals.record_paper", step)
    signer = (paper.signed_by if paper else None) or step.post
    signed_on = paper.signed_on if paper else at.date()
    if step.post_id not in stands_in_for(signer, signed_on):
        raise NotYourTurn(f"{signer.label}在签批当日不是{step.post.label}的代签人。")
    return signer, actor.post


def _tell_recorded(decision: Decision, at: datetime) -> None:
    """Whoever's signature a clerk recorded hears of it, so that he can object."""
    clerk, step = decision.recorded_by, decision.step
    assert clerk is not None
    tell(
        post=decision.post, event_key=f"decision:{decision.pk}:recorded", title=f"已代录您的签批：{step.label}", at=at,
        body=f"{clerk.label}代录了您的“{step.label}”：{step.approval.subject_label}。与您签的不一致的，请提出异议。",
        link=INBOX, procuratorate=step.approval.procuratorate,
    )  # fmt: skip


def _take(approval: Approval, *, version: int, subject_hash: str) -> None:
    as_read = Approval.objects.filter(pk=approval.pk, version=version, status=ApprovalStatus.RUNNING)
    if not as_read.update(version=F("version") + 1, subject_hash=subject_hash):
        raise ApprovalMovedOn("这份文稿刚刚由同事办理过，请刷新页面后再办。")


def _go_on(approval: Approval, step: ApprovalStep, *, at: datetime) -> None:
    here = ApprovalStep.objects.filter(approval=approval, position=step.position, status=StepStatus.OPEN)
    here.filter(group=step.group).update(status=StepStatus.SKIPPED)
    if not here.exists() and not _open_next(approval, at):
        _end(approval, ApprovalStatus.AGREED, at)


def _open_next(approval: Approval, at: datetime) -> bool:
    waiting = ApprovalStep.objects.filter(approval=approval, status=StepStatus.WAITING)
    first = waiting.order_by("position").values_list("position", flat=True).first()
    return first is not None and bool(waiting.filter(position=first).update(status=StepStatus.OPEN, opened_at=at))


def _end(approval: Approval, status: ApprovalStatus, at: datetime) -> None:
    running = Approval.objects.filter(pk=approval.pk, status=ApprovalStatus.RUNNING)
    if not running.update(status=status, ended_at=at, version=F("version") + 1):
        raise ApprovalMovedOn("这份文稿的审签已经结束，请刷新页面。")
    left = ApprovalStep.objects.filter(approval=approval, status__in=[StepStatus.OPEN, StepStatus.WAITING])
    left.update(status=StepStatus.SKIPPED)


def _source(chain: Chain) -> dict[str, object]:
    """Where the chain stands in writing, and the acts that follow the last signature."""
    basis = chain.basis
    return {
        "book": basis.book_code, "version": basis.book_version, "article": basis.article, "title": basis.instrument,
        "acts": [step.code for step in chain.steps if step.kind is StepKind.ACT],
    }  # fmt: skip


def _as_facts(meeting: MeetingDecision | None) -> dict[str, str]:
    return {"held_on": meeting.held_on.isoformat(), "minutes": meeting.minutes} if meeting else {}


def target_of(approval: Approval) -> Target:
    """The paper as the audit names it."""
    return Target(kind="approvals.approval", key=str(approval.pk), label=approval.subject_label)
