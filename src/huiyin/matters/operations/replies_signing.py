"""The signatures of a letter: sent up, decided step by step, called back, put back to the signer (practice 6-8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from huiyin.approvals import operations as approvals
from huiyin.approvals import queries as approval_queries
from huiyin.approvals.models import Approval, ApprovalStep, Decision
from huiyin.approvals.operations import MeetingDecision, PaperSignature
from huiyin.approvals.rules import ApprovalStatus, Verdict
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, placeholders
from huiyin.matters import indexing
from huiyin.matters.drafting import OPINION, SECOND, latest, problems, text_of, with_mark
from huiyin.matters.joint import last_signed
from huiyin.matters.kinds import kind_of
from huiyin.matters.letters import LetterText
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import ApprovalLink, Matter, Reply, ReplyVersion, Solicitation
from huiyin.matters.moves import advance_reply, advance_undertaking, move_along
from huiyin.matters.operations.deadlines import meet
from huiyin.matters.operations.replies import add_version
from huiyin.matters.operations.replies_numbers import WITHOUT_NUMBER, void_number_of
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import assisting, departments_of, lead_parts, parts_of
from huiyin.matters.rules import (
    AFTER_SIGNING,
    ReplyStep,
    Step,
    StepNotAllowed,
    UndertakingStatus,
    UndertakingStep,
)
from huiyin.matters.talks_owed import talks_owed
from huiyin.matters.wishes import unheeded
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.queries import substitutes_of
from huiyin.regulations.books.vocabulary import Condition
from huiyin.regulations.queries import stack_for

SUBJECT: Final = "matters.reply"
WITHOUT_TALKS: Final = "确实来不及沟通的，请在文稿页写明理由后送审，理由各位审签人都看得到。"


class LetterNotReady(Refusal):
    """Something still keeps the letter from going up; `sentences` name every thing."""

    code = "matters.letter_not_ready"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


class WishUnheeded(Refusal):
    """Changes were asked for and none was made: that needs a reason, which every signer reads."""

    code = "matters.wish_unheeded"


class TalksOwed(Refusal):
    """The books ask for talks that are not on record: that needs a reason, which every signer reads."""

    code = "matters.talks_owed"


class EditNotPossible(Refusal):
    """A change of words goes with an agreement, on screen."""

    code = "matters.edit_not_possible"


@operation
def submit(
    *, reply: Reply, actor: PostActor, version: int, at: datetime, unchanged_reason: str = "", talks_reason: str = ""
) -> Reply:
    """Send the newest text up: copied chain, first step open, its holders told.

    unchanged_reason: why nothing was changed though somebody who saw the draft wished it (practice 14).
    talks_reason: why it goes up without the talks the books require (代表法 art. 51).
    Raises NotAllowed, LetterNotReady, TalksOwed, WishUnheeded, PostMissing, OwnDraft, RuleNotFound, StepNotAllowed,
    MatterMovedOn."""
    matter = reply.matter
    require(actor, "matters.draft_letter", matter)
    newest, on = latest(reply), at.date()
    sentences = problems(reply, text_of(newest), on)
    if sentences:
        raise LetterNotReady(sentences)
    left_out = _leave_out_talks(reply, talks_reason, actor, on)
    kept = _keep_unchanged(reply, unchanged_reason, actor)
    advance_reply(reply, ReplyStep.SUBMIT, version=version, at=at)
    matter = move_along(reply, Step.SUBMIT, at=at)
    approval = _start(reply, newest, actor, at)
    ApprovalLink.objects.create(matter=matter, approval=approval)
    Reply.objects.filter(pk=reply.pk).update(approval=approval)
    reply.approval = approval
    if reply.kind != SECOND:
        _hand_in(matter, at)
    indexing.reindex(matter)
    tell_signers(reply, at)
    facts = {"reply": reply.pk, "number": newest.number, "digest": newest.digest, "unchanged_after_wish_of": kept}
    facts |= {"talks_left_out": left_out}
    record("matters.letter_submitted", actor=actor, target=target(matter), at=at, **facts)
    return reply


def _leave_out_talks(reply: Reply, reason: str, actor: PostActor, on: date) -> list[str]:
    """Put the reason on the letter for its signers; the titles of the talks that are missing."""
    owed = talks_owed(reply, on)
    if owed and not reason.strip():
        raise TalksOwed("\n".join([*(each.sentence for each in owed), WITHOUT_TALKS]))
    titles = [each.contact.title for each in owed]
    reply.talks_left_out = clip("、".join(titles), 200)
    reply.talks_reason = clip(reason.strip(), 300) if owed else ""
    reply.talks_reason_by = actor.post if owed else None
    reply.save(update_fields=["talks_left_out", "talks_reason", "talks_reason_by"])
    return titles


def _keep_unchanged(reply: Reply, reason: str, actor: PostActor) -> list[str]:
    """Put the reason beside every wish that changed nothing; whose wishes they are."""
    wishes = unheeded(reply)
    names = [each.participant.name for each in wishes]
    if wishes and not reason.strip():
        raise WishUnheeded(
            f"{'、'.join(names)}对征求意见稿希望修改，这一稿的文字没有改动。请修改后再送审；不作修改的，"
            "请在文稿页写明理由后送审，理由各位审签人都看得到。"
        )
    kept = Solicitation.objects.filter(pk__in=[each.pk for each in wishes])
    kept.update(unchanged_reason=clip(reason.strip(), 300), unchanged_by=actor.post)
    return names


def _start(reply: Reply, newest: ReplyVersion, actor: PostActor, at: datetime) -> Approval:
    matter, on = reply.matter, at.date()
    kind = kind_of(matter)
    chain_code = kind.opinion_chain if reply.kind == OPINION else kind.letter_chain
    chain = stack_for(matter.procuratorate, on=on).chain(chain_code, on)
    parts = parts_of(matter)
    posts = approval_queries.resolve(
        chain,
        procuratorate=matter.procuratorate,
        on=on,
        lead=departments_of(lead_parts(matter)),
        assisting=departments_of(assisting(parts)),
        leader=matter.leader,
        officer=matter.liaison_officer,
        holding=_holding(matter),
    )
    return approvals.start(
        subject_kind=SUBJECT, subject_id=reply.pk, subject_hash=newest.digest, subject_label=label_of(reply),
        chain=chain, posts=posts, procuratorate=matter.procuratorate, actor=actor, at=at,
    )  # fmt: skip


def _holding(matter: Matter) -> set[Condition]:
    parts = assisting(parts_of(matter))
    found = {Condition.IS_KEY} if matter.is_key else set()
    if any(part.department_id for part in parts):
        found.add(Condition.HAS_ASSISTANTS)
    if any(part.organ_id for part in parts):
        found.add(Condition.WITH_OTHER_ORGANS)
    return found


def _hand_in(matter: Matter, at: datetime) -> None:
    """With the draft going up the departments that answer have done their part in time."""
    for part in lead_parts(matter):
        meet(matter=matter, limit_code=LimitCode.DEPT_HANDLE, at=at, undertaking=part)
        if part.status == UndertakingStatus.IN_HAND:
            advance_undertaking(part, UndertakingStep.GIVE, version=part.version, at=at)


@operation
def decide_letter(
    *,
    reply: Reply,
    step: ApprovalStep,
    verdict: Verdict,
    opinion: str,
    subject_hash: str,
    actor: PostActor,
    version: int,
    at: datetime,
    edited: LetterText | None = None,
    paper: PaperSignature | None = None,
    meeting: MeetingDecision | None = None,
) -> Reply:
    """Sign a step of the letter; an edit of the signer's own is a new version that he signs in the same act.

    version: of the approval as read. After the last signature the letter bears the day of signing. Raises NotAllowed,
    LetterNotReady, EditNotPossible and what `approvals.decide` raises."""
    require(actor, "matters.sign_letter", reply.matter)
    assert reply.approval is not None
    newest = latest(reply)
    is_recorded = paper is not None or meeting is not None
    edited = _edit(newest, edited, verdict, is_recorded=is_recorded, at=at)
    if not is_recorded:
        _require_others_text(newest, step, actor.post)
    approval = approvals.decide(
        approval=reply.approval, step=step, verdict=verdict, opinion=opinion, subject_hash=subject_hash, actor=actor,
        version=version, at=at, paper=paper, meeting=meeting, edited_hash=edited.digest if edited else "",
    )  # fmt: skip
    if edited:
        newest = add_version(reply, edited, kind="edited", author=actor.post, at=at, note=clip(opinion, 200))
        decided = {"outcome": edited.outcome, "mark": edited.mark, "reason": edited.reason}
        Reply.objects.filter(pk=reply.pk).update(**decided, reason_code=edited.reason_code)
    reply.refresh_from_db()
    match ApprovalStatus(approval.status):
        case ApprovalStatus.AGREED:
            _signed(reply, newest, at)
        case ApprovalStatus.RETURNED:
            _back_to_draft(reply, at)
            _tell_drafter(reply, actor.post, opinion, at)
        case _:
            indexing.reindex(reply.matter)
            tell_signers(reply, at)
    facts = {"step": step.code, "label": step.label, "verdict": verdict.value, "reply": reply.pk}
    facts |= {"edited": newest.number if edited else 0}
    record("matters.letter_decided", actor=actor, target=target(reply.matter), at=at, **facts)
    return reply


def _require_others_text(newest: ReplyVersion, step: ApprovalStep, signer: Post) -> None:
    """Whoever wrote the draft does not approve it, whoever sent it up; a signer's own edit was signed when made."""
    signed = Decision.objects.filter(approval=newest.reply.approval_id, subject_hash=newest.digest, recorded_by=None)
    is_edit = newest.kind == "edited" or signed.filter(post__staff=newest.author.staff_id).exists()
    is_draft = newest.kind in {"draft", "solicited", "final"} and not is_edit
    if is_draft and newest.author.staff_id == signer.staff_id and not step.own_draft:
        raise approvals.OwnDraft(
            "这一稿是您自己写的，不能由您审核。请由代签人（AB角）办理，或者由承办人改写后重新送审。"
        )


