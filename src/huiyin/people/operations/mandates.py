"""Mandates: what a person is to us, from when until when, and who looks after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from huiyin.audit.facts import changes
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import overlap
from huiyin.people.facts import MandateFacts
from huiyin.people.models import Mandate, Person
from huiyin.people.operations.checks import check_mandate, check_officer, move, target_of
from huiyin.people.rules import standing


class AlreadyHolds(Refusal):
    """The person holds a mandate of this kind and level in that period."""

    code: ClassVar[str] = "people.already_holds"


class AlreadyEnded(Refusal):
    """The mandate ended before."""

    code: ClassVar[str] = "people.already_ended"


class EndsTooEarly(Refusal):
    """A mandate cannot end before it begins."""

    code: ClassVar[str] = "people.ends_too_early"


@operation
def add_mandate(*, person: Person, facts: MandateFacts, version: int, actor: PostActor, at: datetime) -> Mandate:
    """Give a person another mandate. Raises NotAllowed, MandateWrong, NoLiaisonOfficer, AlreadyHolds, PersonMovedOn."""
    require(actor, "people.add_mandate", person)
    check_mandate(facts, person.procuratorate, at.date())
    _refuse_overlap(person, facts)
    move(person, version=version)
    mandate = Mandate.objects.create(person=person, **vars(facts))
    record(
        "people.mandate_added", actor=actor, target=target_of(person), at=at, mandate=_in_words(mandate),
        from_on=facts.from_on, until_on=facts.until_on,
    )  # fmt: skip
    return mandate


@operation
def change_mandate(*, mandate: Mandate, facts: MandateFacts, version: int, actor: PostActor, at: datetime) -> Mandate:
    """Correct what is said of a mandate. Raises NotAllowed, MandateWrong, NoLiaisonOfficer, AlreadyHolds,
    PersonMovedOn."""
    person = mandate.person
    require(actor, "people.change_mandate", person)
    # an officer who has left the post since stays with a mandate until it is entrusted to somebody else
    officer = None if facts.liaison_officer == mandate.liaison_officer else facts.liaison_officer
    check_mandate(replace(facts, liaison_officer=officer), person.procuratorate, at.date())
    _refuse_overlap(person, facts, besides=mandate)
    changed = changes(mandate, vars(facts))
    move(person, version=version)
    for name, value in vars(facts).items():
        setattr(mandate, name, value)
    mandate.save(update_fields=list(vars(facts)))
    record("people.mandate_changed", actor=actor, target=target_of(person), at=at, changes=changed)
    return mandate


@operation
def end_mandate(
    *, mandate: Mandate, until_on: date, reason: str, version: int, actor: PostActor, at: datetime
) -> Mandate:
    """End a mandate; until_on: the first day no longer held. Raises NotAllowed, AlreadyEnded, EndsTooEarly,
    PersonMovedOn."""
    person = mandate.person
    require(actor, "people.end_mandate", person)
    if mandate.until_on is not None and mandate.until_on <= at.date():
        raise AlreadyEnded(f"{person.name}的{_in_words(mandate)}身份已于{mandate.until_on:%Y-%m-%d}终止。")
    if until_on <= mandate.from_on:
        raise EndsTooEarly(f"终止日应晚于起日{mandate.from_on:%Y-%m-%d}，请核对。")
    move(person, version=version)
    mandate.until_on, mandate.end_reason = until_on, clip(normalise(reason), 60)
    mandate.save(update_fields=["until_on", "end_reason"])
    record(
        "people.mandate_ended", actor=actor, target=target_of(person), at=at, mandate=_in_words(mandate),
        until_on=until_on, reason=mandate.end_reason,
    )  # fmt: skip
    return mandate


@operation
def assign_officer(*, mandate: Mandate, officer: Post | None, version: int, actor: PostActor, at: datetime) -> Mandate:
    """Entrust a deputy to a liaison officer, or to nobody for the time being. Raises NotAllowed, NoLiaisonOfficer,
    PersonMovedOn."""
    person = mandate.person
    require(actor, "people.assign_officer", person)
    check_officer(officer, person.procuratorate, at.date())
    before = mandate.liaison_officer_id
    move(person, version=version)
    mandate.liaison_officer = officer
    mandate.save(update_fields=["liaison_officer"])
    now = officer.pk if officer else None
    record("people.officer_assigned", actor=actor, target=target_of(person), at=at, officer=[before, now])
    return mandate


def _refuse_overlap(person: Person, facts: MandateFacts, *, besides: Mandate | None = None) -> None:
    for held in person.mandates.filter(kind=facts.kind, level=facts.level):
        if held != besides and overlap(held.from_on, held.until_on, facts.from_on, facts.until_on):
            raise AlreadyHolds(
                f"{person.name}已登记为{_in_words(held)}，任期从{held.from_on:%Y-%m-%d}起，与这次填写的重叠。"
                "换届的，请先终止原来的身份。"
            )


def _in_words(mandate: Mandate) -> str:
    return standing(mandate.kind, mandate.level, mandate.term)
