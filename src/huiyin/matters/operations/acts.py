"""What was done in handling: contacts with whoever brought the matter, investigations, and urging a slow assistant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of, publish
from huiyin.matters.models import Act, Matter, Participant, Undertaking
from huiyin.matters.moves import refuse_archived
from huiyin.matters.operations.deadlines import meet
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import department_heads, running_parts
from huiyin.matters.rules import IN_PERSON, MODE_LABELS, WITH_THE_PROPOSER, ActKind, Mode, Stage, act_title
from huiyin.matters.steps import WorkStepCode, mark_step
from huiyin.matters.together import others_of
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require


class ActIncomplete(Refusal):
    """A record that would tell a later reader nothing."""

    code = "matters.act_incomplete"


class ActInFuture(Refusal):
    """What has not happened cannot be recorded."""

    code = "matters.act_in_future"


class NotTogether(Refusal):
    """The other matter is not, or no longer, handled together with this one."""

    code = "matters.not_together"


class NothingToUrge(Refusal):
    """The assistant has answered already, or is none."""

    code = "matters.nothing_to_urge"


@dataclass(frozen=True, kw_only=True)
class ActFacts:
    """What a record sheet says. held False: declined or absent, with the reason (practice 14)."""

    kind: ActKind
    mode: Mode
    happened_on: date
    stage: Stage | None = None
    place: str = ""
    attendees: str = ""
    deputy_words: str = ""
    our_words: str = ""
    agreed: str = ""
    held: bool = True
    reason_not_held: str = ""
    signed_by_deputy: bool = False
    organ_attendees: str = ""  # of the organ it was held together with


@operation
def record_act(
    *,
    matter: Matter,
    facts: ActFacts,
    participant: Participant | None = None,
    undertaking: Undertaking | None = None,
    scan: StoredFile | None = None,
    also: Sequence[Matter] = (),
    actor: PostActor,
    request_key: UUID,
    at: datetime,
) -> Act:
    """Record one act of handling; the same request key again gives the first record.

    also: matters handled together with this one for which it counts too; each gets its own record of it.
    Raises NotAllowed, MatterArchived, ActInFuture, ActIncomplete, NotTogether."""
    require(actor, "matters.record_act", matter)
    refuse_archived(matter)
    _check(facts, at.date())
    _check_together(facts, undertaking)
    act, made = Act.objects.get_or_create(
        recorded_by=actor.post,
        request_key=request_key,
        defaults={
            "matter": matter, "participant": participant, "undertaking": undertaking, "scan": scan,
            "kind": facts.kind, "stage": facts.stage or "", "mode": facts.mode, "happened_on": facts.happened_on,
            "place": clip(facts.place, 120), "attendees": clip(facts.attendees, 300),
            "organ_attendees": clip(facts.organ_attendees, 300),
            "deputy_words": facts.deputy_words, "our_words": facts.our_words, "agreed": facts.agreed,
            "held": facts.held, "reason_not_held": clip(facts.reason_not_held, 200),
            "signed_by_deputy": facts.signed_by_deputy, "recorded_at": at,
        },
    )  # fmt: skip
    if made:
        forget_drafts(request_key, actor.key)
        _follow_up(act, facts, actor, at)
        together = {each.pk for each in others_of(matter)} if also else set()
        for other in also:
            if other.pk not in together:
                raise NotTogether(f"{other.known_as}没有与{matter.known_as}并案办理，不能一并记录，请刷新页面后再选。")
            _share_act(act=act, other=other, facts=facts, actor=actor, at=at)
    record(
        "matters.act_recorded", actor=actor, target=target(matter), at=at, act=act.pk, kind=facts.kind.value,
        mode=facts.mode.value, happened_on=facts.happened_on, held=facts.held, again=not made,
    )  # fmt: skip
    return act


@operation
def _share_act(*, act: Act, other: Matter, facts: ActFacts, actor: PostActor, at: datetime) -> None:
    """The same act on the file of another matter it counts for; each file is whole when they part again."""
    require(actor, "matters.record_act", other)
    named = act.participant.name if act.participant else ""
    copy = Act.objects.get(pk=act.pk)
    copy.pk, copy.matter, copy.origin, copy.undertaking = None, other, act, _same_part(act, other)
    copy.participant = other.participants.filter(name=named).first() if named else None
    copy.request_key = uuid5(act.request_key, str(other.pk))
    copy.save()
    _follow_up(copy, facts, actor, at)
    shared = {"act": copy.pk, "kind": facts.kind.value, "with": act.matter.number}
    record("matters.act_shared", actor=actor, target=target(other), at=at, **shared)


def _same_part(act: Act, other: Matter) -> Undertaking | None:
    if act.undertaking is None:
        return None
    return running_parts(other).filter(organ=act.undertaking.organ_id, organ__isnull=False).first()


def _check(facts: ActFacts, today: date) -> None:
    if facts.happened_on > today:
        raise ActInFuture(f"{act_title(facts.kind, facts.mode)}日期不能晚于今天，请填写实际发生的日期。")
    if facts.held and not (facts.deputy_words.strip() or facts.our_words.strip() or facts.agreed.strip()):
        raise ActIncomplete("请至少填写对方意见、我方说明、达成事项中的一项。")
    if not facts.held and not facts.reason_not_held.strip():
        raise ActIncomplete("没有进行的，请写明原因（例如对方婉拒、外出）。")


def _check_together(facts: ActFacts, undertaking: Undertaking | None) -> None:
    """What was held together with an organ names who came for it (S3-63)."""
    organ = undertaking.who if undertaking is not None and undertaking.organ_id else ""
    if organ and facts.held and not facts.organ_attendees.strip():
        raise ActIncomplete(f"与{organ}共同进行的，请写明它的参加人员。")
    if facts.organ_attendees.strip() and not organ:
        raise ActIncomplete("写了联合单位参加人员的，请选择与哪个单位共同进行。")


def _follow_up(act: Act, facts: ActFacts, actor: PostActor, at: datetime) -> None:
    """A contact that was sought meets the first-contact limit; the book's steps are marked; the card shows it."""
    if facts.kind not in WITH_THE_PROPOSER:
        return
    matter = act.matter
    if code := kind_of(matter).limits.first_contact:
        meet(matter=matter, limit_code=code, at=at)
    if facts.held and facts.mode in IN_PERSON:
        mark_step(matter=matter, code=WorkStepCode.CONSULT, by=actor.key, at=at)
    if facts.held and facts.stage is Stage.FOLLOW_UP:
        mark_step(matter=matter, code=WorkStepCode.REVISIT, by=actor.key, at=at)
    publish(matter, at=at)


