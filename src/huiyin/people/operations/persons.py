"""Entering a person, and changing what is said of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import IntegrityError

from huiyin.audit.facts import changes
from huiyin.audit.scope import operation, record
from huiyin.kernel.ids import new_public_id
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import require
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import Mandate, Person
from huiyin.people.operations.checks import check_mandate, checked_person, move, target_of
from huiyin.people.operations.contacts import set_contact_point
from huiyin.people.rules import Channel, standing, told_apart


class AlreadyEntered(Refusal):
    """Somebody who cannot be told from the new person stands on the register."""

    code: ClassVar[str] = "people.already_entered"


def enter_person(
    *,
    facts: PersonFacts,
    mandate: MandateFacts,
    mobile: str = "",
    evidence: str = "",
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Person:
    """Put a person with a first mandate on the register of the actor's office; the second post of one key is given
    the first result.

    evidence: how the office made sure of the mobile; without it the number is kept unverified. Raises NotAllowed,
    FactsWrong, MandateWrong, NoLiaisonOfficer, AlreadyEntered, kernel.MobileInvalid, PhoneTaken."""
    first = _already(actor, request_key)
    if first is not None:
        return first
    try:
        return _enter(
            facts=facts, mandate=mandate, mobile=mobile, evidence=evidence, request_key=request_key, actor=actor, at=at
        )
    except (IntegrityError, AlreadyEntered):  # the other half of a double click was faster
        first = _already(actor, request_key)
        if first is None:
            raise
        return first


def _already(actor: PostActor, request_key: UUID) -> Person | None:
    return Person.objects.filter(entered_by=actor.post, request_key=request_key).first()


@operation
def _enter(
    *,
    facts: PersonFacts,
    mandate: MandateFacts,
    mobile: str,
    evidence: str,
    request_key: UUID,
    actor: PostActor,
    at: datetime,
) -> Person:
    require(actor, "people.enter")
    office = actor.post.procuratorate
    facts = checked_person(facts, at.date())
    check_mandate(mandate, office, at.date())
    Procuratorate.objects.select_for_update(no_key=True).get(pk=office.pk)  # names are compared one entry at a time
    _refuse_known(facts, mandate, actor)
    person = Person.objects.create(
        public_id=new_public_id(), procuratorate=office, entered_by=actor.post, entered_at=at,
        request_key=request_key, **vars(facts),
    )  # fmt: skip
    Mandate.objects.create(person=person, **vars(mandate))
    if mobile:
        set_contact_point(
            person=person, channel=Channel.MOBILE, value=mobile, evidence=evidence, version=person.version,
            actor=actor, at=at,
        )  # fmt: skip
    held = standing(mandate.kind, mandate.level, mandate.term)
    record("people.person_entered", actor=actor, target=target_of(person), at=at, mandate=held)
    return person


def _refuse_known(facts: PersonFacts, mandate: MandateFacts, actor: PostActor) -> None:
    same_name = Person.objects.filter(procuratorate=actor.post.procuratorate, name=facts.name)
    for known in same_name.prefetch_related("mandates"):
        for held in known.mandates.all():
            if (held.kind, held.level, held.term) != (mandate.kind, mandate.level, mandate.term):
                continue
            if not told_apart(mandate.number, facts.birth_year, held.number, known.birth_year):
                where = f"（{held.delegation}）" if held.delegation else ""
                raise AlreadyEntered(
                    f"名册上已有{standing(held.kind, held.level, held.term)}{known.name}{where}。"
                    "如果是同名的另一位，请填写证号或者出生年，以便区分。"
                )
        if facts.birth_year and known.birth_year == facts.birth_year:
            raise AlreadyEntered(
                f"名册上已有{facts.birth_year}年出生的{known.name}。如果是同一个人，请打开其页面增加身份，不用再录入。"
            )


@operation
def change_person(*, person: Person, facts: PersonFacts, version: int, actor: PostActor, at: datetime) -> Person:
    """Change what is said of a person. Raises NotAllowed, FactsWrong, PersonMovedOn."""
    require(actor, "people.change", person)
    said = vars(checked_person(facts, at.date()))
    changed = changes(person, said)
    move(person, version=version, **said)
    record("people.person_changed", actor=actor, target=target_of(person), at=at, changes=changed)
    return person
