"""What is said of a person and of a mandate when they come on the register, by hand or from a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.organisations.models import CongressBody, Post


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Who somebody is. sex after GB/T 2261.1, ethnicity after GB/T 3304."""

    name: str
    sex: str = "0"
    ethnicity: str = ""
    birth_year: int | None = None
    unit_post: str = ""
    profession: str = ""
    assistance: str = ""


@dataclass(frozen=True, kw_only=True)
class MandateFacts:
    """What somebody is to us, from a day on; until_on: the first day no longer held."""

    kind: str
    level: str = ""
    body: CongressBody | None = None
    term: int | None = None
    delegation: str = ""
    number: str = ""
    liaison_officer: Post | None = None
    from_on: date
    until_on: date | None = None
