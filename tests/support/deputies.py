"""Invented deputies of 样本市第十六届人大, on the register of the city procuratorate."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import Person
from huiyin.people.operations import enter_person
from huiyin.people.rules import CongressLevel, MandateKind
from tests.support.once import once
from tests.support.world import World, moment

SINCE = date(2022, 1, 10)


@pytest.fixture
def deputies(world: World) -> dict[str, Person]:
    """Persons by key: zhang (张示例, 教育界代表), li (李样本, with six co-signers), wang, zhao, qian."""
    numbered = enumerate(_DEPUTIES.items(), start=1)
    return once("deputies", lambda: {key: _deputy(world, place, *facts) for place, (key, facts) in numbered})


_DEPUTIES = {
    "zhang": ("张示例", "第三代表团"),
    "li": ("李样本", "第一代表团"),
    "wang": ("王虚构", "第二代表团"),
    "zhao": ("赵占位", "第二代表团"),
    "qian": ("钱练习", "第四代表团"),
    "ayi": ("阿依·示例", "第三代表团"),
    "rare": ("䶮演示", "第一代表团"),
}


def _deputy(world: World, place: int, name: str, delegation: str) -> Person:
    """Entered by the liaison office in the care of 连络员, the mobile 1000000NNNN verified."""
    return enter_person(
        facts=PersonFacts(name=name),
        mandate=MandateFacts(
            kind=MandateKind.DEPUTY, level=CongressLevel.CITY, body=world.bodies["congress"], term=16,
            delegation=delegation, liaison_officer=world.posts["liaison_officer"], from_on=SINCE,
        ),
        mobile=f"1000000{place:04d}",
        evidence="当面核对",
        request_key=uuid.uuid5(uuid.NAMESPACE_OID, name),
        actor=world.act("officer_wang"),
        at=moment("2022-01-10 09:00"),
    )  # fmt: skip
