"""Opinions of a list, questions of a meeting: noted, answered on the spot or later, taken up by a department."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Max

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter, Measure
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.measures import MeasureFacts, open_measure
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.rules import MIDDLE_AND_ABOVE


class OpinionIncomplete(Refusal):
    """An opinion without words, an answer without words or out of its time."""

    code = "oversight.opinion_incomplete"


class OpinionMovedOn(Refusal):
    """A colleague was faster, or a measure stands already."""

    code = "oversight.opinion_moved_on"


@operation
def note_opinion(
    *, oversight: Oversight, text: str, said_by: str = "", request_key: UUID, actor: PostActor, at: datetime
) -> Opinion:
    """Note one more opinion or question; one request_key notes once. Raises NotAllowed, OpinionIncomplete."""
    matter = oversight.matter
    require(actor, "oversight.note_opinion", matter)
    refuse_archived(matter)
    first = Opinion.objects.filter(noted_by=actor.post, request_key=request_key).first()
    if first is None:
        if not text.strip():
            raise OpinionIncomplete("请写明意见。")
        Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # two who note at once get two positions
        last = oversight.opinions.aggregate(last=Max("position"))["last"] or 0
        first = Opinion.objects.create(
            oversight=oversight, position=last + 1, text=clip(text.strip(), 500), said_by=clip(said_by.strip(), 60),
            noted_by=actor.post, request_key=request_key,
        )  # fmt: skip
    record("oversight.opinion_noted", actor=actor, target=target(matter), at=at, position=first.position)
    return first


@operation
def answer_opinion(
    *,
    opinion: Opinion,
    answer: str,
    answered_on: date,
    answered_by: Post,
    on_the_spot: bool,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Opinion:
    """Enter what was answered, by whom and whether on the spot (S0-49). version: the opinion's.

    Raises NotAllowed, OpinionIncomplete, OpinionMovedOn."""
    oversight = opinion.oversight
    matter = oversight.matter
    require(actor, "oversight.answer_opinion", matter)
    refuse_archived(matter)
    if not answer.strip():
        raise OpinionIncomplete("请写明怎样答复的。")
    begun = oversight.held_on or matter.received_on
    if answered_on > at.date() or answered_on < begun:
        raise OpinionIncomplete("答复日期应在提出意见之日与今天之间，请核对。")
    if on_the_spot and answered_by.role_enum not in MIDDLE_AND_ABOVE:
        raise OpinionIncomplete(f"当场答复的应当是到会的中层以上人员，{answered_by.label}不是，请另选。")
    before = _answer_of(opinion)
    _write(
        opinion, version, answer=clip(answer.strip(), 1000), answered_on=answered_on, answered_by=answered_by,
        on_the_spot=on_the_spot,
    )  # fmt: skip
    after = _answer_of(opinion)
    changed = {name: [before[name], after[name]] for name in after if before["answer"] and before[name] != after[name]}
    facts = {"position": opinion.position, "on_the_spot": on_the_spot, "by": answered_by.label}
    record(
        "oversight.opinion_answered", actor=actor, target=target(matter), at=at, **facts,
        **({"changed": changed} if changed else {}),
    )  # fmt: skip
    return opinion


def _answer_of(opinion: Opinion) -> dict[str, str]:
    """The answer as it stands, for the record of what replaced it."""
    return {
        "answer": opinion.answer, "answered_on": opinion.answered_on.isoformat() if opinion.answered_on else "",
        "answered_by": opinion.answered_by.label if opinion.answered_by else "",
        "on_the_spot": "是" if opinion.on_the_spot else "否",
    }  # fmt: skip


@operation
def take_up_opinion(
    *, opinion: Opinion, facts: MeasureFacts, request_key: UUID, actor: PostActor, version: int, at: datetime
) -> Measure:
    """A department takes the opinion up with a measure that is followed to the end of the year (S0-50).

    Raises NotAllowed, OpinionMovedOn, CannotMeasure."""
    matter = opinion.oversight.matter
    require(actor, "oversight.take_up", matter)
    refuse_archived(matter)
    if opinion.measure_id is not None:
        raise OpinionMovedOn(f"第{opinion.position}条意见已经定了措施，进展请在改进措施里登记。")
    measure = open_measure(facts=facts, matter=matter, request_key=request_key, actor=actor, at=at)
    _write(opinion, version, measure=measure)
    facts_told = {"position": opinion.position, "measure": measure.pk, "department": str(measure.department)}
    record("oversight.opinion_taken_up", actor=actor, target=target(matter), at=at, **facts_told)
    return measure


def _write(opinion: Opinion, version: int, **updates: object) -> None:
    as_read = Opinion.objects.filter(pk=opinion.pk, version=version)
    if not as_read.update(version=F("version") + 1, **updates):
        raise OpinionMovedOn("这条意见刚刚由同事办理过，请刷新后再办，您填写的内容仍在页面上。")
    opinion.refresh_from_db()
