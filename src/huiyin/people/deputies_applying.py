"""A line of a register of deputies becomes a person, or changes one; always inside the flip's operation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from huiyin.imports.registry import Context, Row, Values
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.rules import overlap
from huiyin.people.deputies_register import Register
from huiyin.people.ethnicities import ethnicity_code
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import Person
from huiyin.people.operations.contacts import set_contact_point
from huiyin.people.operations.mandates import add_mandate, assign_officer, change_mandate, end_mandate
from huiyin.people.operations.persons import change_person, enter_person
from huiyin.people.rules import SEX_LABELS, Channel

OF_PERSON: Final = frozenset({"sex", "ethnicity", "birth_year", "unit_post", "profession"})
_SEX_CODES: Final = {label: code for code, label in SEX_LABELS.items()}


def bring_in(row: Row, register: Register, context: Context, actor: PostActor) -> Person:
    """A new person with mandate, mobile and officer."""
    said = row.values
    facts = PersonFacts(name=said["name"], **_in_codes({name: said[name] for name in OF_PERSON}))
    key = f"{context.procuratorate.pk}:{said['name']}:{row.line}:{context.at.isoformat()}"
    return enter_person(
        facts=facts,
        mandate=_mandate(row, register, context),
        mobile=said["phone"],
        evidence=_evidence(context),
        request_key=uuid5(NAMESPACE_OID, key),
        actor=actor,
        at=context.at,
    )


def bring_up_to_date(person: Person, row: Row, register: Register, context: Context, actor: PostActor) -> None:
    """What differs, and nothing else."""
    said, changes = row.values, set(row.changes)
    if changes & OF_PERSON:
        stands = {name: getattr(person, name) for name in PersonFacts.__dataclass_fields__}
        facts = PersonFacts(**stands | _in_codes({name: said[name] for name in changes & OF_PERSON}))
        change_person(person=person, facts=facts, version=person.version, actor=actor, at=context.at)
    if "standing" in changes:
        _new_term(person, row, register, context, actor)
    else:
        _same_term(person, row, register, changes, context, actor)
    if "phone" in changes:
        set_contact_point(
            person=person, channel=Channel.MOBILE, value=said["phone"], evidence=_evidence(context),
            version=person.version, actor=actor, at=context.at,
        )  # fmt: skip


def _in_codes(said: Values) -> Values:
    """The words of a list as the register keeps them."""
    codes = dict(said)
    if "sex" in codes:
        codes["sex"] = _SEX_CODES.get(codes["sex"], "0")
    if codes.get("ethnicity"):
        codes["ethnicity"] = ethnicity_code(codes["ethnicity"])
    return codes


def _new_term(person: Person, row: Row, register: Register, context: Context, actor: PostActor) -> None:
    facts = _mandate(row, register, context)
    for held in person.mandates.filter(kind=facts.kind, level=facts.level):
        if held.from_on < facts.from_on and overlap(held.from_on, held.until_on, facts.from_on, facts.until_on):
            held.person = person
            end_mandate(
                mandate=held, until_on=facts.from_on, reason="换届", version=person.version, actor=actor, at=context.at
            )
    add_mandate(person=person, facts=facts, version=person.version, actor=actor, at=context.at)


def _same_term(
    person: Person, row: Row, register: Register, changes: Collection[str], context: Context, actor: PostActor
) -> None:
    held = person.mandates.filter(kind=register.kind, level=register.level, term=row.values["term"]).get()
    held.person = person
    if {"delegation", "number"} & set(changes):
        stands = {name: getattr(held, name) for name in MandateFacts.__dataclass_fields__}
        facts = MandateFacts(**stands | {name: row.values[name] for name in ("delegation", "number")})
        change_mandate(mandate=held, facts=facts, version=person.version, actor=actor, at=context.at)
    if "officer" in changes:
        officer = _officer(row, register)
        assign_officer(mandate=held, officer=officer, version=person.version, actor=actor, at=context.at)


def _mandate(row: Row, register: Register, context: Context) -> MandateFacts:
    return MandateFacts(
        kind=register.kind,
        level=register.level,
        body=register.body,
        term=row.values["term"],
        delegation=row.values["delegation"],
        number=row.values["number"],
        liaison_officer=_officer(row, register),
        from_on=date.fromisoformat(str(context.header["from_on"])),
    )


def _officer(row: Row, register: Register) -> Post | None:
    return next(iter(register.officers.get(row.values["officer"], [])), None)


def _evidence(context: Context) -> str:
    return str(context.header.get("evidence") or "")
