"""Redo and close: a matter ends when its answer was rated well, or nobody rated it in time."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.drafting import running_reply
from huiyin.matters.kinds import kind_of, publish, require_rated
from huiyin.matters.models import Matter, Reply, Undertaking
from huiyin.matters.moves import advance, advance_undertaking
from huiyin.matters.operations.deadlines import department_default, drop_all, open_deadline, set_department_date
from huiyin.matters.operations.named_days import NamedDay, open_named_day
from huiyin.matters.operations.orders import Order, check_order, record_order
from huiyin.matters.operations.promises import is_on_its_road, replace_promises
from huiyin.matters.operations.references import owe_entries_again
from huiyin.matters.operations.revisits import replace_revisits
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import lead_parts
from huiyin.matters.queries import department_heads
from huiyin.matters.rating_state import dissatisfied, letters_of_round, redo_is_due, redo_rule, standing, unrated
from huiyin.matters.recipients import rating_deadline
from huiyin.matters.rules import RETURNED, WITHDRAWN, HandlerRole, Step, UndertakingStatus, UndertakingStep
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.books.vocabulary import RedoTrigger
from huiyin.regulations.rules.wording import day_text


class RedoNotDue(Refusal):
    """Neither a rating nor an order of the congress asks for it."""

    code = "matters.redo_not_due"


class CannotClose(Refusal):
    """Somebody may still rate, is not satisfied, or has not received the letter."""

    code = "matters.cannot_close"


@operation
def redo(
    *,
    matter: Matter,
    asked_on: date,
    order: Order | None = None,
    answer_by: NamedDay | None = None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Matter:
    """Handle the matter anew because the book says so: a rating, or an order of the congress office.

    answer_by: the day named for the next answer, where it was named; otherwise the book counts it.

    The next letter has its own number; what was rated first stays, promises made before are replaced. Raises
    NotAllowed, RedoNotDue, OrderIncomplete, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.redo", matter)
    if answer_by is None:
        require_rated(matter, "按评价重新办理")
    if matter.handler_role == HandlerRole.ASSIST:
        raise RedoNotDue("本院是协办单位，重新办理由主办单位进行。如主办单位再次征求意见，请登记沟通记录。")
    if is_on_its_road(matter):
        raise RedoNotDue("再行答复正在审签或者已经签发，请先印发，或者撤回后再启动重新办理。")
    reply = running_reply(matter)
    _require_answered(matter, reply)
    reason = _reason(matter, order, at.date())
    if asked_on > at.date() or (reply and reply.issued_on and asked_on < reply.issued_on):
        raise RedoNotDue("要求重新办理的日期应在印发日与今天之间，请核对。")
    drop_all(matter=matter, at=at)
    replace_promises(matter, at)
    replace_revisits(matter)
    owe_entries_again(matter)
    advance(matter, Step.REDO, version=version, at=at, round=matter.round + 1, outcome="", closed_at=None)
    limit = kind_of(matter).limits.redo
    if answer_by is not None:
        open_named_day(
            matter=matter, limit_code=kind_of(matter).limits.reply, day=answer_by.day, starts_on=asked_on,
            label=answer_by.label, named_by=answer_by.named_by, by=actor.key, at=at,
        )  # fmt: skip
    elif limit:
        open_deadline(matter=matter, limit_code=limit, starts_on=asked_on, label="重新办理答复", at=at)
    for part in lead_parts(matter):
        _reopen(part, matter, reason, actor, at)
    if order is not None:
        record_order(matter, order, actor=actor, at=at)
    indexing.reindex(matter)
    record("matters.redo_started", actor=actor, target=target(matter), at=at, round=matter.round, reason=reason)
    publish(matter, at=at)
    return matter


def _require_answered(matter: Matter, reply: Reply | None) -> None:
    if matter.outcome == RETURNED:
        raise RedoNotDue(f"{matter.number}已经退回交办机关，不由本院办理，不能重新办理。")
    if matter.outcome == WITHDRAWN:
        raise RedoNotDue(f"{matter.number}已经由提出人撤回，没有答复，不能重新办理。")
    if reply is None or reply.issued_on is None:
        if kind_of(matter).sealed_away(matter):
            raise RedoNotDue(f"{matter.number}已经转其他途径办理，没有印发答复，不能重新办理。")
        raise RedoNotDue("这一轮的答复还没有印发，没有可以重新办理的答复。")


