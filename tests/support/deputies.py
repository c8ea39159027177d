"""Invented deputies of 样本市第十六届人大, on the register of the city procuratorate."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.kernel.ids import new_public_id
from huiyin.people.models import ContactPoint, Mandate, Person
from huiyin.people.rules import Channel, CongressLevel, MandateKind
from tests.support.world import World

SINCE = date(2022, 1, 10)


@pytest.fixture
def deputies(world: World) -> dict[str, Person]:
    """Persons by key: zhang (张示例, 教育界代表), li (李样本, with six co-signers), wang, zhao, qian."""
    return {key: _deputy(world, place, *facts) for place, (key, facts) in enumerate(_DEPUTIES.items(), start=1)}


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
    person = Person.objects.create(public_id=new_public_id(), procuratorate=world.city, name=name)
    phone = f"1000000{place:04d}"
    ContactPoint.objects.create(person=person, channel=Channel.MOBILE, value=phone, blind_index=phone)
    Mandate.objects.create(
        person=person, kind=MandateKind.DEPUTY, level=CongressLevel.CITY, body=world.bodies["congress"], term=16,
        delegation=delegation, liaison_officer=world.posts["liaison_officer"], from_on=SINCE,
    )  # fmt: skip
    return person
