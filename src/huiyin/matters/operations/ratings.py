"""What the deputy thought of the answer, with its source; the first is never overwritten (practice 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huiyin.audit.actors import Actor
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.drafting import ANSWERS, SECOND
from huiyin.matters.kinds import kind_of, publish, require_rated
from huiyin.matters.models import Participant, Rating, RatingCall, Reply
from huiyin.matters.operations.deadlines import meet
from huiyin.matters.operations.promises import meet_rating_of
from huiyin.matters.operations.replies_issuing import require_issued
from huiyin.matters.operations.undertakings import target
from huiyin.matters.parts import lead_parts
from huiyin.matters.queries import department_heads
from huiyin.matters.rating_state import grades, is_satisfied, of_record, unrated
from huiyin.matters.rules import OF_RECORD, RATING_SOURCE_LABELS, RatingSource
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require

SCANNED: Final = RatingSource.SIGNED_FORM


class RatingRefused(Refusal):
    """A rating that does not fit the letter, the scale or what was recorded before."""

    code = "matters.rating_refused"


class CallDone(Refusal):
    """The call was recorded before, or without words."""

    code = "matters.call_done"


@dataclass(frozen=True, kw_only=True)
class RatingFacts:
    """What the form says; attitude, result and overall are codes of the book's scale."""

    source: RatingSource
    attitude: str
    result: str
    rated_on: date
    overall: str = ""
    met_in_person: bool | None = None
    words: str = ""
    agrees_to_publish: bool | None = None


@operation
def record_rating(
    *,
    reply: Reply,
    participant: Participant,
    facts: RatingFacts,
    scan: StoredFile | None = None,
    actor: PostActor,
    at: datetime,
) -> Rating:
    """Enter a rating from the signed form, the congress system or by word of mouth; nobody enters his own work's.

    Raises NotAllowed, RatingRefused, StepNotAllowed."""
    require(actor, "matters.record_rating", reply)
    require_rated(reply.matter, "登记评价")
    if facts.source is RatingSource.OUR_SITE:
        raise RatingRefused("手机端的评价由本人提交，不能代为登记。")
    if facts.source is SCANNED and scan is None:
        raise RatingRefused("请上传签名的征询意见表扫描件。")
    rating = _write(reply, participant, facts, at, by=actor.key, scan=scan)
    record("matters.rating_recorded", actor=actor, target=target(reply.matter), at=at, **_told(rating))
    publish(reply.matter, at=at)
    return rating


@operation
def take_site_rating(
    *, reply: Reply, participant: Participant, facts: RatingFacts, slip_number: str, actor: Actor, at: datetime
) -> Rating:
    """A rating handed in on the phone by the signer himself: provisional until a form or the congress confirms it.

    Raises RatingRefused, StepNotAllowed."""
    rating = _write(reply, participant, facts, at, by=actor.key, slip_number=slip_number)
    record("matters.site_rating_taken", actor=actor, target=target(reply.matter), at=at, **_told(rating))
    publish(reply.matter, at=at)
    return rating


def _write(
    reply: Reply, participant: Participant, facts: RatingFacts, at: datetime, *, by: str,
    scan: StoredFile | None = None, slip_number: str = "",
) -> Rating:  # fmt: skip
    Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)  # of two who enter the same, the second is refused
    _check(reply, participant, facts, at.date())
    rating = Rating.objects.create(
        matter=reply.matter, reply=reply, participant=participant, round=reply.round, source=facts.source,
        attitude=facts.attitude, result=facts.result, overall=facts.overall,
        met_in_person=facts.met_in_person, words=facts.words.strip(),
        agrees_to_publish=facts.agrees_to_publish, rated_on=facts.rated_on, is_of_record=facts.source in OF_RECORD,
        scan=scan, slip_number=slip_number, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if rating.is_of_record:
        provisional = Rating.objects.filter(reply=reply, participant=participant, is_of_record=False)
        provisional.filter(confirmed_by=None).update(confirmed_by=rating)
        if not unrated(reply, at.date()):
            _all_rated(reply, at)
    elif not is_satisfied(rating, at.date()):
        _open_call(rating, at)
    return rating


def _all_rated(reply: Reply, at: datetime) -> None:
    if reply.kind == SECOND:
        meet_rating_of(reply, at)
    else:
        meet(matter=reply.matter, limit_code=kind_of(reply.matter).limits.rating, at=at)


def _check(reply: Reply, participant: Participant, facts: RatingFacts, today: date) -> None:
    require_issued(reply)
    if reply.kind not in ANSWERS or participant.matter_id != reply.matter_id:
        raise RatingRefused("协办件由主办单位答复，我院的会办意见不单独评价。")
    codes = {grade.code for grade in grades(reply.matter, today)}
    if facts.attitude not in codes or facts.result not in codes:
        raise RatingRefused("请对办理态度和办理结果分别选择评价。")
    if facts.overall and facts.overall not in codes:
        raise RatingRefused("总体评价请在表上印的等次中选择，表上没填的不选。")
    assert reply.issued_on is not None
    if not reply.issued_on <= facts.rated_on <= today:
        raise RatingRefused("评价日期应在印发日与今天之间，请核对征询意见表上的签名日期。")
    if reply.round != reply.matter.round:
        raise RatingRefused("这件建议已经重新办理，请评价最近一次答复。")
    if Rating.objects.filter(reply=reply, participant=participant, source=facts.source).exists():
        label = RATING_SOURCE_LABELS[facts.source]
        raise RatingRefused(f"{participant.name}对这份答复的评价（{label}）已经登记过，首次评价不能改写。")
    standing = of_record(reply, participant)
    if standing is not None and facts.source not in OF_RECORD:
        raise RatingRefused(f"{participant.name}已有书面评价（{standing.get_source_display()}），以书面评价为准。")


def _open_call(rating: Rating, at: datetime) -> None:
    """A "not satisfied" that nobody signed yet: the head of the department calls (practice 16)."""
    head = _head(rating.reply, at.date())
    RatingCall.objects.create(rating=rating, post=head, opened_at=at)
    if head is None:
        return
    matter = rating.matter
    queue(
        event_key=f"rating:{rating.pk}:call",
        title=f"请回访：{matter.known_as}评价不满意",
        body=f"{rating.participant.name}对{matter.naming}的答复表示不满意，请电话了解情况并登记。",
        at=at,
        post=head,
        lane=Lane.STATUTORY,
        link=f"/desk/matters/{matter.pk}/",
        procuratorate=matter.procuratorate,
    )


def _head(reply: Reply, on: date) -> Post | None:
    heads = [
        post
        for part in lead_parts(reply.matter)
        if part.department
        for post in department_heads(part.department, on=on)
    ]
    return heads[0] if heads else None


@operation
def record_call(*, call: RatingCall, words: str, actor: PostActor, at: datetime) -> RatingCall:
    """The head of the department called; what was said. Raises NotAllowed, CallDone."""
    matter = call.rating.matter
    require(actor, "matters.call_back", matter)
    if not words.strip():
        raise CallDone("请写明通话情况。")
    if not RatingCall.objects.filter(pk=call.pk, done_at=None).update(done_at=at, words=words.strip()):
        raise CallDone("这次电话回访已经登记过了。")
    call.refresh_from_db()
    record("matters.rating_called", actor=actor, target=target(matter), at=at, rating=call.rating_id)
    return call


def _told(rating: Rating) -> dict[str, object]:
    return {
        "rating": rating.pk, "reply": rating.reply_id, "who": rating.participant.name, "source": rating.source,
        "attitude": rating.attitude, "result": rating.result, "words": clip(rating.words, 60),
    }  # fmt: skip