def _edit(
    newest: ReplyVersion, edited: LetterText | None, verdict: Verdict, *, is_recorded: bool, at: datetime
) -> LetterText | None:
    """The signer's own text, if he changed anything; checked like a draft."""
    if edited is None or edited.reads_like(text_of(newest)):
        return None
    if verdict is not Verdict.AGREE:
        raise EditNotPossible("退回修改时不能同时改稿。要自己改的，请选择“同意”；要拟稿人改的，请写明意见后退回。")
    if is_recorded:
        raise EditNotPossible("代录纸质签批和会议决定时不能改稿，请按纸质原文由拟稿人修改后重新送审。")
    text = with_mark(edited, newest.reply.matter, at.date())
    left = [hit for line in text.lines for hit in placeholders(line)]
    found = [f"改稿中还有没填的内容：“{hit.snippet}”。" for hit in left] or problems(newest.reply, text, at.date())
    if found:
        raise LetterNotReady(found)
    return text


def _signed(reply: Reply, newest: ReplyVersion, at: datetime) -> None:
    """成文日期 is the day of the last signature, another organ's too; the text signed is the final draft (定稿)."""
    assert reply.approval is not None
    last = Decision.objects.filter(approval=reply.approval).select_related("post").order_by("-id")[0]
    ReplyVersion.objects.filter(pk=newest.pk).update(kind="final")
    day = last_signed(reply, last.signed_on or at.date())
    advance_reply(reply, ReplyStep.SIGN, version=reply.version, at=at, signed_on=day, signed_by=last.post)
    indexing.reindex(move_along(reply, Step.SIGN, at=at))
    _tell_signed(reply, at)


