"""Persons as rows of a table and of a file; phones masked but in the full export, which has its own verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.kernel.text import mask_phone
from huiyin.people.models import Mandate, Person
from huiyin.people.rules import ETHNICITIES, SEX_LABELS, standing
from huiyin.web.sheets import Cell

COLUMNS: Final = (
    ("姓名", 12), ("性别", 6), ("民族", 10), ("出生年", 8), ("单位职务", 34), ("身份", 22), ("代表团或界别", 16),
    ("证号", 12), ("任期起", 12), ("任期止", 12), ("手机（隐去中间）", 16), ("专业领域", 16), ("联络员", 12),
)  # fmt: skip
WHOLE_COLUMNS: Final = tuple(("手机", width) if "手机" in heading else (heading, width) for heading, width in COLUMNS)


@dataclass(frozen=True)
class Row:
    """One person and the mandate that counts: the newest held, otherwise the newest."""

    person: Person
    mandate: Mandate | None
    others: int  # further mandates held
    mobile: str  # masked, or whole where the reader gave a reason
    verified: bool

    @property
    def standing(self) -> str:
        """市级第十六届人大代表."""
        return "" if self.mandate is None else standing(self.mandate.kind, self.mandate.level, self.mandate.term)

    @property
    def officer(self) -> str:
        """Who looks after them."""
        held = self.mandate.liaison_officer if self.mandate else None
        return held.staff.name if held else ""


def rows(persons: Iterable[Person], on: date, *, whole: bool = False) -> Iterator[Row]:
    """Rows of persons read by `with_list_facts`; whole: with phones as they are dialled."""
    for person in persons:
        mandates = list(person.mandates.all())
        held = [each for each in mandates if is_held(each, on)]
        points = getattr(person, "mobiles", [])
        point = points[0] if points else None
        yield Row(
            person=person,
            mandate=next(iter(held or mandates), None),
            others=max(len(held) - 1, 0),
            mobile=_shown(point.value or "", whole) if point else "",
            verified=bool(point and point.verified_at),
        )


def _shown(phone: str, whole: bool) -> str:
    return phone if whole else mask_phone(phone)


def is_held(mandate: Mandate, on: date) -> bool:
    """Whether a mandate is held on a day."""
    ended = mandate.until_on is not None and mandate.until_on <= on
    return mandate.from_on <= on and not ended and (mandate.suspended_on is None or mandate.suspended_on > on)


def cells(row: Row) -> list[Cell]:
    """A row of the exported file, in the order of COLUMNS."""
    person, held = row.person, row.mandate
    sex = SEX_LABELS[person.sex] if person.sex != "0" else ""
    who: list[Cell] = [person.name, sex, ETHNICITIES.get(person.ethnicity, ""), person.birth_year, person.unit_post]
    what: list[Cell] = [row.standing, held.delegation, held.number] if held else ["", "", ""]
    when: list[Cell] = [_day(held.from_on), _day(held.until_on)] if held else ["", ""]
    return [*who, *what, *when, row.mobile, person.profession, row.officer]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
