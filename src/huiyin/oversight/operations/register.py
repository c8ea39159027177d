"""Registering what a congress or CPPCC body put to us: from then on it can't be lost, and its day runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.kinds import kind_named
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter, Participant
from huiyin.matters.operations.attachments import link
from huiyin.matters.operations.deadlines import open_deadline
from huiyin.matters.operations.named_days import open_named_day
from huiyin.matters.operations.relations import relate
from huiyin.matters.operations.systems import stand_in_systems
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role
from huiyin.oversight.facts import OversightFacts, check_facts
from huiyin.oversight.kind import entered_outside
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.rules import DAY_LABELS, KIND_LABELS, Kind
from huiyin.oversight.signers import check_signers
from huiyin.oversight.telling import tell_registered
from huiyin.suggestions.models import KnownSession, Suggestion
from huiyin.suggestions.operations.register import refuse_without_books
from huiyin.suggestions.rules import Side, SuggestionKind


class AlreadyRegistered(Refusal):
    """The same paper of the same body stands in the register."""

    code = "oversight.already_registered"


class NoDay(Refusal):
    """Neither the paper nor a rule book says by when."""

    code = "oversight.no_day"


def register_oversight(
    *, facts: OversightFacts, originals: tuple[StoredFile, ...] = (), request_key: UUID, actor: PostActor, at: datetime
) -> Matter:
    """Register one and open its day; the second post of one key is given the first result.

    Raises NotAllowed, NothingInForce, FactsMissing, TooFewSigners, TooJunior, DaysOutOfOrder, NoDay,
    AlreadyRegistered."""
    first = _already(actor, request_key)
    if first is not None:
        return first
    try:
        return _register(facts=facts, originals=originals, request_key=request_key, actor=actor, at=at)
    except (IntegrityError, AlreadyRegistered):  # the other half of a double click was faster
        first = _already(actor, request_key)
        if first is None:
            raise
        return first


def _already(actor: PostActor, request_key: UUID) -> Matter | None:
    return Matter.objects.filter(registered_by=actor.post, request_key=request_key).first()


@operation
def _register(
    *, facts: OversightFacts, originals: tuple[StoredFile, ...], request_key: UUID, actor: PostActor, at: datetime
) -> Matter:
    require(actor, "oversight.register")
    refuse_without_books(actor)
    check_facts(facts, at.date())
    check_signers(facts, actor.post.procuratorate)
    known = Matter.objects.filter(procuratorate=actor.post.procuratorate, row_key=facts.row_key).first()
    if known is not None:
        raise AlreadyRegistered(f"{facts.number}已经登记为{known.number}《{known.title}》，请勿重复登记。")
    matter = _create(facts, request_key, actor, at)
    oversight = Oversight.objects.create(matter=matter, **own_facts(facts))
    Opinion.objects.bulk_create(
        Opinion(oversight=oversight, position=position, text=text, noted_by=actor.post, request_key=uuid4())
        for position, text in enumerate(facts.opinions, start=1)
    )
    put_names(matter, facts)
    link(matter, "original", originals, actor.key, at)
    forget_drafts(request_key, actor.key)
    open_day(matter, facts, actor, at)
    indexing.reindex(matter)
    for other in facts.linked:
        relate(matter=matter, other=other, kind=RelationKind.CONTINUED, actor=actor, at=at)
    if facts.kind.value in entered_outside(matter.procuratorate, facts.received_on):
        stand_in_systems(matter, facts.asker.kind)
    tell_registered(matter, facts, at)
    record(
        "oversight.registered", actor=actor, target=target(matter), at=at, kind=facts.kind.value, form=facts.form,
        number=facts.number, opinions=len(facts.opinions), answer_by_on=facts.answer_by_on,
    )  # fmt: skip
    return matter


def _create(facts: OversightFacts, request_key: UUID, actor: PostActor, at: datetime) -> Matter:
    office, kind = actor.post.procuratorate, kind_named(facts.kind.value)
    number = allot(
        procuratorate=office, code=kind.register_series, year=at.year, pattern=kind.register_pattern, actor=actor, at=at
    )
    matter = Matter.objects.create(
        kind=kind.code,
        number=number.text,
        procuratorate=office,
        city=office.city,
        province=office.province,
        channel="by_hand",
        handler_role=HandlerRole.SOLE,
        leader=led_by(facts.owner),
        registered_by=actor.post,
        registered_at=at,
        changed_at=at,
        request_key=request_key,
        **matter_facts(facts),
    )
    Suggestion.objects.create(matter=matter, **coming_facts(facts))
    session = KnownSession(procuratorate=office, term=facts.term, session=facts.session or 0)
    KnownSession.objects.bulk_create([session], ignore_conflicts=True)
    return matter


def led_by(owner: Post | None) -> Post | None:
    """A member of the leadership who answers for a matter leads it, and so sees it."""
    return owner if owner is not None and owner.role_enum in {Role.CHIEF, Role.DEPUTY_CHIEF} else None


def matter_facts(facts: OversightFacts) -> dict[str, Any]:
    """What the matter itself holds."""
    return {
        "external_number": clip(facts.number, 40), "row_key": facts.row_key, "received_on": facts.received_on,
        "title": facts.title, "body": facts.body,
    }  # fmt: skip


def coming_facts(facts: OversightFacts) -> dict[str, Any]:
    """How it came: the columns that suggestions share."""
    return {
        "kind": SuggestionKind.OPINION, "side": Side.BODY, "body": facts.asker, "term": facts.term,
        "session": facts.session, "assigned_on": facts.assigned_on, "list_number": facts.number,
        "proposed_department": facts.owner.department if facts.owner else None,
        "signer_count": len(answered_to(facts)),
    }  # fmt: skip


def own_facts(facts: OversightFacts) -> dict[str, Any]:
    """What only such a matter has."""
    names = (
        "form", "scope", "occasion", "held_on", "asked_by", "delegation", "committee", "listener", "owner", "answerer",
        "answer_mode", "answer_by_on", "materials", "signed_by", "signed_count",
    )  # fmt: skip
    return {name: getattr(facts, name) for name in names}


def answered_to(facts: OversightFacts) -> list[str]:
    """Who receives the answer: the delegation or the body, and the deputies it is fed back to (S0-55)."""
    return [facts.delegation if facts.kind is Kind.DELEGATION else facts.asker.name, *facts.told]


def names_of(facts: OversightFacts) -> list[str]:
    """Everybody the matter names, in order."""
    return [*answered_to(facts), *([facts.committee.name] if facts.committee else [])]


def put_names(matter: Matter, facts: OversightFacts) -> None:
    """Enter who receives the answer, and the committee that sees its draft."""
    committee = facts.committee.name if facts.committee else ""
    rows = [("told" if position else "organ", name) for position, name in enumerate(answered_to(facts))]
    rows += [("committee", committee)] if committee else []
    Participant.objects.bulk_create(
        Participant(matter=matter, role=role, position=position, name=name)
        for position, (role, name) in enumerate(rows)
    )


def open_day(matter: Matter, facts: OversightFacts, actor: PostActor, at: datetime) -> None:
    """The day by which it is answered: as named, otherwise as the book counts. Raises NoDay."""
    code, label = kind_named(facts.kind.value).limits.reply, DAY_LABELS[facts.kind]
    if facts.answer_by_on is not None:
        open_named_day(
            matter=matter, limit_code=code, day=facts.answer_by_on, starts_on=facts.assigned_on, label=label,
            named_by=facts.asker.name, by=actor.key, at=at,
        )  # fmt: skip
    elif open_deadline(matter=matter, limit_code=code, starts_on=facts.assigned_on, label=label, at=at) is None:
        raise NoDay(
            f"施行的制度没有规定{KIND_LABELS[facts.kind]}的期限，请按来文填写要求的日期；来文没有写的，与来文机关商定。"
        )
