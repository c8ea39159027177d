"""Correcting what a suggestion said when it came in: by hand with a reason, or by a corrected list (practice 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, ProtectedError, QuerySet

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.drafting import running_reply
from huiyin.matters.kinds import kind_of, publish, require_rated
from huiyin.matters.models import Matter, Participant
from huiyin.matters.moves import advance_reply, refuse_archived, write
from huiyin.matters.operations.deadlines import drop, open_deadline
from huiyin.matters.operations.recompute import recompute_matter
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import department_heads, running_parts
from huiyin.matters.rules import HANDLER_ROLE_LABELS, HandlerRole, ReplyStep, Status
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.people.models import Mandate, Person
from huiyin.suggestions import cards
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.kind import answer_limit, converted
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.operations.register import DatesOutOfOrder, LeadUnitMissing, matched
from huiyin.suggestions.rules import SIDE_LABELS, Side, SuggestionKind


class NothingCorrected(Refusal):
    """The correction says what stands there already."""

    code = "suggestions.nothing_corrected"


class TooLateToCorrect(Refusal):
    """Our part and the dates are settled once the answer has gone."""

    code = "suggestions.too_late_to_correct"


class SignerStands(Refusal):
    """A co-signer was answered, rated or talked to already, or the count says fewer than are named."""

    code = "suggestions.signer_stands"


class Converted(Refusal):
    """The case has left for a sealed inquiry; a correction would bring it back."""

    code = "suggestions.converted"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The facts as they should stand. cosigner_count: all who signed beside the lead, named or not."""

    title: str
    kind: SuggestionKind
    body: str
    handler_role: HandlerRole
    lead_unit: str
    other_units: str
    assigned_on: date
    received_on: date
    lead: str
    delegation: str
    cosigners: tuple[str, ...]
    cosigner_count: int


LABELS = {
    "title": "标题",
    "kind": "种类",
    "body": "内容",
    "handler_role": "我院角色",
    "lead_unit": "主办单位",
    "other_units": "会同单位",
    "assigned_on": "交办日",
    "received_on": "收到日",
    "lead": "领衔",
    "delegation": "团组或界别",
    "cosigners": "附议人",
    "cosigner_count": "附议人数",
}
OF_THE_CLOCK = frozenset({"handler_role", "assigned_on", "received_on"})
ANSWERED = frozenset({Status.REPLIED, Status.CLOSED, Status.ARCHIVED})
ON_ITS_ROAD = frozenset({Status.SIGNING, Status.SIGNED})


def facts_now(matter: Matter) -> Correction:
    """The facts as they stand."""
    facts = Suggestion.objects.get(pk=matter.pk)
    lead = matter.participants.order_by("position").first()
    cosigners = tuple(_cosigners(matter).order_by("position").values_list("name", flat=True))
    return Correction(
        title=matter.title,
        kind=SuggestionKind(facts.kind),
        body=matter.body,
        handler_role=HandlerRole(matter.handler_role),
        lead_unit=facts.lead_unit,
        other_units=facts.other_units,
        assigned_on=facts.assigned_on,
        received_on=matter.received_on,
        lead=lead.name if lead else "",
        delegation=lead.delegation if lead else "",
        cosigners=cosigners,
        cosigner_count=max(facts.signer_count - 1, len(cosigners)),
    )


def _cosigners(matter: Matter) -> QuerySet[Participant]:
    return matter.participants.filter(role="cosigner")


def count_beside(names: Sequence[str], now: Correction) -> int:
    """How many sign beside the lead under these names where nobody says a count: the unnamed may be among them."""
    return max(len(names), now.cosigner_count) if now.cosigner_count > len(now.cosigners) else len(names)


