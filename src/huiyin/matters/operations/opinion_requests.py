"""协办征求意见函: drafted by whoever answers, signed and numbered, then the assistant's day runs (S0-71)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import unfilled
from huiyin.matters.kinds import kind_of
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import OpinionRequest, Undertaking
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.deadlines import drop, open_deadline, statutory
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import HandlerRole, MatterMovedOn, OpinionState
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import compute
from huiyin.regulations.rules.wording import day_text

SUBJECT: Final = "matters.opinion_request"


class CannotAskOpinion(Refusal):
    """No outside assistant, its opinion is in, one letter waits already, or the day does not fit."""

    code = "matters.cannot_ask_opinion"


@dataclass(frozen=True)
class AnswerBy:
    """The day an assistant is asked to answer by, and what says so."""

    on: date | None
    basis: str


def answer_by(part: Undertaking, on: date) -> AnswerBy:
    """The 拟办's own day, else the book's limit for assistants from the day of the letter; never after our own answer
    is due. None where no book speaks of it."""
    fixed = _set_by_hand(part)
    if fixed is not None and fixed >= on:
        return AnswerBy(fixed, "拟办单定的会办意见期限")
    matter = part.matter
    try:
        rule = stack_for(matter.procuratorate, on=on).limit(_code(part), on)
    except RuleNotFound:
        return AnswerBy(None, "")
    due, last = compute(rule, on, calendar()), statutory(matter)
    if last is not None and on <= last.due_on < due.due_on:
        return AnswerBy(last.due_on, f"不晚于我院{last.label}期限")
    return AnswerBy(due.due_on, str(due.basis) if due.basis else "")


def _set_by_hand(part: Undertaking) -> date | None:
    """The day the 拟办 fixed for it; what the book proposes for departments is not meant for organs outside."""
    own = part.deadlines.filter(limit_code=LimitCode.DEPT_HANDLE, dropped_at=None, met_at=None).exclude(set_by="")
    return own.order_by("-id").values_list("due_on", flat=True).first()


def _code(part: Undertaking) -> str:
    return kind_of(part.matter).limits.assist or LimitCode.SUG_ASSIST


@operation
def ask_opinion(
    *, undertaking: Undertaking, words: str, answer_by_on: date, actor: PostActor, request_key: UUID, at: datetime
) -> OpinionRequest:
    """Draft the letter; one request key drafts once. Raises NotAllowed, MatterArchived, CannotAskOpinion."""
    matter = undertaking.matter
    require(actor, "matters.ask_opinion", matter)
    refuse_archived(matter)
    asked = OpinionRequest.objects.filter(drafted_by=actor.post, request_key=request_key).first()
    if asked is None:
        _check(undertaking, answer_by_on, at.date())
        _require_filled(words, before="送签")
        by_book = answer_by(undertaking, at.date())
        asked = OpinionRequest.objects.create(
            undertaking=undertaking, words=words.strip(), answer_by_on=answer_by_on, drafted_by=actor.post,
            basis=by_book.basis if by_book.on == answer_by_on else "", drafted_at=at, request_key=request_key,
        )  # fmt: skip
        for post in posts_with(matter.procuratorate, Role.OFFICE_HEAD, on=at.date()):
            if post.pk != actor.post.pk:
                queue(
                    event_key=f"opinion_request:{asked.pk}:drafted", title=f"待签发征求意见函：{matter.known_as}",
                    body=f"{matter.naming}征求{undertaking.who}意见的函请签发。", at=at, post=post,
                    lane=Lane.STATUTORY, link=f"/desk/opinion-requests/{asked.pk}/",
                    procuratorate=matter.procuratorate,
                )  # fmt: skip
    facts = {"who": undertaking.who, "answer_by": asked.answer_by_on}
    record("matters.opinion_asked", actor=actor, target=target(matter), at=at, **facts)
    return asked


def _require_filled(words: str, *, before: str) -> None:
    for sentence in unfilled({"征求意见的内容": words}, before=before):
        raise CannotAskOpinion(sentence)


def _check(part: Undertaking, answer_by_on: date, today: date) -> None:
    if part.organ_id is None or part.role != HandlerRole.ASSIST or part.status == "moved":
        raise CannotAskOpinion(f"{part.who}不是外单位协办，不用发征求意见函；本院部门请催办或者等它反馈。")
    if part.opinion_state != OpinionState.NONE:
        raise CannotAskOpinion(f"{part.who}的意见已有结果，不用再发函。")
    if part.requests.filter(sent_on=None, dropped_at=None).exists():
        raise CannotAskOpinion(f"给{part.who}的征求意见函已经起草，正等签发；要重写的请先撤回。")
    last = statutory(part.matter)
    if answer_by_on <= today:
        raise CannotAskOpinion("请对方反馈的日期应当在今天以后。")
    if last is not None and today <= last.due_on < answer_by_on:
        raise CannotAskOpinion(f"请对方反馈的日期不能晚于我院的{last.label}期限{day_text(last.due_on)}。")


@operation
def send_opinion_request(*, asked: OpinionRequest, actor: PostActor, version: int, at: datetime) -> OpinionRequest:
    """Sign it and give it a number; the assistant's day runs from now where the 拟办 fixed none.

    Raises NotAllowed, CannotAskOpinion, MatterMovedOn."""
    part = asked.undertaking
    matter = part.matter
    require(actor, "matters.send_opinion_request", matter)
    if asked.answer_by_on <= at.date():
        raise CannotAskOpinion("函中请对方反馈的日期已经到了，请撤回后改定日期。")
    _require_filled(asked.words, before="签发")
    _move(asked, version, sent_on=at.date(), signed_by=actor.post)
    if _set_by_hand(part) is None:
        drop(matter=matter, limit_code=LimitCode.DEPT_HANDLE, at=at, undertaking=part)
        open_deadline(
            matter=matter, limit_code=_code(part), starts_on=at.date(), label="会办意见", at=at, undertaking=part
        )
    told = {"who": part.who, "request": asked.pk, "answer_by": asked.answer_by_on}
    record("matters.opinion_request_sent", actor=actor, target=target(matter), at=at, **told)
    number = allot(
        procuratorate=matter.procuratorate, code=f"letter:{matter.procuratorate.document_prefix}函", year=at.year,
        pattern="{prefix}函〔{year}〕{value}号", actor=actor, at=at,
        subject=Target(kind=SUBJECT, key=str(asked.pk), label=f"{matter.known_as}征求{part.who}意见函"),
    )  # fmt: skip
    OpinionRequest.objects.filter(pk=asked.pk).update(number=number)
    asked.refresh_from_db()
    return asked


@operation
def drop_opinion_request(*, asked: OpinionRequest, actor: PostActor, version: int, at: datetime) -> OpinionRequest:
    """Give up a letter that is not out. Raises NotAllowed, MatterMovedOn."""
    matter = asked.undertaking.matter
    require(actor, "matters.drop_opinion_request", matter)
    _move(asked, version, dropped_at=at)
    record("matters.opinion_request_dropped", actor=actor, target=target(matter), at=at, who=asked.undertaking.who)
    return asked


def _move(asked: OpinionRequest, version: int, **updates: Any) -> None:
    waiting = OpinionRequest.objects.filter(pk=asked.pk, version=version, sent_on=None, dropped_at=None)
    if not waiting.update(version=F("version") + 1, **updates):
        raise MatterMovedOn("这份征求意见函刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    asked.refresh_from_db()
