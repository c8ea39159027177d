"""Registering a suggestion: from then on it can't be lost, and its days run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.matters.kinds import kind_named, publish
from huiyin.matters.models import Matter, Participant
from huiyin.matters.operations.attachments import link
from huiyin.matters.operations.deadlines import open_deadlines
from huiyin.matters.operations.systems import stand_in_systems
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require
from huiyin.people.models import Mandate, Person
from huiyin.people.queries import match_deputy
from huiyin.regulations.queries import approved_texts
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.facts import Signer, SuggestionFacts
from huiyin.suggestions.kind import answer_limit, kind_code
from huiyin.suggestions.models import KnownSession, Suggestion
from huiyin.suggestions.rules import SIDE_LABELS, Docketing, Side


class AlreadyRegistered(Refusal):
    """The same number of the same session stands in the register."""

    code = "suggestions.already_registered"


class DatesOutOfOrder(Refusal):
    """Received before it was assigned, or after today."""

    code = "suggestions.dates_out_of_order"


class NothingInForce(Refusal):
    """The office stands on no rule book, so nothing could be computed."""

    code = "suggestions.nothing_in_force"


class LeadUnitMissing(Refusal):
    """An assisted suggestion names who leads it."""

    code = "suggestions.lead_unit_missing"


def register_suggestion(
    *,
    facts: SuggestionFacts,
    originals: Sequence[StoredFile] = (),
    enclosures: Sequence[StoredFile] = (),
    channel: str = "by_hand",
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Matter:
    """Register one suggestion and open its deadlines; the second post of one key is given the first result.

    Raises NotAllowed, NothingInForce, AlreadyRegistered, DatesOutOfOrder, LeadUnitMissing."""
    first = _already(actor, request_key)
    if first is not None:
        return first
    try:
        return _register(
            facts=facts,
            originals=originals,
            enclosures=enclosures,
            channel=channel,
            request_key=request_key,
            actor=actor,
            at=at,
        )
    except (IntegrityError, AlreadyRegistered):  # another window, or the other half of a double click, was faster
        first = _already(actor, request_key)
        if first is None:
            _refuse_known(facts, actor)
            raise
        return first


def _already(actor: PostActor, request_key: UUID) -> Matter | None:
    return Matter.objects.filter(registered_by=actor.post, request_key=request_key).first()


@operation
def _register(
    *,
    facts: SuggestionFacts,
    originals: Sequence[StoredFile],
    enclosures: Sequence[StoredFile],
    channel: str,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Matter:
    require(actor, "suggestions.register")
    refuse_without_books(actor)
    check_facts(facts, at)
    _refuse_known(facts, actor)
    signers = [
        matched(signer, office=actor.post.procuratorate, side=facts.side, term=facts.term, on=facts.assigned_on)
        for signer in (facts.lead, *facts.cosigners)
    ]
    matter = _create(facts, channel, request_key, actor, at, officer_of=signers[0][2])
    Participant.objects.bulk_create(
        _participant(matter, facts, position, signer, person, mandate)
        for position, (signer, person, mandate) in enumerate(signers)
    )
    link(matter, "original", originals, actor.key, at)
    link(matter, "enclosure", enclosures, actor.key, at)
    forget_drafts(request_key, actor.key)
    open_first_deadlines(matter, facts, at)
    stand_in_systems(matter, facts.assigner.kind if facts.assigner else "")
    indexing.reindex(matter)
    record(
        "suggestions.registered",
        actor=actor,
        target=target(matter),
        at=at,
        channel=channel,
        external_number=facts.external_number,
        role=facts.handler_role.value,
        signers=1 + len(facts.cosigners),
    )
    publish(matter, at=at)
    return matter


def refuse_without_books(actor: PostActor) -> None:
    """A suggestion without a single limit would be forgotten in silence. Raises NothingInForce."""
    if not approved_texts(actor.post.procuratorate):
        raise NothingInForce("本院还没有施行中的制度，算不出期限。请办公室负责人先在【制度】批准施行，再登记。")


def check_facts(facts: SuggestionFacts, at: datetime) -> None:
    """What no list and no clerk may get wrong. Raises DatesOutOfOrder, LeadUnitMissing."""
    if facts.received_on < facts.assigned_on:
        raise DatesOutOfOrder(
            f"收到日{day_text(facts.received_on)}早于交办日{day_text(facts.assigned_on)}，请核对两个日期。"
        )
    if facts.received_on > at.date():
        raise DatesOutOfOrder(f"收到日{day_text(facts.received_on)}还没有到，请核对。")
    if facts.handler_role is HandlerRole.ASSIST and not facts.lead_unit:
        raise LeadUnitMissing("我院协办的，请填写主办单位，协办意见要送给它。")


def _refuse_known(facts: SuggestionFacts, actor: PostActor) -> None:
    known = Matter.objects.filter(procuratorate=actor.post.procuratorate, row_key=facts.row_key).first()
    if known is not None:
        raise AlreadyRegistered(f"第{facts.external_number}号已经登记为{known.number}《{known.title}》，请勿重复登记。")


def _create(
    facts: SuggestionFacts,
    channel: str,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
    *,
    officer_of: Mandate | None,
) -> Matter:
    office = actor.post.procuratorate
    kind = kind_named(kind_code(facts.side))
    number = allot(
        procuratorate=office,
        code=kind.register_series,
        year=at.year,
        pattern=kind.register_pattern,
        actor=actor,
        at=at,
    )
    matter = Matter.objects.create(
        kind=kind.code,
        number=number.text,
        external_number=facts.external_number,
        row_key=facts.row_key,
        procuratorate=office,
        city=office.city,
        province=office.province,
        channel=channel,
        received_on=facts.received_on,
        title=facts.title,
        body=facts.body,
        handler_role=facts.handler_role,
        liaison_officer=officer_of.liaison_officer if officer_of else None,
        registered_by=actor.post,
        registered_at=at,
        changed_at=at,
        request_key=request_key,
    )
    Suggestion.objects.create(
        matter=matter,
        kind=facts.kind,
        side=facts.side,
        body=facts.assigner,
        term=facts.term,
        session=facts.session,
        assigned_on=facts.assigned_on,
        list_number=facts.list_number,
        lead_unit=facts.lead_unit,
        other_units=facts.other_units,
        proposer_kind=facts.proposer_kind or "",
        docketing=facts.docketing if facts.proposer_kind else "",
        signer_count=max(facts.signer_count, 1 + len(facts.cosigners)),
    )
    _know_session(office, facts)
    return matter


def _know_session(office: Procuratorate, facts: SuggestionFacts) -> None:
    known = KnownSession(procuratorate=office, term=facts.term, session=facts.session or 0)
    of_it = KnownSession.objects.filter(procuratorate=office, term=known.term, session=known.session)
    if not of_it.exists():
        KnownSession.objects.bulk_create([known], ignore_conflicts=True)  # somebody else may be first


def matched(
    signer: Signer, *, office: Procuratorate, side: Side, term: int, on: date
) -> tuple[Signer, Person | None, Mandate | None]:
    """The person of the register that a signer is, when exactly one fits."""
    person = signer.person
    if person is None and side is Side.DEPUTY:
        found = match_deputy(office, signer.name, signer.delegation, on)
        person = found[0] if len(found) == 1 else None
    if person is None:
        return signer, None, None
    held = Mandate.objects.held_on(on).filter(person=person).order_by("-from_on", "-id")
    return signer, person, held.filter(term=term).first() or held.first()


def _participant(
    matter: Matter,
    facts: SuggestionFacts,
    position: int,
    signer: Signer,
    person: Person | None,
    mandate: Mandate | None,
) -> Participant:
    return Participant(
        matter=matter,
        role="organ" if facts.side is Side.PROPOSER and not position else "cosigner" if position else "lead",
        position=position,
        name=signer.name,
        delegation=signer.delegation or (mandate.delegation if mandate else ""),
        person=person,
        mandate=mandate,
    )


def open_first_deadlines(matter: Matter, facts: SuggestionFacts, at: datetime) -> None:
    """The days that run from the moment it was assigned or received, as the office's books have them."""
    limits = kind_named(matter.kind).limits
    if facts.handler_role is HandlerRole.ASSIST:
        wanted = [(limits.assist, facts.received_on, "协办意见")]
    else:
        proposer = SIDE_LABELS[facts.side]
        wanted = [
            (limits.first_contact, facts.received_on, f"首次联系{proposer}"),
        ]
        if facts.docketing is Docketing.FILED:  # what was not filed is answered without a time limit
            code = answer_limit(limits, office=matter.procuratorate, session=facts.session, on=facts.assigned_on)
            wanted.insert(0, (code, facts.assigned_on, f"答复{proposer}"))
    wanted.append((limits.not_ours, facts.received_on, "提出不属本院职责"))
    open_deadlines(matter=matter, wanted=[each for each in wanted if each[0]], at=at)
