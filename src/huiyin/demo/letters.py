"""The second half of the road: talks, the letter and its signatures, delivery, rating, file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from types import MappingProxyType

from PIL import Image

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.demo.road import Road, at_ten, key_for
from huiyin.files.models import StoredFile
from huiyin.files.operations import store
from huiyin.gongwen.structure import block_of
from huiyin.matters.drafting import latest, running_reply, text_of
from huiyin.matters.letters import LetterText, Promise
from huiyin.matters.models import Commitment, Participant, Rating, Reply, Undertaking
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.closing import close, redo
from huiyin.matters.operations.commitments import begin_second_letter, keep_commitment
from huiyin.matters.operations.filing import file_matter
from huiyin.matters.operations.opinions import give_opinion
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.replies import cite_opinions, create_draft, save_version
from huiyin.matters.operations.replies_delivery import deliver
from huiyin.matters.operations.replies_issuing import issue, proofread, seal, take_number
from huiyin.matters.operations.replies_signing import decide_letter, submit
from huiyin.matters.operations.solicitations import answer_solicitation, solicit
from huiyin.matters.operations.stepping import StepSaid, set_steps
from huiyin.matters.rules import ActKind, HandlerRole, Mode, Outcome, RatingSource, Stage
from huiyin.matters.steps import steps_of
from huiyin.organisations.actors import PostActor, acting
from huiyin.regulations.queries import stack_for

OPINIONS = {
    "department": "内容属实，措施可行，拟同意。",
    "countersign": "同意会签。",
    "office": "已核稿，请保密审查。",
    "secrecy": "不涉及国家秘密和个案信息，可以公开。",
    "deputy_chief": "同意，请检察长签发。",
    "sign": "同意印发。",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the letter says."""

    lines: Sequence[str]
    outcome: Outcome = Outcome.RESOLVED
    reason: str = ""
    reason_code: str = ""
    promises: tuple[Promise, ...] = ()
    cites: dict[str, int] | None = None  # name of an assistant → paragraph that states its opinion, from 1


def drafter_of(road: Road) -> PostActor:
    """The handler of the department that answers."""
    parts = Undertaking.objects.filter(matter=road.matter, handler__isnull=False).exclude(status="moved")
    own = parts.exclude(role=HandlerRole.ASSIST).order_by("id").first() or parts.order_by("id").first()
    assert own is not None
    assert own.handler is not None
    return acting(own.handler)


def lead_of(road: Road) -> Participant:
    """The lead deputy."""
    return road.matter.participants.order_by("position")[0]


def talked(road: Road, day: date, *, stage: Stage = Stage.BEFORE, mode: Mode = Mode.FACE_TO_FACE, words: str) -> Road:
    """The handler talks with the lead deputy."""
    facts = ActFacts(
        kind=ActKind.CONSULT, mode=mode, stage=stage, happened_on=day, place="样本市人民检察院会客室",
        attendees="承办检察官、代表联络员", deputy_words=words, our_words="已说明职责范围和打算采取的措施。",
        agreed="办理中有进展及时告知。", signed_by_deputy=mode is Mode.FACE_TO_FACE,
    )  # fmt: skip
    record_act(
        matter=road.fresh(), facts=facts, participant=lead_of(road), undertaking=None, scan=None,
        actor=drafter_of(road), request_key=key_for("act", road.matter.number, day, stage), at=at_ten(day, 30),
    )  # fmt: skip
    return road


def opinions_given(road: Road, day: date, text: str) -> Road:
    """Every assistant's opinion comes in: a department gives its own, the drafter enters an organ's."""
    for part in Undertaking.objects.filter(matter=road.matter, role=HandlerRole.ASSIST).exclude(status="moved"):
        actor = acting(part.handler) if part.handler else drafter_of(road)
        give_opinion(
            undertaking=part, opinion=text, has_opinion=True, received_on=day, file=None, actor=actor,
            version=part.version, at=at_ten(day, 35),
        )  # fmt: skip
    return road


def heard_again(road: Road, day: date) -> Road:
    """办中征询 and 专人面商, where an answer of ours still lacks them."""
    matter = road.fresh()
    is_ours = matter.handler_role in {HandlerRole.SOLE, HandlerRole.LEAD}
    if is_ours and (matter.round > 1 or not matter.acts.filter(stage=Stage.DURING).exists()):
        talked(road, day, stage=Stage.DURING, words="打算写进答复的措施都听了，没有别的意见。")
    return road


