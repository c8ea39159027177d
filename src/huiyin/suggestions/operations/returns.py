"""Not ours: proposed by the office head within the book's days, decided by a leader, sent to whoever assigned it, and
answered. Until it is answered every deadline runs on (practice 10, 12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from huiyin.approvals.queries import stands_in_for
from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import unfilled
from huiyin.matters import indexing
from huiyin.matters.kinds import kind_of, publish, require_rated
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import Matter
from huiyin.matters.moves import advance
from huiyin.matters.operations.consents import CongressAnswer, ask_consent, keep_answer
from huiyin.matters.operations.deadlines import drop_all, meet
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import leaders, posts_with
from huiyin.matters.rules import RETURNED, STATUS_LABELS, Status, Step
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.models import RETURN_LABELS, RETURN_MOVES, NotOurs, ReturnState, ReturnStep
from huiyin.suggestions.queries import sheet_of

SUBJECT: Final = "suggestions.return"


class CannotReturn(Refusal):
    """Routed already, on a sheet, on its way back already, or something is missing."""

    code = "suggestions.cannot_return"


class ReturnTooLate(Refusal):
    """The book's days for saying so have passed: the matter is ours."""

    code = "suggestions.return_too_late"


class ReturnMovedOn(Refusal):
    """A colleague was faster, or the page is stale."""

    code = "suggestions.return_moved_on"


class NotAskedToDecide(Refusal):
    """Another leader was asked."""

    code = "suggestions.not_asked_to_decide"


@operation
def propose_return(
    *, matter: Matter, reason: str, proper_unit: str, leader: Post, request_key: UUID, actor: PostActor, at: datetime
) -> NotOurs:
    """Propose that a registered suggestion is not ours; one request_key proposes once.

    Raises NotAllowed, CannotReturn, ReturnTooLate."""
    require(actor, "suggestions.propose_return", matter)
    require_rated(matter, "退回交办机关")
    matter = (
        Matter.objects.select_for_update(no_key=True, of=("self",)).select_related("procuratorate").get(pk=matter.pk)
    )
    giving = NotOurs.objects.filter(proposed_by=actor.post, request_key=request_key).first()
    if giving is None:
        _require_free(matter)
        _require_in_time(matter, at)
        _require_filled(reason, proper_unit, before="提出")
        if leader.pk not in {post.pk for post in leaders(matter.procuratorate, on=at.date())}:
            raise CannotReturn("请选择本院在任的院领导决定。")
        giving = NotOurs.objects.create(
            matter=matter, reason=reason, proper_unit=proper_unit, leader=leader, proposed_by=actor.post,
            proposed_at=at, request_key=request_key,
        )  # fmt: skip
        _tell(
            [leader], giving, "待您决定是否退回", f"{actor.post.label}认为{matter.naming}不属于本院职责，请决定。", at
        )
    record("suggestions.return_proposed", actor=actor, target=target(matter), at=at, reason=reason, unit=proper_unit)
    return giving


def _require_filled(reason: str, proper_unit: str, *, before: str) -> None:
    for sentence in unfilled({"理由": reason, "建议承办单位": proper_unit}, before=before):
        raise CannotReturn(sentence)


def _require_free(matter: Matter) -> None:
    if matter.status != Status.REGISTERED:
        label = STATUS_LABELS[Status(matter.status)]
        raise CannotReturn(f"{matter.known_as}现在是“{label}”，已经由本院承办，不能再退回交办机关。")
    sheet = sheet_of(matter)
    if sheet is not None:
        raise CannotReturn(f"{matter.known_as}列在拟办单{sheet.number}上，请先把它移出那张拟办单。")
    if matter.conversions.filter(verdict="").exists():
        raise CannotReturn(f"{matter.known_as}已经提出转案件咨询，请等办公室负责人决定。")
    running = running_return(matter)
    if running is not None:
        raise CannotReturn(f"{matter.known_as}已经提出退回，现在是“{RETURN_LABELS[ReturnState(running.state)]}”。")


def _require_in_time(matter: Matter, at: datetime) -> None:
    own = matter.deadlines.filter(limit_code=kind_of(matter).limits.not_ours, round=matter.round)
    limit = own.order_by("-id").first()
    if limit is not None and limit.late_from is not None and at >= limit.late_from:
        raise ReturnTooLate(f"{matter.known_as}应在{day_text(limit.due_on)}前向交办机关提出，现已逾期，由本院办理。")


def running_return(matter: Matter) -> NotOurs | None:
    """The attempt to give it back that is not ended yet."""
    return next((each for each in matter.returns.all() if each.is_running), None)