def _back_to_draft(reply: Reply, at: datetime) -> None:
    advance_reply(reply, ReplyStep.RETURN, version=reply.version, at=at)
    move_along(reply, Step.RETURN, at=at)


@operation
def recall(*, reply: Reply, reason: str, actor: PostActor, version: int, at: datetime) -> Reply:
    """The drafting department takes the letter off its road to work on it again.

    Raises NotAllowed, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.recall_letter", reply.matter)
    hold_road(reply)
    if reply.status in AFTER_SIGNING:
        raise StepNotAllowed(
            f"这份文稿已经签完（{reply.get_status_display()}），不能撤回；要改的请联络办公室退回签发人。"
        )
    advance_reply(reply, ReplyStep.RETURN, version=version, at=at)
    assert reply.approval is not None
    approvals.stop(approval=reply.approval, reason=reason, actor=actor, at=at)
    move_along(reply, Step.RETURN, at=at)
    record("matters.letter_recalled", actor=actor, target=target(reply.matter), at=at, reply=reply.pk, reason=reason)
    return reply


@operation
def send_back(*, reply: Reply, reason: str, actor: PostActor, version: int, at: datetime) -> Reply:
    """Put a signed letter that is not out yet back to be signed (practice 6): where a recorded signature is in dispute
    (practice 8) to the earliest such step, else to its last signer. A number it has is voided, a seal no longer counts.

    Raises NotAllowed, OpinionMissing, PostMissing, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.send_back_letter", reply.matter)
    if not reason.strip():
        raise approvals.OpinionMissing("退回签发人要写明需要改什么。")
    hold_road(reply)
    if reply.status not in AFTER_SIGNING:
        raise StepNotAllowed(f"这份文稿现在是“{reply.get_status_display()}”，不能退回签发人。请刷新页面查看最新进度。")
    number = reply.number
    advance_reply(
        reply, ReplyStep.RETURN, version=version, at=at, signed_on=None, signed_by=None, proofread_at=None,
        proofread_by=None, **WITHOUT_NUMBER,
    )  # fmt: skip
    move_along(reply, Step.RETURN, at=at)
    assert reply.approval is not None
    newest = latest(reply)
    approvals.reopen(approval=reply.approval, reason=reason, actor=actor, at=at)
    Approval.objects.filter(pk=reply.approval.pk).update(subject_hash=newest.digest)
    indexing.reindex(reply.matter)
    tell_signers(reply, at)
    facts = {"reply": reply.pk, "reason": reason, "number": str(number or "")}
    record("matters.letter_sent_back", actor=actor, target=target(reply.matter), at=at, **facts)
    if number is not None:
        void_number_of(reply, number, reason=reason, actor=actor, at=at)
    return reply