def drafted(road: Road, day: date, answer: Answer) -> Reply:
    """The handler hears the deputy once more and writes the letter."""
    actor = drafter_of(road)
    heard_again(road, day)
    reply = create_draft(matter=road.fresh(), actor=actor, at=at_ten(day, 40))
    begun = text_of(latest(reply))
    text = _filled(begun, answer, is_reply=reply.kind == "reply")
    save_version(reply=reply, text=text, note="初稿", actor=actor, version=reply.version, at=at_ten(day, 41))
    reply.refresh_from_db()
    if answer.cites:
        parts = {part.who: part.pk for part in road.matter.undertakings.all()}
        paragraphs: dict[int, int | None] = {parts[name]: number for name, number in answer.cites.items()}
        cite_opinions(reply=reply, paragraphs=paragraphs, actor=actor, version=reply.version, at=at_ten(day, 42))
        reply.refresh_from_db()
    return reply


def _filled(begun: LetterText, answer: Answer, *, is_reply: bool) -> LetterText:
    lines = [block_of(line) for line in answer.lines]
    text = replace(begun, body=(*begun.body[:1], *lines) if is_reply else tuple(lines), contact_phone="1000000-8000")
    if not is_reply:
        return replace(text, contact_name=text.contact_name or "王联络")
    return replace(
        text, outcome=answer.outcome.value, reason=answer.reason, reason_code=answer.reason_code,
        promises=answer.promises, publish=True,
    )  # fmt: skip


def shown(road: Road, reply: Reply, given: date, answered: date) -> Reply:
    """征求意见稿: the deputy is given the draft and agrees."""
    actor = drafter_of(road)
    asked = solicit(
        reply=reply, participant=lead_of(road), mode=Mode.WRITTEN, given_on=given, answer_by_on=answered, actor=actor,
        at=at_ten(given, 45),
    )  # fmt: skip
    answer_solicitation(
        solicitation=asked, answer="agrees", answered_on=answered, words="同意，措施实在。", actor=actor,
        at=at_ten(answered, 45),
    )  # fmt: skip
    reply.refresh_from_db()
    return reply


def submitted(road: Road, reply: Reply, day: date) -> Reply:
    """Up the road of signatures."""
    submit(
        reply=reply, actor=drafter_of(road), version=reply.version, at=at_ten(day, 46),
        talks_reason="代表在外地，已电话说明，答复时当面沟通。",
    )  # fmt: skip
    reply.refresh_from_db()
    return reply


def signed(reply: Reply, day: date, *, until: str = "") -> Reply:
    """Everyone on the chain signs in turn; stops before the step `until`."""
    minute = 47
    while steps := open_steps(_approval(reply)):
        for step in steps:
            if step.code == until:
                return reply
            assert step.post is not None
            approval = _approval(reply)
            decide_letter(
                reply=reply, step=step, verdict=Verdict.AGREE, opinion=OPINIONS.get(step.code, "同意。"),
                subject_hash=approval.subject_hash, actor=acting(step.post), version=approval.version,
                at=at_ten(day, min(minute, 57)), edited=None, paper=None, meeting=None,
            )  # fmt: skip
            minute += 1
            reply.refresh_from_db()
    return reply


def issued(road: Road, reply: Reply, day: date) -> Reply:
    """复核, number, seal, issue."""
    officer, registry = road.offices.act("officer_wang"), road.offices.act("registry")
    proofread(reply=reply, text=None, actor=officer, version=reply.version, at=at_ten(day, 57))
    for act, actor in ((take_number, registry), (seal, registry), (issue, officer)):
        reply.refresh_from_db()
        act(reply=reply, actor=actor, version=reply.version, at=at_ten(day, 58))
    reply.refresh_from_db()
    return reply


def delivered(road: Road, reply: Reply, day: date) -> Reply:
    """By hand to everyone who must receive it."""
    deliver(
        reply=reply, participants=list(road.matter.participants.all()), recipient="", mode="hand", delivered_on=day,
        evidence=None, note="", actor=road.offices.act("officer_wang"), version=reply.version, at=at_ten(day, 59),
    )  # fmt: skip
    reply.refresh_from_db()
    return reply