@operation
def decide_return(
    *, giving: NotOurs, agrees: bool, opinion: str, actor: PostActor, version: int, at: datetime
) -> NotOurs:
    """The leader asked decides, or who stands in for him. Raises NotAllowed, NotAskedToDecide, ReturnMovedOn."""
    require(actor, "suggestions.decide_return", giving)
    if giving.leader_id not in stands_in_for(actor.post, at.date()):
        raise NotAskedToDecide(f"这件请{giving.leader.label}决定。")
    if not agrees and not opinion.strip():
        raise CannotReturn("不同意退回的，请写明意见。")
    step = ReturnStep.AGREE if agrees else ReturnStep.KEEP
    _move(giving, step, version=version, opinion=opinion, decided_by=actor.post, decided_at=at)
    matter = giving.matter
    word = "同意退回，请发退回函" if agrees else f"不同意退回：{opinion}"
    _tell(_office(matter, at), giving, "退回已决定", f"{actor.post.label}对{matter.naming}：{word}。", at)
    record("suggestions.return_decided", actor=actor, target=target(matter), at=at, agrees=agrees, opinion=opinion)
    return giving


@operation
def send_return(*, giving: NotOurs, actor: PostActor, version: int, at: datetime) -> NotOurs:
    """Number the letter and send it; its answer is waited for from now on.

    Raises NotAllowed, CannotReturn, ReturnTooLate, ReturnMovedOn."""
    require(actor, "suggestions.send_return", giving)
    matter = giving.matter
    _require_in_time(matter, at)
    _require_filled(giving.reason, giving.proper_unit, before="发函")
    _move(giving, ReturnStep.SEND, version=version, sent_at=at)
    meet(matter=matter, limit_code=kind_of(matter).limits.not_ours, at=at)
    record("suggestions.return_sent", actor=actor, target=target(matter), at=at)
    prefix = matter.procuratorate.document_prefix
    number = allot(
        procuratorate=matter.procuratorate, code=f"letter:{prefix}函", year=at.year,
        pattern="{prefix}函〔{year}〕{value}号", actor=actor, at=at,
        subject=Target(kind=SUBJECT, key=str(giving.pk), label=f"{matter.known_as}退回函"),
    )  # fmt: skip
    consent = ask_consent(
        matter, ConsentKind.RETURN, request_number=number.text, requested_on=at.date(), actor=actor, at=at
    )
    NotOurs.objects.filter(pk=giving.pk).update(number=number, consent=consent)
    giving.refresh_from_db()
    return giving


@operation
def answer_return(*, giving: NotOurs, answer: CongressAnswer, actor: PostActor, version: int, at: datetime) -> NotOurs:
    """Record the answer: agreed, and the matter ends as returned; refused, and it goes on with its days as they are.

    Raises NotAllowed, AnswerIncomplete, ReturnMovedOn, StepNotAllowed, MatterMovedOn."""
    require(actor, "suggestions.answer_return", giving)
    matter, consent = giving.matter, giving.consent
    _move(giving, ReturnStep.TAKE_BACK if answer.agreed else ReturnStep.REFUSE, version=version)
    assert consent is not None
    keep_answer(consent, answer, at=at)
    if answer.agreed:
        advance(matter, Step.GIVE_BACK, version=matter.version, at=at, outcome=RETURNED)
        drop_all(matter=matter, at=at)
        indexing.reindex(matter)
        publish(matter, at=at)
    word = "同意退回，本件在本院办结" if answer.agreed else "不同意退回，请拟办，原期限不变"
    _tell(_office(matter, at), giving, "交办机关已答复", f"交办机关对{matter.naming}：{word}。", at)
    record(
        "suggestions.return_answered", actor=actor, target=target(matter), at=at, agreed=answer.agreed,
        document_number=answer.document_number,
    )  # fmt: skip
    return giving


@operation
def withdraw_return(*, giving: NotOurs, reason: str, actor: PostActor, version: int, at: datetime) -> NotOurs:
    """Give the attempt up and handle the matter; a number already given stays in its register.

    Raises NotAllowed, ReturnMovedOn."""
    require(actor, "suggestions.withdraw_return", giving)
    _move(giving, ReturnStep.WITHDRAW, version=version)
    record("suggestions.return_withdrawn", actor=actor, target=target(giving.matter), at=at, reason=reason)
    return giving


def _move(giving: NotOurs, step: ReturnStep, *, version: int, **updates: Any) -> None:
    """The one place where its state is written, guarded by the version as read."""
    new = RETURN_MOVES.get((ReturnState(giving.state), step))
    as_read = NotOurs.objects.filter(pk=giving.pk, version=version, state=giving.state)
    if new is None or not as_read.update(version=F("version") + 1, state=new, **updates):
        now = RETURN_LABELS[ReturnState(NotOurs.objects.values_list("state", flat=True).get(pk=giving.pk))]
        raise ReturnMovedOn(f"{giving.matter.known_as}的退回现在是“{now}”，刚刚由同事办理过，请刷新后再看。")
    giving.refresh_from_db()


def _office(matter: Matter, at: datetime) -> list[Post]:
    return posts_with(matter.procuratorate, Role.OFFICE_HEAD, Role.LIAISON_OFFICE, on=at.date())


def _tell(posts: list[Post], giving: NotOurs, what: str, body: str, at: datetime) -> None:
    matter = giving.matter
    for post in posts:
        queue(
            event_key=f"return:{giving.pk}:{giving.state}", title=f"{what}：{matter.known_as}", body=body, at=at,
            post=post, lane=Lane.STATUTORY, link=f"/desk/not-ours/{giving.pk}/", procuratorate=matter.procuratorate,
        )  # fmt: skip
