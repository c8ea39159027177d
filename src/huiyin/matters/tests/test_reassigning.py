"""Another department takes over what was signed for: proposed with a reason, decided by the leader who assigned it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import in_hand, part_of
from tests.support.world import World

from huiyin.matters.models import Matter, Reassignment
from huiyin.matters.operations.adjustments import NoNewDepartment, NotThisLeader
from huiyin.matters.operations.reassigning import (
    CannotReassign,
    ReassignFacts,
    decide_reassignment,
    propose_reassignment,
)
from huiyin.matters.rules import Status, UndertakingStatus
from huiyin.messaging.models import Message


def _proposed(world: World, matter: Matter, at: datetime, who: str = "officer_wang", **said: Any) -> Reassignment:
    facts = {"department": world.departments["third"], "reason": "立案后属公益诉讼业务", **said}
    return propose_reassignment(
        undertaking=part_of(matter, world),
        facts=ReassignFacts(**facts),
        request_key=uuid4(),
        actor=world.act(who),
        at=at,
    )


def _decided(
    world: World, proposed: Reassignment, at: datetime, who: str = "deputy_chief", **said: Any
) -> Reassignment:
    proposed = Reassignment.objects.select_related("undertaking__matter__procuratorate", "department").get(
        pk=proposed.pk
    )
    verdict = {"agreed": True, "opinion": "", **said}
    return decide_reassignment(
        proposed=proposed, actor=world.act(who), version=proposed.undertaking.version, at=at, **verdict
    )


class TestReassigning:
    def test_moves_the_part_with_its_day_and_tells_who_had_it(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        before = part_of(matter, in_force)
        day = before.deadlines.get(limit_code="DEPT_HANDLE").due_on
        proposed = _proposed(in_force, matter, at)
        assert (part_of(matter, in_force).status, proposed.verdict) == (UndertakingStatus.IN_HAND, "")
        _decided(in_force, proposed, at)
        after = part_of(matter, in_force, "third")
        matter.refresh_from_db()
        assert (after.status, matter.status) == (UndertakingStatus.ASSIGNED, Status.ASSIGNED)
        assert after.deadlines.get(limit_code="DEPT_HANDLE").due_on == day
        told = Message.objects.filter(post=in_force.posts["head_second"], title__startswith="已改派")
        assert "理由：立案后属公益诉讼业务" in told.get().body
        assert not Matter.objects.open_to(in_force.posts["head_second"]).filter(pk=matter.pk).exists()

    def test_explains_another_day(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        with pytest.raises(CannotReassign, match="期限"):
            _proposed(in_force, matter, at, due_on=date(2026, 5, 20))
        by_leader = _proposed(in_force, matter, at, "deputy_chief", due_on=date(2026, 5, 20), due_reason="重新调查")
        assert by_leader.verdict == "agreed"  # the leader himself decides in the same act
        day = part_of(matter, in_force, "third").deadlines.get(limit_code="DEPT_HANDLE")
        assert day.due_on == date(2026, 5, 20)
        assert "时定为2026年5月20日（周三）：重新调查" in day.explanation[0]

    def test_refuses_what_cannot_move(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        with pytest.raises(NoNewDepartment):
            _proposed(in_force, matter, at, department=in_force.departments["second"])
        proposed = _proposed(in_force, matter, at)
        with pytest.raises(CannotReassign, match="已经提出"):
            _proposed(in_force, matter, at)
        with pytest.raises(NotThisLeader, match="傅检"):
            _decided(in_force, proposed, at, "chief")
        with pytest.raises(CannotReassign, match="意见"):
            _decided(in_force, proposed, at, agreed=False)
        _decided(in_force, proposed, at, agreed=False, opinion="仍由未检部办。")
        with pytest.raises(CannotReassign, match="已经决定"):
            _decided(in_force, proposed, at)
        assert part_of(matter, in_force).status == UndertakingStatus.IN_HAND