def rated(
    road: Road, reply: Reply, day: date, result: str, *, attitude: str = "satisfied", words: str = "",
    signer: Participant | None = None,
) -> Rating:  # fmt: skip
    """The signed form comes back from the lead deputy, or from another signer."""
    facts = RatingFacts(
        source=RatingSource.SIGNED_FORM, attitude=attitude, result=result, rated_on=day, met_in_person=True,
        words=words, agrees_to_publish=True,
    )  # fmt: skip
    return record_rating(
        reply=reply, participant=signer or lead_of(road), facts=facts, scan=_scan(road, day),
        actor=road.offices.act("officer_wang"), at=at_ten(day, 30),
    )  # fmt: skip


def blank_sheet() -> bytes:
    """A blank page in place of a scanned paper."""
    sheet = BytesIO()
    Image.new("1", (620, 877), 1).save(sheet, "PNG")
    return sheet.getvalue()


def _scan(road: Road, day: date) -> StoredFile:
    """A blank sheet in place of the scanned form."""
    return store(
        content=blank_sheet(), name="征询意见表（演示扫描件）.png", procuratorate=road.offices.city,
        actor_key=road.offices.act("officer_wang").key, at=at_ten(day, 29),
    )  # fmt: skip


def answered(road: Road, day: date, answer: Answer) -> Reply:
    """Draft to issue within one day, for history nobody looks at closely."""
    reply = drafted(road, day, answer)
    return issued(road, signed(submitted(road, reply, day), day), day)


def kept(road: Road, day: date, note: str) -> Road:
    """The handler records that what was promised is done."""
    for promise in Commitment.objects.filter(matter=road.matter, done_on=None):
        keep_commitment(commitment=promise, done_on=day, note=note, actor=drafter_of(road), at=at_ten(day, 34))
    return road


def answered_again(road: Road, day: date, lines: Sequence[str]) -> Reply:
    """再行答复: the second letter on what was kept, begun and issued within a day."""
    actor = drafter_of(road)
    promises = list(Commitment.objects.filter(matter=road.matter, second_reply=None))
    reply = begin_second_letter(matter=road.fresh(), commitments=promises, actor=actor, at=at_ten(day, 40))
    begun = text_of(latest(reply))
    body = (*begun.body, *(block_of(line) for line in lines))
    text = replace(begun, body=body, outcome=Outcome.RESOLVED.value, publish=True, contact_phone="1000000-8000")
    save_version(reply=reply, text=text, note="初稿", actor=actor, version=reply.version, at=at_ten(day, 41))
    reply.refresh_from_db()
    return issued(road, signed(submitted(road, reply, day), day), day)


def stepped(road: Road, day: date, *, not_applicable: Mapping[str, str] = MappingProxyType({})) -> Road:
    """The steps the house could not see for itself: done, or not applicable with the reason given by code."""
    matter, at = road.fresh(), at_ten(day, 33)
    open_ones = [step.code for step in steps_of(matter, stack_for(matter.procuratorate, on=day), day) if not step.on]
    said = {
        str(code): StepSaid("not_applicable", not_applicable[code]) if code in not_applicable else StepSaid("done")
        for code in open_ones
    }
    set_steps(matter=matter, steps=said, actor=road.offices.act("officer_wang"), version=matter.version, at=at)
    return road


def redone(road: Road, day: date) -> Road:
    """不满意: handled anew."""
    matter = road.fresh()
    redo(
        matter=matter, asked_on=day, actor=road.offices.act("officer_wang"), version=matter.version,
        at=at_ten(day, 31),
    )  # fmt: skip
    return road


def closed(road: Road, day: date) -> Road:
    """办结."""
    matter = road.fresh()
    close(matter=matter, actor=road.offices.act("officer_wang"), version=matter.version, at=at_ten(day, 32))
    return road


def filed(road: Road, day: date, *, missing_reason: str = "") -> Road:
    """归档."""
    matter = road.fresh()
    file_matter(
        matter=matter, missing_reason=missing_reason, actor=road.offices.act("officer_wang"), version=matter.version,
        at=at_ten(day, 33),
    )  # fmt: skip
    return road


def letter_of(road: Road) -> Reply:
    """The running letter."""
    reply = running_reply(road.fresh())
    assert reply is not None
    return reply


def _approval(reply: Reply):  # type: ignore[no-untyped-def]
    assert reply.approval is not None
    reply.approval.refresh_from_db()
    return reply.approval
