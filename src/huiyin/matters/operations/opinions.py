"""Assisting opinions: received, none held, or gone on without after enough reminders with a leader's leave (15)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Act, Undertaking
from huiyin.matters.moves import advance_undertaking
from huiyin.matters.operations.deadlines import drop, meet
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import lead_parts
from huiyin.matters.rules import ActKind, HandlerRole, MatterMovedOn, OpinionState, UndertakingStatus, UndertakingStep
from huiyin.matters.together import twins_of
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import may, require
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.queries import stack_for


class OpinionMissing(Refusal):
    """An opinion without words is none."""

    code = "matters.opinion_missing"


class OpinionTooEarlyToMiss(Refusal):
    """An assistant is given up only after the reminders the book asks for."""

    code = "matters.opinion_too_early_to_miss"


class NotAnAssistant(Refusal):
    """Only an assistant gives an assisting opinion."""

    code = "matters.not_an_assistant"


@operation
def give_opinion(
    *,
    undertaking: Undertaking,
    opinion: str,
    has_opinion: bool = True,
    received_on: date | None = None,
    file: StoredFile | None = None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Undertaking:
    """An assisting department gives its opinion; of an outside organ the lead department or the office enters it.

    received_on: the day it came, today when left out. Raises NotAllowed, OpinionMissing, NotAnAssistant,
    StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.give_opinion", undertaking)
    _require_assistant(undertaking)
    words = opinion.strip()
    if has_opinion and not words:
        raise OpinionMissing("请填写协办意见；没有意见的，请选择“无意见”。")
    advance_undertaking(
        undertaking,
        UndertakingStep.GIVE if undertaking.department_id else UndertakingStep.ENTER,
        version=version,
        at=at,
        opinion=words,
        opinion_state=OpinionState.RECEIVED if has_opinion else OpinionState.NO_OPINION,
        opinion_on=received_on or at.date(),
        opinion_file=file,
        opinion_by=actor.post,
    )
    meet(matter=undertaking.matter, limit_code=LimitCode.DEPT_HANDLE, at=at, undertaking=undertaking)
    meet(matter=undertaking.matter, limit_code=LimitCode.SUG_ASSIST, at=at, undertaking=undertaking)
    _tell_lead(undertaking, actor, at)
    facts = {"undertaking": undertaking.pk, "who": undertaking.who, "state": undertaking.opinion_state}
    record("matters.opinion_given", actor=actor, target=target(undertaking.matter), at=at, **facts)
    for twin in _twins(undertaking, actor):
        give_opinion(
            undertaking=twin, opinion=opinion, has_opinion=has_opinion, received_on=received_on, file=file, actor=actor,
            version=twin.version, at=at,
        )  # fmt: skip
    return undertaking


def _twins(undertaking: Undertaking, actor: PostActor) -> list[Undertaking]:
    """The same assistant's parts in the matters handled together with this one, for which its opinion counts too."""
    ready = [UndertakingStatus.IN_HAND, *([] if undertaking.department_id else [UndertakingStatus.ASSIGNED])]
    waiting = [each for each in twins_of(undertaking, statuses=ready) if each.opinion_state == OpinionState.NONE]
    return [each for each in waiting if may(actor, "matters.give_opinion", each)]


@operation
def leave_out(*, undertaking: Undertaking, note: str, actor: PostActor, version: int, at: datetime) -> Undertaking:
    """A leader lets the letter go up without an opinion that did not come; the letter states it.

    Raises NotAllowed, OpinionTooEarlyToMiss, NotAnAssistant, MatterMovedOn."""
    require(actor, "matters.leave_out_opinion", undertaking.matter)
    _require_assistant(undertaking)
    if undertaking.opinion_state != OpinionState.NONE:
        raise NotAnAssistant(f"{undertaking.who}的意见已有结果，不需要作“未收到”处理。")
    wanted, urged = reminders_wanted(undertaking, at.date()), reminders_made(undertaking)
    if urged < wanted:
        raise OpinionTooEarlyToMiss(
            f"按规定催办{wanted}次仍未收到的，才能在答复中注明；{undertaking.who}目前催办{urged}次。"
        )
    as_read = Undertaking.objects.filter(pk=undertaking.pk, version=version)
    changed = as_read.update(
        version=F("version") + 1, opinion_state=OpinionState.NOT_RECEIVED, leave_by=actor.post,
        leave_note=clip(note.strip(), 200), opinion_on=at.date(),
    )  # fmt: skip
    if not changed:
        raise MatterMovedOn("这项承办刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    undertaking.refresh_from_db()
    for code in (LimitCode.DEPT_HANDLE, LimitCode.SUG_ASSIST):
        drop(matter=undertaking.matter, limit_code=code, at=at, undertaking=undertaking)
    facts = {"undertaking": undertaking.pk, "who": undertaking.who, "reminders": urged}
    record("matters.opinion_left_out", actor=actor, target=target(undertaking.matter), at=at, **facts)
    return undertaking


def reminders_wanted(undertaking: Undertaking, on: date) -> int:
    """How often an assistant must have been reminded before it is given up; none where no book says."""
    try:
        return stack_for(undertaking.matter.procuratorate, on=on).assist(on).reminders_before_absent
    except RuleNotFound:
        return 0


def reminders_made(undertaking: Undertaking) -> int:
    """How often an assistant was reminded."""
    return Act.objects.filter(undertaking=undertaking, kind=ActKind.URGE).count()


def _require_assistant(undertaking: Undertaking) -> None:
    if undertaking.role != HandlerRole.ASSIST:
        raise NotAnAssistant(f"{undertaking.who}不是协办单位，办理意见请直接写入答复稿。")


def _tell_lead(undertaking: Undertaking, actor: PostActor, at: datetime) -> None:
    matter = undertaking.matter
    handlers = {part.handler for part in lead_parts(matter) if part.handler and part.handler_id != actor.post.pk}
    for handler in handlers:
        queue(
            event_key=f"undertaking:{undertaking.pk}:opinion:{undertaking.version}",
            title=f"协办意见已到：{matter.known_as}",
            body=f"{undertaking.who}已反馈{matter.naming}的协办意见，请在答复稿中写明并注明所在段落。",
            at=at,
            post=handler,
            lane=Lane.STATUTORY,
            link=f"/desk/matters/{matter.pk}/",
            procuratorate=matter.procuratorate,
        )