@operation
def add_head_note(*, act: Act, note: str, actor: PostActor, at: datetime) -> Act:
    """The office head's note stands in place of a talk that was declined or missed (practice 14).

    Raises NotAllowed, ActIncomplete."""
    require(actor, "matters.note_absence", act.matter)
    if act.held:
        raise ActIncomplete("这次沟通已经进行，不需要另作说明。")
    if not note.strip():
        raise ActIncomplete("请写明情况说明。")
    if not Act.objects.filter(pk=act.pk, head_note="").update(head_note=clip(note.strip(), 200)):
        raise ActIncomplete("这次沟通已经有情况说明，没有重复登记。请刷新后查看。")
    act.refresh_from_db()
    record("matters.absence_noted", actor=actor, target=target(act.matter), at=at, act=act.pk)
    return act


@operation
def urge(*, undertaking: Undertaking, words: str, mode: Mode, actor: PostActor, request_key: UUID, at: datetime) -> Act:
    """Remind an assistant of its opinion, on record; a department's people are told at their bell (practice 15).

    Raises NotAllowed, NothingToUrge."""
    matter = undertaking.matter
    require(actor, "matters.urge", matter)
    if undertaking.opinion_state != "none" or undertaking.role != "assist":
        raise NothingToUrge(f"{undertaking.who}的意见已经收到，或者不是协办单位，不需要催办。")
    act, made = Act.objects.get_or_create(
        recorded_by=actor.post,
        request_key=request_key,
        defaults={
            "matter": matter, "undertaking": undertaking, "kind": ActKind.URGE, "mode": mode,
            "happened_on": at.date(), "our_words": words.strip() or "请尽快反馈协办意见。", "recorded_at": at,
        },
    )  # fmt: skip
    if made:
        _tell_urged(act, undertaking, at)
    facts = {"undertaking": undertaking.pk, "who": undertaking.who, "mode": MODE_LABELS[mode], "again": not made}
    record("matters.urged", actor=actor, target=target(matter), at=at, **facts)
    return act


def _tell_urged(act: Act, undertaking: Undertaking, at: datetime) -> None:
    if undertaking.department is None:
        return
    matter = undertaking.matter
    told: Sequence[Post] = [
        *department_heads(undertaking.department, on=at.date()), *filter(None, [undertaking.handler])
    ]  # fmt: skip
    for post in told:
        queue(
            event_key=f"act:{act.pk}:urge",
            title=f"催办：{matter.known_as}协办意见",
            body=f"{matter.naming}请尽快反馈协办意见。{act.our_words}",
            at=at,
            post=post,
            lane=Lane.STATUTORY,
            link=f"/desk/matters/{matter.pk}/",
            procuratorate=matter.procuratorate,
        )
