"""Matters are linked by hand, seen from both sides, and the link can be taken back."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import in_hand, registered
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter, Relation
from huiyin.matters.operations.relations import CannotRelate, relate, unrelate
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def later(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


@pytest.fixture
def earlier(in_force: World, deputies: object, at: datetime) -> Matter:
    return registered(in_force, at, external_number="162008")


def link(
    world: World, later: Matter, earlier: Matter, at: datetime, *, who: str = "officer_wang",
    kind: RelationKind = RelationKind.CONTINUED,
) -> Relation:  # fmt: skip
    return relate(matter=later, other=earlier, kind=kind, note="接着办", actor=world.act(who), at=at)


class TestLinkingTwoMatters:
    def test_stands_on_both_with_its_record(
        self, later: Matter, earlier: Matter, in_force: World, at: datetime
    ) -> None:
        made = link(in_force, later, earlier, at)
        assert (later.relations.get(), earlier.relations_from.get()) == (made, made)
        told = Record.objects.get(verb="matters.related")
        assert (told.target_key, told.facts["other"], told.facts["words"]) == (
            str(later.pk), earlier.number, "接续前件",
        )  # fmt: skip

    def test_twice_or_the_other_way_round_is_refused(
        self, later: Matter, earlier: Matter, in_force: World, at: datetime
    ) -> None:
        link(in_force, later, earlier, at)
        with pytest.raises(CannotRelate, match="已经登记"):
            link(in_force, earlier, later, at, kind=RelationKind.RELATED)

    def test_to_itself_is_refused(self, later: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotRelate, match="自己"):
            link(in_force, later, later, at)

    @pytest.mark.parametrize("kind", [RelationKind.MERGED, RelationKind.CONVERTED])
    def test_as_merged_or_converted_is_not_made_by_hand(
        self, later: Matter, earlier: Matter, in_force: World, at: datetime, kind: RelationKind
    ) -> None:
        with pytest.raises(CannotRelate, match="不能在这里登记"):
            link(in_force, later, earlier, at, kind=kind)

    def test_reaches_no_further_than_sight(self, later: Matter, earlier: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            link(in_force, later, earlier, at, who="handler_second")


class TestTakingALinkAway:
    def test_leaves_the_audit(self, later: Matter, earlier: Matter, in_force: World, at: datetime) -> None:
        unrelate(relation=link(in_force, later, earlier, at), actor=in_force.act("office_head"), at=at)
        assert not Relation.objects.exists()
        assert Record.objects.get(verb="matters.unrelated").facts["note"] == "接着办"

    def test_twice_is_refused(self, later: Matter, earlier: Matter, in_force: World, at: datetime) -> None:
        made = link(in_force, later, earlier, at)
        again = Relation.objects.get(pk=made.pk)
        unrelate(relation=made, actor=in_force.act("officer_wang"), at=at)
        with pytest.raises(CannotRelate, match="刚刚由同事取消"):
            unrelate(relation=again, actor=in_force.act("officer_wang"), at=at)
