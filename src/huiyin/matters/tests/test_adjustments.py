"""Asking for another department, and the leader deciding again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.support.history import assigned, part_of
from tests.support.world import World

from huiyin.matters.models import Adjustment, Matter
from huiyin.matters.operations.adjustments import (
    AdjustmentDecided,
    AdjustmentNotReady,
    AdjustmentTooLate,
    NoNewDepartment,
    NotThisLeader,
    ask_adjustment,
    decide_adjustment,
    note_adjustment,
)
from huiyin.matters.rules import Status, UndertakingStatus
from huiyin.messaging.models import Message


def _asked(world: World, matter: Matter, at: datetime, proposed: str = "third") -> Adjustment:
    part = part_of(matter, world)
    return ask_adjustment(
        undertaking=part, reason="属公益诉讼业务", proposed_department=world.departments[proposed],
        actor=world.act("head_second"), version=part.version, at=at,
    )  # fmt: skip


def _noted(world: World, at: datetime) -> Adjustment:
    asked = _asked(world, assigned(world, at), at)
    return note_adjustment(adjustment=asked, opinion="建议改派。", actor=world.act("officer_wang"), at=at)


def _decided(
    world: World, adjustment: Adjustment, at: datetime, verdict: str, who: str = "deputy_chief", **more: object
) -> Adjustment:
    adjustment = Adjustment.objects.select_related(
        "undertaking__matter__procuratorate", "undertaking__matter__leader", "proposed_department"
    ).get(pk=adjustment.pk)
    return decide_adjustment(
        adjustment=adjustment, verdict=verdict, actor=world.act(who), version=adjustment.undertaking.version, at=at,
        **more,
    )  # fmt: skip


class TestAskAdjustment:
    def test_stands_as_待协调_until_decided(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        _asked(in_force, matter, at)
        part = part_of(matter, in_force)
        assert (part.status, part.get_status_display()) == (UndertakingStatus.ADJUSTING, "待协调")

    def test_tells_the_liaison_office(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        _asked(in_force, matter, at)
        assert Message.objects.filter(
            post=in_force.posts["officer_wang"], title=f"待协调：{matter.external_number}"
        ).exists()

    def test_is_taken_on_the_last_of_the_books_days(self, in_force: World, at: datetime) -> None:
        assert _asked(in_force, assigned(in_force, at), at.replace(day=10, hour=23)).pk

    def test_is_refused_a_day_later(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        with pytest.raises(AdjustmentTooLate, match="3月10日"):
            _asked(in_force, matter, at.replace(day=11, hour=0))

    def test_is_refused_towards_the_same_department(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        with pytest.raises(NoNewDepartment):
            _asked(in_force, matter, at, proposed="second")


class TestDecideAdjustment:
    def test_moves_the_part_with_its_date_to_the_other_department(self, in_force: World, at: datetime) -> None:
        _decided(in_force, _noted(in_force, at), at, "move")
        matter = Matter.objects.get()
        part = part_of(matter, in_force, "third")
        assert (part.status, matter.status) == (UndertakingStatus.ASSIGNED, Status.ASSIGNED)
        assert part.deadlines.get(limit_code="DEPT_HANDLE").due_on == date(2026, 5, 6)

    def test_ends_the_dates_of_the_department_that_asked(self, in_force: World, at: datetime) -> None:
        adjustment = _noted(in_force, at)
        _decided(in_force, adjustment, at, "move")
        assert not adjustment.undertaking.deadlines.filter(met_at=None, dropped_at=None).exists()

    def test_lets_the_leader_choose_yet_another_department(self, in_force: World, at: datetime) -> None:
        _decided(in_force, _noted(in_force, at), at, "move", department=in_force.departments["first"])
        assert part_of(Matter.objects.get(), in_force, "first").status == UndertakingStatus.ASSIGNED

    def test_keeps_the_routing_and_sets_the_days_to_sign_anew(self, in_force: World, at: datetime) -> None:
        later = at + timedelta(days=6)
        adjustment = _decided(in_force, _noted(in_force, at), later, "keep", instruction="仍由未检部办理。")
        part = adjustment.undertaking
        assert part.status == UndertakingStatus.ASSIGNED
        assert part.deadlines.get(limit_code="SUG_ADJUST", met_at=None).starts_on == later.date()

    def test_is_not_asked_again_after_it_was_kept(self, in_force: World, at: datetime) -> None:
        adjustment = _decided(in_force, _noted(in_force, at), at, "keep")
        with pytest.raises(AdjustmentDecided):
            _asked(in_force, adjustment.undertaking.matter, at)

    def test_is_refused_before_the_office_has_spoken(self, in_force: World, at: datetime) -> None:
        asked = _asked(in_force, assigned(in_force, at), at)
        with pytest.raises(AdjustmentNotReady):
            _decided(in_force, asked, at, "keep")

    def test_is_refused_to_another_leader(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotThisLeader, match="傅检"):
            _decided(in_force, _noted(in_force, at), at, "keep", who="chief")

    def test_is_refused_twice(self, in_force: World, at: datetime) -> None:
        adjustment = _noted(in_force, at)
        _decided(in_force, adjustment, at, "keep")
        with pytest.raises(AdjustmentDecided):
            _decided(in_force, adjustment, at, "move")