@operation
def correct_suggestion(
    *, matter: Matter, correction: Correction, reason: str, actor: PostActor, version: int, at: datetime
) -> Matter:
    """Correct a suggestion; changed dates or role compute its deadlines anew, old and new logged, handlers told.

    Raises NotAllowed, MatterArchived, NothingCorrected, Converted, TooLateToCorrect, SignerStands, DatesOutOfOrder,
    LeadUnitMissing, MatterMovedOn."""
    require(actor, "suggestions.correct", matter)
    require_rated(matter, "按建议更正登记内容")
    refuse_archived(matter)
    before = facts_now(matter)
    changes = {
        name: [getattr(before, name), getattr(correction, name)]
        for name in LABELS
        if _said(before, name) != _said(correction, name)
    }
    if not changes:
        raise NothingCorrected("没有改动，内容与登记的一致。")
    _refuse_converted(matter, changes)
    _check(matter, correction, changes, at)
    voided = _changes_sides(changes) and _void_draft(matter, at)
    led_anew = _change_lead(matter, correction, changes, at) if {"lead", "delegation"} & changes.keys() else {}
    if "cosigners" in changes:
        _change_cosigners(matter, correction, at)
    write(
        matter,
        version=version,
        at=at,
        title=correction.title,
        body=correction.body,
        handler_role=correction.handler_role,
        received_on=correction.received_on,
        **led_anew,
    )
    Suggestion.objects.filter(pk=matter.pk).update(
        lead_unit=correction.lead_unit, other_units=correction.other_units, assigned_on=correction.assigned_on,
        signer_count=1 + correction.cosigner_count, kind=correction.kind,
    )  # fmt: skip
    moved = _clock_again(matter, correction, at) if OF_THE_CLOCK & changes.keys() else []
    _tell(matter, list(changes), at, voided=voided)
    indexing.reindex(matter)
    record(
        "suggestions.corrected",
        actor=actor,
        target=target(matter),
        at=at,
        changes=changes,
        reason=reason,
        deadlines=moved,
        voided=voided,
    )
    publish(matter, at=at)
    return matter


def correct_from_list(*, matter: Matter, changes: Mapping[str, Any], actor: PostActor, at: datetime) -> Matter:
    """Take over what a corrected list says differently, as its preview was confirmed.

    Raises as correct_suggestion does."""
    now = facts_now(matter)
    cosigners = tuple(changes.get("cosigners", now.cosigners))
    correction = Correction(
        title=changes.get("title", now.title),
        kind=SuggestionKind(changes.get("kind", now.kind)),
        body=changes.get("body", now.body),
        handler_role=HandlerRole(changes.get("role", now.handler_role)),
        lead_unit=changes.get("lead_unit", now.lead_unit),
        other_units=changes.get("other_units", now.other_units),
        assigned_on=date.fromisoformat(changes["assigned_on"]) if "assigned_on" in changes else now.assigned_on,
        received_on=now.received_on,
        lead=changes.get("lead", now.lead),
        delegation=changes.get("delegation", now.delegation),
        cosigners=cosigners,
        cosigner_count=changes.get("cosigner_count", count_beside(cosigners, now)),
    )
    reason = "交办机关更正清单"
    return correct_suggestion(
        matter=matter, correction=correction, reason=reason, actor=actor, version=matter.version, at=at
    )


def _said(facts: Correction, name: str) -> Any:
    """One of the facts; in what order the co-signers stand tells nothing."""
    return sorted(facts.cosigners) if name == "cosigners" else getattr(facts, name)


def _check(matter: Matter, correction: Correction, changes: Mapping[str, Any], at: datetime) -> None:
    if OF_THE_CLOCK & changes.keys() and matter.status in ANSWERED:
        raise TooLateToCorrect(f"{matter.number}已经答复，角色和日期不能再改。")
    if _changes_sides(changes) and matter.status in ON_ITS_ROAD:
        raise TooLateToCorrect(f"{matter.number}的文稿正在审签或者已经签发，角色不能再改。请先退回或者撤回文稿。")
    if "lead" in changes:
        _refuse_rated(matter)
    if {"cosigners", "cosigner_count"} & changes.keys():
        _check_cosigners(matter, correction)
    if correction.received_on < correction.assigned_on or correction.received_on > at.date():
        raise DatesOutOfOrder("收到日应不早于交办日，也不晚于今天，请核对。")
    if correction.handler_role is HandlerRole.ASSIST and not correction.lead_unit:
        raise LeadUnitMissing("我院协办的，请填写主办单位，协办意见要送给它。")


