"""A corrected lead takes the former one's place in everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import delivered, fresh
from tests.support.world import World

from huiyin.exchange.queries import account_of, cards_of
from huiyin.exchange.shapes import PROGRESS
from huiyin.matters.models import Matter
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import RatingSource
from huiyin.messaging.operations import bind
from huiyin.people.models import Mandate, Person
from huiyin.suggestions.operations.correct import TooLateToCorrect, correct_suggestion, facts_now


def _led_by(world: World, matter: Matter, at: datetime, name: str) -> None:
    correct_suggestion(
        matter=matter, correction=replace(facts_now(matter), lead=name), reason="人大来函更正",
        actor=world.act("officer_wang"), version=matter.version, at=at,
    )  # fmt: skip


class TestAnotherLead:
    @pytest.fixture
    def matter(self, in_force: World, deputies: dict[str, Person], at: datetime) -> Matter:
        """Of 张示例, who reads its card on the phone; 李样本 has an account too."""
        for who in ("zhang", "li"):
            person = deputies[who]
            bind(
                person=person, contact_point=person.contact_points.get(), evidence="当面核对",
                actor=in_force.act("officer_wang"), at=at,
            )  # fmt: skip
        return registered(in_force, at)

    def test_is_the_deputy_of_the_register_with_mandate_and_officer(
        self, matter: Matter, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        Mandate.objects.filter(person=deputies["li"]).update(liaison_officer=in_force.posts["officer_wang"])
        _led_by(in_force, matter, at, "李样本")
        lead = matter.participants.get(position=0)
        assert (lead.name, lead.delegation, lead.person) == ("李样本", "第一代表团", deputies["li"])
        assert lead.mandate is not None
        assert matter.liaison_officer == in_force.posts["officer_wang"]

    def test_gets_the_card_that_the_former_one_loses(
        self, matter: Matter, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        assert (_has_card(deputies["zhang"]), _has_card(deputies["li"])) == (True, False)
        _led_by(in_force, matter, at, "李样本")
        assert (_has_card(deputies["zhang"]), _has_card(deputies["li"])) == (False, True)

    def test_leaves_the_card_to_a_former_lead_who_signed_beside(
        self, in_force: World, matter: Matter, deputies: dict[str, Person], at: datetime
    ) -> None:
        matter.participants.create(role="cosigner", position=1, name="张示例", person=deputies["zhang"])
        _led_by(in_force, matter, at, "李样本")
        assert _has_card(deputies["zhang"])

    def test_unknown_to_the_register_has_no_person_and_no_officer(
        self, matter: Matter, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        _led_by(in_force, matter, at, "周未知")
        lead = matter.participants.get(position=0)
        assert (lead.name, lead.person, lead.mandate, matter.liaison_officer) == ("周未知", None, None, None)
        assert not _has_card(deputies["zhang"])

    def test_is_refused_once_the_former_one_has_rated(
        self, matter: Matter, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        letter = delivered(in_force, in_hand(in_force, at, matter), at)
        facts = RatingFacts(source=RatingSource.ORAL, attitude="satisfied", result="satisfied", rated_on=at.date())
        lead = matter.participants.get(position=0)
        record_rating(reply=letter, participant=lead, facts=facts, actor=in_force.act("officer_wang"), at=at)
        with pytest.raises(TooLateToCorrect, match="张示例已经对答复作出评价"):
            _led_by(in_force, fresh(letter).matter, at, "李样本")
        lead.refresh_from_db()
        assert (lead.name, lead.person) == ("张示例", deputies["zhang"])


def _has_card(person: Person) -> bool:
    account = account_of(f"p:{person.pk}")
    assert account is not None
    return cards_of(account, PROGRESS).exists()
