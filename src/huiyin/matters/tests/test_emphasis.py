"""A matter is made a key one under a leader, an ordinary one again, urgent; each with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.support.history import in_hand
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.operations.emphasis import CannotEmphasise, lower_from_key, raise_to_key, set_urgency
from huiyin.matters.rules import Urgency
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.operations.classify import WeighedByItself, classify


def raised(world: World, matter: Matter, at: datetime, **changes: Any) -> Matter:
    usual = {
        "criteria": ["综合性强"], "reason": "", "leader": world.posts["chief"], "version": matter.version,
        "actor": world.act("officer_wang"),
    }  # fmt: skip
    return raise_to_key(matter=matter, at=at, **usual | changes)


class TestAKeyMatter:
    def test_has_its_criteria_and_a_leader_and_everyone_is_told(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter = raised(in_force, in_hand(in_force, at), at)
        assert (matter.is_key, matter.key_reason, matter.leader) == (True, "综合性强", in_force.posts["chief"])
        told = set(Message.objects.filter(event_key__startswith="emphasis:").values_list("title", flat=True))
        assert told == {"列为重点：162001"}
        assert Record.objects.get(verb="matters.raised_to_key").facts["before"] == in_force.posts["deputy_chief"].label
        with pytest.raises(CannotEmphasise, match="已经列为重点"):
            raised(in_force, matter, at)
        lowered = lower_from_key(
            matter=matter, reason="问题已单一", actor=in_force.act("office_head"), version=matter.version, at=at
        )
        assert (lowered.is_key, lowered.key_reason, lowered.emphases.count()) == (False, "", 2)

    def test_needs_a_criterion_of_the_book_and_a_leader_in_office(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter = in_hand(in_force, at)
        for wrong in ({"criteria": []}, {"criteria": ["自创标准"]}, {"leader": in_force.posts["office_head"]}):
            with pytest.raises(CannotEmphasise):
                raised(in_force, matter, at, **wrong)
        with pytest.raises(NotAllowed):
            raised(in_force, matter, at, actor=in_force.act("handler_second"))


class TestAnUrgentMatter:
    def test_is_pressed_with_a_reason_and_not_by_classifying_again(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter = in_hand(in_force, at)
        officer = in_force.act("officer_wang")
        with pytest.raises(WeighedByItself):
            classify(
                matter=matter, category="", problem_class=None, is_key=False, urgency=Urgency.URGENT, actor=officer,
                version=matter.version, at=at,
            )  # fmt: skip
        with pytest.raises(CannotEmphasise, match="理由"):
            set_urgency(matter=matter, urgent=True, reason=" ", actor=officer, version=matter.version, at=at)
        set_urgency(matter=matter, urgent=True, reason="学生已有伤害", actor=officer, version=matter.version, at=at)
        assert matter.is_urgent
        set_urgency(matter=matter, urgent=False, reason="险情解除", actor=officer, version=matter.version, at=at)
        assert [each.words for each in matter.emphases.all()] == ["加急：学生已有伤害", "不再加急：险情解除"]
