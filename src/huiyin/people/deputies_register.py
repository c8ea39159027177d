"""What the house knows already while a register of deputies is read: its persons by name, its officers by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from huiyin.imports.registry import Context, Values
from huiyin.kernel.crypto import index_text
from huiyin.organisations.models import CongressBody, Post
from huiyin.people.models import Mandate, Person
from huiyin.people.queries import officers_of, with_list_facts
from huiyin.people.rules import ETHNICITIES, SEX_LABELS, standing, told_apart


@dataclass(frozen=True)
class Known:
    """A person of the house and the mandate a row speaks of, or the last one where the row brings a new one."""

    person: Person
    mandate: Mandate
    is_new_term: bool

    @property
    def phone(self) -> str:
        """The current mobile."""
        mobiles: list[Any] = self.person.mobiles  # type: ignore[attr-defined]
        return str(mobiles[0].value) if mobiles else ""

    def values(self) -> Values:
        """As a row says it."""
        person, held = self.person, self.mandate
        return {
            "sex": SEX_LABELS[person.sex] if person.sex != "0" else "",
            "ethnicity": ETHNICITIES.get(person.ethnicity, ""),
            "birth_year": person.birth_year,
            "unit_post": person.unit_post,
            "profession": person.profession,
            "phone": self.phone,
            "delegation": held.delegation,
            "number": held.number,
            "officer": held.liaison_officer.staff.name if held.liaison_officer else "",
            "standing": standing(held.kind, held.level, held.term),
        }


@dataclass
class Register:
    """The office's persons and officers, read once a list."""

    kind: str
    level: str
    persons: dict[int, Person]
    officers: dict[str, list[Post]]
    body: CongressBody | None
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    owner_of: dict[str, int] = field(default_factory=dict)  # mobile → person
    phones_read: dict[str, str] = field(default_factory=dict)  # mobile → the name it first stood beside

    @classmethod
    def of(cls, context: Context) -> Register:
        """Read it."""
        office, header = context.procuratorate, context.header
        found = Person.objects.filter(procuratorate=office).order_by("id")
        persons = {person.pk: person for person in with_list_facts(found, contacts=True)}
        officers: dict[str, list[Post]] = defaultdict(list)
        for post in officers_of(office, context.at.date()):
            officers[post.staff.name].append(post)
        key = str(header.get("body") or "")
        body = CongressBody.objects.filter(procuratorate=office, pk=key).first() if key.isdecimal() else None
        register = cls(str(header["kind"]), str(header["level"]), persons, officers, body)
        for person in persons.values():
            register.by_name[index_text(person.name)].append(person)
            for point in person.mobiles:  # type: ignore[attr-defined]
                register.owner_of[point.value] = person.pk
        return register

    def by_key(self, pk: int, term: int) -> Known | None:
        """A person that was matched before."""
        person = self.persons.get(pk)
        if person is None:
            return None
        held = [mandate for _, mandate in self._held([person], term)]
        return Known(person, held[0], is_new_term=False) if held else self._newest(person)

    def match(self, name: str, term: int, number: str, birth_year: int | None) -> tuple[Known | None, str]:
        """Whom a row means; with several of whom none can be told apart: the sentence that asks for more."""
        named = self.by_name.get(index_text(name), [])
        same = [
            Known(person, held, is_new_term=False)
            for person, held in self._held(named, term)
            if not told_apart(number, birth_year, held.number, person.birth_year)
        ]
        surest = [known for known in same if number and known.mandate.number == number] or same
        if len(surest) > 1:
            return None, "名册上有几位同名的，请在这一行填写证号或者出生年，以便区分。"
        if surest:
            return surest[0], ""
        again = [person for person in named if birth_year and person.birth_year == birth_year]
        return (self._newest(again[0]), "") if len(again) == 1 else (None, "")

    def _held(self, persons: Iterable[Person], term: int) -> Iterable[tuple[Person, Mandate]]:
        wanted = (self.kind, self.level, term)
        for person in persons:
            for held in person.mandates.all():
                if (held.kind, held.level, held.term) == wanted:
                    yield person, held

    def _newest(self, person: Person) -> Known | None:
        mandates = list(person.mandates.all())
        alike = [held for held in mandates if (held.kind, held.level) == (self.kind, self.level)]
        newest = next(iter(alike or mandates), None)
        return None if newest is None else Known(person, newest, is_new_term=True)
