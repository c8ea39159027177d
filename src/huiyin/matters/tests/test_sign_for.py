"""A department signs for its part."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.support.history import assigned, in_hand, part_of
from tests.support.letters import sign, submitted
from tests.support.world import World

from huiyin.approvals.rules import Verdict
from huiyin.matters.models import Undertaking
from huiyin.matters.operations.undertakings import HandlerNotOfDepartment, Part, change_handler, sign_for
from huiyin.matters.rules import HandlerRole, MatterMovedOn, Status, StepNotAllowed, UndertakingStatus
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed


def _sign(
    world: World, part: Undertaking, at: datetime, *, who: str = "head_second", handler: str = "handler_second"
) -> None:
    sign_for(undertaking=part, handler=world.posts[handler], actor=world.act(who), version=part.version, at=at)


class TestSignFor:
    def test_names_the_handler_and_begins_the_handling(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        part = part_of(matter, in_force)
        assert (part.status, part.handler) == (UndertakingStatus.IN_HAND, in_force.posts["handler_second"])
        assert matter.status == Status.IN_HAND

    def test_meets_the_days_for_signing(self, in_force: World, at: datetime) -> None:
        part = part_of(in_hand(in_force, at), in_force)
        assert part.deadlines.get(limit_code="SUG_ADJUST").met_at is not None

    def test_tells_the_handler(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        told = Message.objects.get(post=in_force.posts["handler_second"], title="交您承办：162001")
        assert f"162001《{matter.title}》" in told.body

    def test_waits_for_the_lead_department_when_an_assistant_signs_first(self, in_force: World, at: datetime) -> None:
        parts = (
            Part(role=HandlerRole.LEAD, department=in_force.departments["second"]),
            Part(role=HandlerRole.ASSIST, department=in_force.departments["first"]),
        )
        matter = assigned(in_force, at, parts=parts)
        _sign(in_force, part_of(matter, in_force, "first"), at, who="head_first", handler="handler_first")
        matter.refresh_from_db()
        assert matter.status == Status.ASSIGNED
        _sign(in_force, part_of(matter, in_force), at)
        matter.refresh_from_db()
        assert matter.status == Status.IN_HAND

    def test_refuses_the_head_of_another_department(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        with pytest.raises(NotAllowed):
            _sign(in_force, part, at, who="head_first")

    def test_refuses_a_handler_of_another_department(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        with pytest.raises(HandlerNotOfDepartment):
            _sign(in_force, part, at, handler="handler_first")

    def test_takes_the_second_click_for_what_it_is(self, in_force: World, at: datetime) -> None:
        part = part_of(assigned(in_force, at), in_force)
        twin = Undertaking.objects.get(pk=part.pk)
        _sign(in_force, part, at)
        with pytest.raises(MatterMovedOn):
            _sign(in_force, twin, at)
        with pytest.raises(StepNotAllowed):
            _sign(in_force, part, at)


class TestChangeHandler:
    def test_hands_the_matter_to_a_colleague(self, in_force: World, at: datetime) -> None:
        part = part_of(in_hand(in_force, at), in_force)
        change_handler(
            undertaking=part, handler=in_force.posts["head_second"], actor=in_force.act("head_second"),
            version=part.version, at=at + timedelta(days=1),
        )  # fmt: skip
        assert (part.handler, part.status) == (in_force.posts["head_second"], UndertakingStatus.IN_HAND)

    def test_is_open_after_the_letter_came_back(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at)
        sign(in_force, submitted(in_force, matter, at), at, verdict=Verdict.RETURN, opinion="请补充措施。")
        part = part_of(matter, in_force)
        change_handler(
            undertaking=part, handler=in_force.posts["head_second"], actor=in_force.act("head_second"),
            version=part.version, at=at,
        )  # fmt: skip
        assert part.handler == in_force.posts["head_second"]
