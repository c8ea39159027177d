"""回访: owed after a letter is out, made and recorded with the deputy's words, owed again while something is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of, publish, require_rated
from huiyin.matters.models import Act, Commitment, Matter, Participant, Reply, Revisit
from huiyin.matters.operations.deadlines import open_deadline, refresh_next_due
from huiyin.matters.operations.measures import MeasureFacts, open_measure
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import departments_of, lead_parts
from huiyin.matters.queries import department_heads
from huiyin.matters.rules import ActKind, HandlerRole, Stage
from huiyin.matters.rules.following import AS_ACT, RevisitMode, RevisitResult, RevisitState
from huiyin.matters.second_letters import ANSWERED, standing_promises
from huiyin.matters.steps import WorkStepCode, mark_step
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.queries import stack_for


class CannotRevisit(Refusal):
    """Not answered, owed already, done by a colleague, or something is missing."""

    code = "matters.cannot_revisit"


@dataclass(frozen=True, kw_only=True)
class RevisitFacts:
    """What the deputy said. measure: what the office resolves to do about it, where it was reopened."""

    mode: RevisitMode
    held_on: date
    result: RevisitResult
    participant: Participant | None
    deputy_words: str
    our_words: str = ""
    measure: MeasureFacts | None = None


def owe_revisit(reply: Reply, on: date, at: datetime) -> Revisit | None:
    """A revisit is owed from this day on, as the book in force counts it; always inside an operation.

    None where no book asks for one, where we only assist, where nobody rates the answer, or where one is owed
    already."""
    matter = reply.matter
    if not kind_of(matter).is_rated:
        return None
    code = _limit_of(matter, on)
    if not code or matter.handler_role == HandlerRole.ASSIST:
        return None
    if Revisit.objects.filter(matter=matter, state=RevisitState.OWED).exists():
        return None
    turn = Revisit.objects.filter(matter=matter, round=matter.round, state=RevisitState.DONE).count() + 1
    revisit = Revisit.objects.create(
        matter=matter, reply=reply, round=matter.round, turn=turn, post=_who(matter, on), opened_at=at
    )
    label = "首次回访" if turn == 1 else "再次回访"
    open_deadline(matter=matter, limit_code=code, starts_on=on, label=label, at=at, revisit=revisit)
    return revisit


def _limit_of(matter: Matter, on: date) -> str:
    stack = stack_for(matter.procuratorate, on=on)
    try:
        code = stack.revisit(on).limit
        stack.limit(code, on)
    except RuleNotFound:
        return ""
    return code


def _who(matter: Matter, on: date) -> Post | None:
    """The head of the department that answered is also who revisits (S3-27)."""
    heads = [post for each in departments_of(lead_parts(matter)) for post in department_heads(each, on=on)]
    return heads[0] if heads else None


@operation
def plan_revisit(*, matter: Matter, actor: PostActor, at: datetime) -> Revisit:
    """Owe one more revisit from today on, where none is owed. Raises NotAllowed, CannotRevisit."""
    require(actor, "matters.plan_revisit", matter)
    require_rated(matter, "安排回访")
    reply = matter.replies.exclude(issued_on=None).exclude(kind="opinion").order_by("-round", "-id").first()
    if reply is None or matter.status not in ANSWERED:
        raise CannotRevisit("答复印发以后才能安排回访。")
    if Revisit.objects.filter(matter=matter, state=RevisitState.OWED).exists():
        raise CannotRevisit(f"{matter.known_as}已经有一次待办的回访，请先登记那一次。")
    reply.matter = matter
    revisit = owe_revisit(reply, at.date(), at)
    if revisit is None:
        raise CannotRevisit("施行的制度没有规定回访期限，或者本院是协办单位，不安排回访。随时可以点“记录沟通”登记。")
    record("matters.revisit_planned", actor=actor, target=target(matter), at=at, revisit=revisit.pk)
    return revisit


@operation
def record_revisit(
    *,
    revisit: Revisit,
    facts: RevisitFacts,
    scan: StoredFile | None,
    actor: PostActor,
    request_key: UUID,
    version: int,
    at: datetime,
) -> Revisit:
    """Record a revisit: it stands among the contacts as the fourth stage, and the next is owed while a promise is open
    or the deputy not content. Raises NotAllowed, CannotRevisit and what open_measure raises."""
    matter = revisit.matter
    require(actor, "matters.record_revisit", matter)
    _check(revisit, facts, at.date())
    reached = facts.result is not RevisitResult.UNREACHED
    act = Act.objects.create(
        matter=matter, participant=facts.participant, kind=ActKind.FEED_BACK, stage=Stage.FOLLOW_UP,
        mode=AS_ACT[facts.mode], happened_on=facts.held_on, deputy_words=facts.deputy_words.strip(),
        our_words=facts.our_words.strip(), held=reached, reason_not_held="" if reached else "没有联系上",
        scan=scan, recorded_by=actor.post, recorded_at=at, request_key=request_key,
    )  # fmt: skip
    _move(
        revisit, RevisitState.DONE, version=version, mode=facts.mode, held_on=facts.held_on, result=facts.result,
        participant=facts.participant, deputy_words=facts.deputy_words.strip(), our_words=facts.our_words.strip(),
        scan=scan, act=act, done_by=actor.post, done_at=at,
    )  # fmt: skip
    revisit.deadlines.filter(met_at=None, dropped_at=None).update(met_at=at, rung_on=None)
    refresh_next_due(matter)
    if facts.measure is not None:
        open_measure(facts=facts.measure, revisit=revisit, request_key=request_key, actor=actor, at=at)
    if reached:
        mark_step(matter=matter, code=WorkStepCode.REVISIT, by=actor.key, at=at)
    again = _owe_again(revisit, at)
    record(
        "matters.revisit_recorded", actor=actor, target=target(matter), at=at, revisit=revisit.pk,
        mode=facts.mode.value, result=facts.result.value, held_on=facts.held_on, again=again is not None,
    )  # fmt: skip
    publish(matter, at=at)
    return revisit


def _check(revisit: Revisit, facts: RevisitFacts, today: date) -> None:
    if facts.held_on > today:
        raise CannotRevisit("回访日期不能晚于今天。")
    if revisit.reply.issued_on is not None and facts.held_on < revisit.reply.issued_on:
        raise CannotRevisit("回访日期不能早于答复印发日，请核对。")
    if facts.result is not RevisitResult.UNREACHED and not facts.deputy_words.strip():
        raise CannotRevisit("请记下本人的话。")
    if facts.result is RevisitResult.REOPENED and facts.measure is None:
        raise CannotRevisit("代表有新的意见的，请写明改进措施。")


def _owe_again(revisit: Revisit, at: datetime) -> Revisit | None:
    """The next one: while a promise of this round is not kept, or the deputy said something is open (S3-113)."""
    matter = revisit.matter
    unkept = standing_promises().filter(matter=matter, done_on=None).exists()
    if revisit.result == RevisitResult.SETTLED and not unkept:
        return None
    if matter.status not in ANSWERED:
        return None
    return owe_revisit(revisit.reply, at.date(), at)


@operation
def drop_revisit(*, revisit: Revisit, reason: str, actor: PostActor, version: int, at: datetime) -> Revisit:
    """No revisit any more: the deputy's term is over, he asks not to be asked. Raises NotAllowed, CannotRevisit."""
    matter = revisit.matter
    require(actor, "matters.drop_revisit", matter)
    if not reason.strip():
        raise CannotRevisit("请写明不再回访的原因。")
    _move(revisit, RevisitState.DROPPED, version=version, drop_reason=clip(reason.strip(), 200))
    revisit.deadlines.filter(met_at=None, dropped_at=None).update(dropped_at=at, rung_on=None)
    refresh_next_due(matter)
    record("matters.revisit_dropped", actor=actor, target=target(matter), at=at, revisit=revisit.pk, reason=reason)
    return revisit


def replace_revisits(matter: Matter) -> None:
    """A redo answers anew, and revisits anew; its day ends with the days of promises. Inside an operation."""
    owed = Revisit.objects.filter(matter=matter, state=RevisitState.OWED)
    owed.update(state=RevisitState.DROPPED, drop_reason="重新办理，另行回访", version=F("version") + 1)


def _move(revisit: Revisit, state: RevisitState, *, version: int, **updates: Any) -> None:
    """The one place where its state is written, guarded by the version as read."""
    as_read = Revisit.objects.filter(pk=revisit.pk, version=version, state=RevisitState.OWED)
    if not as_read.update(version=F("version") + 1, state=state, **updates):
        raise CannotRevisit("这次回访刚刚由同事登记过，请刷新后再看。")
    revisit.refresh_from_db()


def promises_of(matter: Matter) -> list[Commitment]:
    """What the present letters promise and nobody has kept yet: to be asked about on the revisit."""
    return list(standing_promises().filter(matter=matter, done_on=None).order_by("promised_on", "id"))
