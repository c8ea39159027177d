"""A new deputy's facts, and a short way to enter one."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.operations import enter_person
from huiyin.people.rules import CongressLevel, MandateKind


@pytest.fixture
def mandate(world):
    """A mandate of 样本市第十六届人大, some facts said otherwise: mandate(term=17)."""

    def of(**other):
        usual = {
            "kind": MandateKind.DEPUTY, "level": CongressLevel.CITY, "term": 16, "body": world.bodies["congress"],
            "delegation": "第五代表团", "from_on": date(2022, 1, 10),
        }  # fmt: skip
        return MandateFacts(**usual | other)

    return of


@pytest.fixture
def enter(world, mandate, at):
    """Enter 孙假名 as 王联络 does: enter(name=…, mobile=…, mandate={…}, by="officer_wang")."""

    def act(*, mobile="", evidence="当面核对", by="officer_wang", key=None, held=None, **facts):
        return enter_person(
            facts=PersonFacts(**{"name": "孙假名", "birth_year": 1975} | facts),
            mandate=mandate(**(held or {})),
            mobile=mobile,
            evidence=evidence,
            request_key=key or uuid.uuid4(),
            actor=world.act(by),
            at=at,
        )

    return act