def _refuse_converted(matter: Matter, changes: Mapping[str, Any]) -> None:
    """Of what went to a case inquiry nothing comes back: title and text stay as the conversion left them."""
    gone = converted(matter)
    if gone is not None and gone.whole:
        raise Converted(f"{matter.number}已经整件转其他途径办理，登记内容不能再更正。")
    if gone is not None and {"title", "body"} & changes.keys():
        raise Converted(f"{matter.number}有一部分已经转其他途径办理，标题和内容不能再更正。")


def _refuse_rated(matter: Matter) -> None:
    """A rating is the word of the person who signed it (practice 16): it stays under that name, so the name stays."""
    rated = matter.ratings.filter(participant__position=0).select_related("participant").first()
    if rated is not None:
        raise TooLateToCorrect(
            f"{rated.participant.name}已经对答复作出评价，评价是本人的意见，不能改到别人名下，领衔不能再更正。"
            "请向交办机关核实，核实情况作为办理材料补充进来。"
        )


def _check_cosigners(matter: Matter, correction: Correction) -> None:
    if matter.status == Status.CLOSED:
        raise TooLateToCorrect(
            f"{matter.number}已经办结，附议人不能再更正。请向交办机关核实，核实情况作为办理材料补充进来。"
        )
    if correction.lead in correction.cosigners:
        raise SignerStands(f"{correction.lead}已经是领衔，不能又列为附议。请核对附议人。")
    if correction.cosigner_count < len(correction.cosigners):
        raise SignerStands(
            f"附议人数写的是{correction.cosigner_count}人，列名的有{len(correction.cosigners)}人："
            f"{'、'.join(correction.cosigners)}。请核对人数和姓名。"
        )


def _changes_sides(changes: Mapping[str, Any]) -> bool:
    """Whether an answer of ours becomes an opinion to the lead unit, or the other way round."""
    return "handler_role" in changes and HandlerRole.ASSIST in changes["handler_role"]


def _void_draft(matter: Matter, at: datetime) -> bool:
    """The draft begun for the part we no longer have cannot become the other letter; its versions are kept."""
    reply = running_reply(matter)
    if reply is None:
        return False
    reason = "登记更正后我院角色变了"
    advance_reply(reply, ReplyStep.VOID, version=reply.version, at=at, voided_at=at, void_reason=reason)
    return True