def _reason(matter: Matter, order: Order | None, on: date) -> str:
    if order is not None:
        check_order(order, on)
        return f"按{order.organ}{clip(order.document_number, 60)}重新办理"
    rule = redo_rule(matter, on)
    if rule is not None and rule.trigger is RedoTrigger.ORDER:
        raise RedoNotDue(f"{rule.basis}规定由交办机关要求重新办理，请填写来文号。")
    unhappy = [each for letter in letters_of_round(matter) for each in dissatisfied(letter, on)]
    if not unhappy:
        raise RedoNotDue("没有需要重新办理的书面评价。手机端或者口头评价须先由征询意见表或者人大系统确认。")
    return f"{'、'.join(each.participant.name for each in unhappy)}评价不满意"


def _reopen(part: Undertaking, matter: Matter, reason: str, actor: PostActor, at: datetime) -> None:
    if part.status == UndertakingStatus.GIVEN:
        advance_undertaking(part, UndertakingStep.REOPEN, version=part.version, at=at, round=matter.round)
    proposed = department_default(matter, on=at.date())
    if proposed is not None:
        set_department_date(undertaking=part, due_on=proposed.due_on, actor_key=actor.key, at=at)
    assert part.department is not None
    told = {post.pk: post for post in [*department_heads(part.department, on=at.date()), part.handler] if post}
    for post in told.values():
        queue(
            event_key=f"undertaking:{part.pk}:redo:{matter.round}",
            title=f"重新办理：{matter.known_as}",
            body=f"{matter.naming}：{reason}，请重新办理并再次答复。",
            at=at,
            post=post,
            lane=Lane.STATUTORY,
            link=f"/desk/matters/{matter.pk}/",
            procuratorate=matter.procuratorate,
        )


@operation
def close(*, matter: Matter, actor: PostActor, version: int, at: datetime) -> Matter:
    """End an answered matter: rated well by everyone, or the time for rating is over.

    Raises NotAllowed, CannotClose, StepNotAllowed, MatterMovedOn."""
    require(actor, "matters.close", matter)
    reply = running_reply(matter)
    hindrance = why_not_close(matter, reply, at.date())
    if hindrance:
        raise CannotClose(hindrance)
    advance(matter, Step.CLOSE, version=version, at=at, closed_at=at)
    drop_all(matter=matter, at=at)
    indexing.reindex(matter)
    rated = {each.participant.name: each.result for each in standing(reply).values()} if reply else {}
    record("matters.closed", actor=actor, target=target(matter), at=at, rated=rated)
    publish(matter, at=at)
    return matter


def why_not_close(matter: Matter, reply: Reply | None, on: date) -> str:
    """The sentence that says why a matter cannot end yet; "" when it can."""
    if reply is None or reply.issued_on is None:
        return "答复还没有印发，不能办结。"
    if reply.delivered_on is None:
        return "答复还没有全部送达，请先登记送达。"
    unhappy = unhappy_names(matter, on)
    if unhappy:
        return f"{unhappy}评价不满意，按规定应当重新办理，不能办结。"
    waiting = unrated(reply, on)
    rating = rating_deadline(reply)
    if waiting and (rating is None or on <= rating.due_on):
        names = "、".join(each.name for each in waiting)
        until = f"，评价期限到{day_text(rating.due_on)}" if rating else ""
        return f"{names}还没有书面评价{until}。"
    return ""


def unhappy_names(matter: Matter, on: date) -> str:
    """Who, by the book, must be answered anew; a second letter rated badly counts like the first."""
    found = [
        each for letter in letters_of_round(matter) if redo_is_due(letter, on) for each in dissatisfied(letter, on)
    ]
    return "、".join(dict.fromkeys(each.participant.name for each in found))