def hold_road(reply: Reply) -> None:
    """Hold the letter's approval first, as whoever signs does, so that two acts on one letter stand in line."""
    if reply.approval_id is not None:
        reply.approval = approvals.locked(reply.approval_id)


def label_of(reply: Reply) -> str:
    """How an inbox names the letter."""
    return f"{reply.get_kind_display()}：{reply.matter.naming}"


def tell_signers(reply: Reply, at: datetime) -> None:
    """Word to whomever the letter waits for now, and to who stands in for them today."""
    assert reply.approval is not None
    for step in approval_queries.open_steps(reply.approval):
        assert step.post is not None
        words = f"{reply.matter.naming}的{reply.get_kind_display()}请您{step.label}。"
        key = f"approval:{reply.approval.pk}:step:{step.pk}:{step.opened_at:%Y%m%d%H%M%S}"
        link = f"/desk/replies/{reply.pk}/sign/"
        for post in (step.post, *substitutes_of(step.post, at.date())):
            tell(reply, post, key, f"待审签：{reply.matter.known_as}", words, at, link=link)


def _tell_drafter(reply: Reply, by: Post, opinion: str, at: datetime) -> None:
    assert reply.approval is not None
    words = f"{by.label}退回了{reply.matter.naming}的文稿：{opinion}"
    for post in drafters_of(reply, at):
        tell(reply, post, f"approval:{reply.approval.pk}:returned", "文稿退回修改", words, at)


def drafters_of(reply: Reply, at: datetime) -> list[Post]:
    """Whoever sent the letter up; where that post is closed, those who handle the matter now."""
    drafter = reply.approval.asked_by if reply.approval else reply.created_by
    if Post.objects.held_on(at.date()).filter(pk=drafter.pk).exists():
        return [drafter]
    return [part.handler for part in lead_parts(reply.matter) if part.handler is not None]


def _tell_signed(reply: Reply, at: datetime) -> None:
    assert reply.approval is not None
    assert reply.signed_by is not None
    words = (
        f"{reply.signed_by.label}已签发{reply.matter.naming}的{reply.get_kind_display()}，可以复核、取号、用印、印发。"
    )
    key = f"reply:{reply.pk}:signed:{reply.version}"
    for post in drafters_of(reply, at):
        tell(reply, post, key, f"已签发：{reply.matter.known_as}", words, at)


def tell(reply: Reply, post: Post, key: str, title: str, body: str, at: datetime, *, link: str = "") -> None:
    """Word about the letter to one post."""
    queue(
        event_key=key, title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
        link=link or f"/desk/replies/{reply.pk}/", procuratorate=reply.matter.procuratorate,
    )  # fmt: skip