def _change_lead(matter: Matter, correction: Correction, changes: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Whom the corrected name means, looked up as when registering; the former lead's card is taken back.

    Returns what changes on the matter: the officer entrusted with the new lead."""
    lead = matter.participants.filter(position=0).first()
    if lead is None:
        return {}
    stated = correction.delegation if "delegation" in changes else ""
    if "lead" not in changes and lead.person_id is not None:
        Participant.objects.filter(pk=lead.pk).update(delegation=stated)
        return {}
    former = lead.person
    _, lead.person, lead.mandate = _matched(matter, Signer(name=correction.lead, delegation=stated), correction)
    lead.name = correction.lead
    lead.delegation = stated or (lead.mandate.delegation if lead.mandate else lead.delegation)
    lead.save(update_fields=["name", "delegation", "person", "mandate"])
    _take_back(matter, former, at)
    return {"liaison_officer": lead.mandate.liaison_officer if lead.mandate else None}


def _matched(matter: Matter, signer: Signer, correction: Correction) -> tuple[Signer, Person | None, Mandate | None]:
    facts = Suggestion.objects.get(pk=matter.pk)
    return matched(
        signer, office=matter.procuratorate, side=Side(facts.side), term=facts.term, on=correction.assigned_on
    )


def _change_cosigners(matter: Matter, correction: Correction, at: datetime) -> None:
    """Who is new comes behind the others; who is gone leaves only while nothing hangs on the name. The rest stay."""
    names = set(correction.cosigners)
    for gone in _cosigners(matter).exclude(name__in=names).select_related("person"):
        former = gone.person
        try:
            gone.delete()
        except ProtectedError:
            raise SignerStands(
                f"附议的{gone.name}已经有送达、评价或者沟通的记录，不能去掉。请把{gone.name}留在附议人中，"
                "确实列错的，请向交办机关核实，核实情况作为办理材料补充进来。"
            ) from None
        _take_back(matter, former, at)
    names -= set(_cosigners(matter).values_list("name", flat=True))
    last = matter.participants.aggregate(last=Max("position"))["last"] or 0
    for position, name in enumerate((each for each in correction.cosigners if each in names), start=last + 1):
        _, person, mandate = _matched(matter, Signer(name=name), correction)
        matter.participants.create(
            role="cosigner", position=position, name=name, person=person, mandate=mandate,
            delegation=mandate.delegation if mandate else "",
        )  # fmt: skip


def _take_back(matter: Matter, former: Person | None, at: datetime) -> None:
    """Somebody who no longer stands under it loses its card."""
    if former is not None and not matter.participants.filter(person=former).exists():
        cards.withdraw_from(former.pk, matter, at)


def _clock_again(matter: Matter, correction: Correction, at: datetime) -> list[list[str]]:
    """Open, move or drop the matter's own deadlines; returns [label, old day, new day] of each."""
    before = _open_days(matter)
    limits, proposer = kind_of(matter).limits, SIDE_LABELS[Side(matter.suggestion.side)]
    assists = correction.handler_role is HandlerRole.ASSIST
    session, office = matter.suggestion.session, matter.procuratorate
    code = answer_limit(limits, office=office, session=session, on=correction.assigned_on)
    wanted = [
        (code, correction.assigned_on, f"答复{proposer}", not assists and matter.suggestion.docketing in {"", "filed"}),
        (limits.assist, correction.received_on, "协办意见", assists),
        (limits.first_contact, correction.received_on, f"首次联系{proposer}", not assists),
        *((other, correction.assigned_on, "", False) for other in sorted(limits.answers - {code})),
    ]
    if limits.not_ours and matter.deadlines.filter(limit_code=limits.not_ours, met_at=None, dropped_at=None).exists():
        wanted.append((limits.not_ours, correction.received_on, "提出不属本院职责", True))
    for code, starts_on, label, holds in wanted:
        met = matter.deadlines.filter(limit_code=code, round=matter.round).exclude(met_at=None).exists()
        if code and holds and not met:
            open_deadline(matter=matter, limit_code=code, starts_on=starts_on, label=label, at=at)
        elif code and not holds:
            drop(matter=matter, limit_code=code, at=at)
    recompute_matter(matter, cause="登记内容更正", at=at)
    after = _open_days(matter)
    labels = sorted(before.keys() | after.keys())
    return [
        [label, before.get(label, ""), after.get(label, "")]
        for label in labels
        if before.get(label) != after.get(label)
    ]


def _open_days(matter: Matter) -> dict[str, str]:
    own = matter.deadlines.filter(met_at=None, dropped_at=None, undertaking=None)
    return {deadline.label: deadline.due_on.isoformat() for deadline in own}


def _tell(matter: Matter, changed: list[str], at: datetime, *, voided: bool) -> None:
    """Word to whoever has it in hand: the leader, the handlers, the heads."""
    parts = list(running_parts(matter).select_related("department", "handler"))
    posts = {
        post.pk: post for part in parts if part.department for post in department_heads(part.department, on=at.date())
    }
    posts |= {part.handler.pk: part.handler for part in parts if part.handler}
    posts |= {matter.leader.pk: matter.leader} if matter.leader else {}
    words = "、".join(LABELS[name] for name in changed)
    role = f"现为我院{HANDLER_ROLE_LABELS[HandlerRole(matter.handler_role)]}。" if "handler_role" in changed else ""
    role += "原拟文稿已作废，请按现在的角色重新起草。" if voided else ""
    for post in posts.values():
        queue(
            event_key=f"matter:{matter.pk}:corrected:{matter.version}",
            title=f"登记内容更正：{matter.known_as}",
            body=f"{matter.naming}的{words}已更正。{role}",
            at=at,
            post=post,
            lane=Lane.STATUTORY,
            link=f"/desk/matters/{matter.pk}/",
            procuratorate=matter.procuratorate,
        )
