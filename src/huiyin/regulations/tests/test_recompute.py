"""Open dates computed anew, in steps, by whoever keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.audit.models import Record
from huiyin.regulations import registry
from huiyin.regulations.models import Recomputation
from huiyin.regulations.operations import put_in_force, recompute_waiting
from huiyin.regulations.queries import preview
from huiyin.regulations.registry import MatterDates, Moves, Step


class InventedKeeper:
    """Keeps five dates with the ids 1 to 5, two a step; each moves once."""

    def __init__(self) -> None:
        self.asked = []
        self.moved = set()

    def recompute(self, *, after, scope, stacks, calendar, cause, at) -> Step:
        self.asked.append((after, scope, cause))
        ids = [each for each in range(1, 6) if each > after][:2]
        fresh = set(ids) - self.moved
        self.moved |= fresh
        return Step(last_id=ids[-1] if ids else None, moved=len(fresh))

    def preview(self, *, after, scope, stacks, calendar, post, at) -> Moves:
        limit = stacks(post.procuratorate, date(2026, 3, 5)).limit("SUG_TELL", date(2026, 3, 5))
        row = MatterDates(
            number="样检2026-1", title="虚构", link="/", label="告知", starts_on=scope.since, old_on=date(2026, 3, 6),
            new_on=date(2026, 3, 5 + limit.count), old_basis="", new_basis=limit.basis.article,
        )  # fmt: skip
        return Moves((row,), examined=5)


@pytest.fixture
def keeper(monkeypatch) -> InventedKeeper:
    monkeypatch.setattr(registry, "_keepers", {})
    invented = InventedKeeper()
    registry.register_recompute("invented.date", invented.recompute)
    registry.register_preview("invented.date", invented.preview, lambda **_: 5, lambda after, scope: 5 - after)
    return invented


class TestRecomputeWaiting:
    @pytest.fixture(autouse=True)
    def approved(self, world, keeper, load_own, at):
        put_in_force(version=load_own(), actor=world.act("office_head"), at=at)

    def test_walks_through_all_dates_and_counts_those_that_moved(self, keeper, at):
        assert recompute_waiting(at=at) == 5

        assert [after for after, *_ in keeper.asked] == [0, 2, 4, 5]
        assert Recomputation.objects.get().done_at == at

    def test_says_for_whom_and_why(self, world, keeper, at):
        recompute_waiting(at=at)
        _, scope, cause = keeper.asked[0]
        assert (set(scope.offices), scope.since) == ({world.city.pk}, date(2026, 1, 1))
        assert cause == "《沙盒办理规定》1版施行"

    def test_goes_on_where_it_stopped(self, keeper, at):
        assert recompute_waiting(at=at, most_steps=1) == 2
        assert Recomputation.objects.get().done_at is None

        assert recompute_waiting(at=at) == 3
        assert [after for after, *_ in keeper.asked] == [0, 2, 4, 5]

    def test_does_nothing_when_nothing_waits(self, at):
        recompute_waiting(at=at)
        records = Record.objects.count()

        assert recompute_waiting(at=at) == 0
        assert Record.objects.count() == records

    def test_leaves_one_record_a_step(self, at):
        recompute_waiting(at=at)
        assert Record.objects.filter(verb="regulations.recomputed", parent=None).count() == 4


class TestPreview:
    def test_asks_under_the_stack_as_it_would_be(self, world, keeper, load_own, at):
        version = load_own(count=9)

        found = preview(version, post=world.posts["office_head"], at=at)

        assert [row.new_on for row in found.rows] == [date(2026, 3, 14)]
        assert (found.examined, found.total, found.following) == (5, 5, "")

    def test_sees_the_new_version_in_the_place_of_the_old(self, world, keeper, load_own, at):
        put_in_force(version=load_own(), actor=world.act("office_head"), at=at)
        version = load_own(version="2", start="2026-03-01", count=9)

        found = preview(version, post=world.posts["office_head"], at=at)

        assert found.rows[0].new_on == date(2026, 3, 14)
        assert found.rows[0].starts_on == date(2026, 3, 1)
