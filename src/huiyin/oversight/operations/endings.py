"""How such a matter ends: settled where it was said, or with what whoever asked made of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter
from huiyin.matters.moves import advance, refuse_archived, write
from huiyin.matters.operations.closing import redo
from huiyin.matters.operations.deadlines import drop_all, meet
from huiyin.matters.operations.named_days import NamedDay
from huiyin.matters.operations.orders import Order
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Outcome, Step
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.oversight.models import Oversight
from huiyin.oversight.rules import DAY_LABELS, Kind, OpinionState, Result


class CannotSettle(Refusal):
    """Not a delegation's opinions, or one of them is neither answered nor taken up."""

    code = "oversight.cannot_settle"


class ResultIncomplete(Refusal):
    """A result before the answer, out of its time, or a second answer without its day."""

    code = "oversight.result_incomplete"


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """What whoever asked made of the answer. order, again_by_on: of a demand to answer again."""

    result: Result
    on: date
    note: str = ""
    order: Order | None = None
    again_by_on: date | None = None


@operation
def settle(*, oversight: Oversight, actor: PostActor, version: int, at: datetime) -> Matter:
    """End a delegation's opinions without a letter: each was answered on the spot or split into a measure (S0-49,
    S0-50). version: the matter's. Raises NotAllowed, CannotSettle, StepNotAllowed, MatterMovedOn."""
    matter = oversight.matter
    require(actor, "oversight.settle", matter)
    hindrance = why_not_settle(oversight)
    if hindrance:
        raise CannotSettle(hindrance)
    opinions = list(oversight.opinions.all())
    advance(
        matter, Step.SETTLE, version=version, at=at, closed_at=at,
        outcome=Outcome.RESOLVED if all(each.answer for each in opinions) else Outcome.IN_PROGRESS,
    )  # fmt: skip
    meet(matter=matter, limit_code=kind_of(matter).limits.reply, at=at)
    drop_all(matter=matter, at=at)
    indexing.reindex(matter)
    spoken = sum(each.on_the_spot for each in opinions)
    record("oversight.settled", actor=actor, target=target(matter), at=at, on_the_spot=spoken, of=len(opinions))
    return matter


def why_not_settle(oversight: Oversight) -> str:
    """The sentence that says why it needs a letter, or something more; "" when it may end so."""
    if oversight.kind is not Kind.DELEGATION:
        return "只有代表团分组审议意见可以当场答复办结，其他的要书面报告或者答复。"
    opinions = list(oversight.opinions.all())
    waiting = [str(each.position) for each in opinions if each.state is OpinionState.WAITING]
    if waiting:
        return f"第{'、'.join(waiting)}条意见既没有当场答复，也没有定措施，请逐条登记后再办结。"
    return "" if opinions else "还没有记录代表提了哪些意见，请先补记。"


@operation
def record_result(*, oversight: Oversight, facts: ResultFacts, actor: PostActor, version: int, at: datetime) -> Matter:
    """Enter what came of an answer; a demand to answer again begins a new round with its own day.

    version: the matter's. Raises NotAllowed, ResultIncomplete, OrderIncomplete, RedoNotDue, StepNotAllowed,
    MatterMovedOn."""
    matter = oversight.matter
    require(actor, "oversight.record_result", matter)
    refuse_archived(matter)
    delivered = matter.replies.filter(round=matter.round, delivered_on__isnull=False).order_by("-id").first()
    if delivered is None or delivered.delivered_on is None:
        raise ResultIncomplete("答复还没有送达或者口头作出，答复以后再记录结果。")
    if not delivered.delivered_on <= facts.on <= at.date():
        raise ResultIncomplete("结果的日期应在答复之日与今天之间，请核对。")
    if facts.result is Result.DECIDED and not facts.note.strip():
        raise ResultIncomplete("作出决议、决定的，请写明名称和要求。")
    again = facts.result is Result.AGAIN
    if again and (facts.order is None or facts.again_by_on is None or facts.again_by_on < at.date()):
        raise ResultIncomplete("要求再作答复的，请填写来文和再次答复的日期，日期不能早于今天。")
    write(matter, version=version, at=at)
    Oversight.objects.filter(pk=oversight.pk).update(
        result=facts.result, result_on=facts.on, result_note=clip(facts.note.strip(), 500), result_by=actor.post
    )
    if again:
        _answer_again(oversight, facts, actor, at)
    oversight.refresh_from_db()
    told = {"result": facts.result.value, "on": facts.on, "again_by": facts.again_by_on}
    record("oversight.result_recorded", actor=actor, target=target(matter), at=at, **told)
    return matter


def _answer_again(oversight: Oversight, facts: ResultFacts, actor: PostActor, at: datetime) -> None:
    matter = oversight.matter
    assert facts.order is not None
    assert facts.again_by_on is not None
    day = NamedDay(day=facts.again_by_on, label=f"再次{DAY_LABELS[oversight.kind]}", named_by=facts.order.organ)
    redo(matter=matter, asked_on=facts.on, order=facts.order, answer_by=day, actor=actor, version=matter.version, at=at)
