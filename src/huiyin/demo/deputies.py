"""Invented deputies of 样本市第十六届人大, bound to telephone numbers that cannot be dialled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from huiyin.demo.offices import Offices
from huiyin.demo.road import key_for
from huiyin.messaging.operations import bind
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.models import Person
from huiyin.people.operations import enter_person
from huiyin.people.rules import CongressLevel, MandateKind

SINCE: Final = date(2022, 1, 10)
DEPUTIES: Final = {
    "zhang": ("张示例", "第三代表团", "样本市第一中学教师", "教育"),
    "li": ("李样本", "第一代表团", "示例律师事务所律师", "法律"),
    "wang": ("王虚构", "第二代表团", "演示县虚构镇农民", "农业"),
    "zhao": ("赵占位", "第二代表团", "占位物流公司职工", "物流"),
    "qian": ("钱练习", "第四代表团", "样本市文化馆馆员", "文化"),
    "ayi": ("阿依·示例", "第三代表团", "沙盒区医院医生", "医疗"),
    "rare": ("䶮演示", "第一代表团", "样本市工程师", "工程"),
}


def enter_deputies(offices: Offices, at: datetime) -> dict[str, Person]:
    """Enter them on the register, in the care of 连络员, with mobiles verified and bound."""
    return {key: _deputy(offices, place, *who, at) for place, (key, who) in enumerate(DEPUTIES.items(), start=1)}


def _deputy(
    offices: Offices, place: int, name: str, delegation: str, unit: str, profession: str, at: datetime
) -> Person:
    officer = offices.act("officer_wang")
    person = enter_person(
        facts=PersonFacts(name=name, unit_post=unit, profession=profession),
        mandate=MandateFacts(
            kind=MandateKind.DEPUTY, level=CongressLevel.CITY, body=offices.bodies["congress"], term=16,
            delegation=delegation, number=f"16{place:03d}", from_on=SINCE,
            liaison_officer=offices.posts["liaison_officer"],
        ),
        mobile=f"1000000{place:04d}", evidence="当面核对", request_key=key_for("deputy", name), actor=officer, at=at,
    )  # fmt: skip
    bind(person=person, contact_point=person.contact_points.get(), evidence="当面核对", actor=officer, at=at)
    return person
