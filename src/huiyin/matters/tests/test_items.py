"""Splitting a suggestion into what it asks."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.history import in_hand, registered
from tests.support.world import World

from huiyin.matters.models import Item, Matter
from huiyin.matters.operations.items import ItemOfAnotherMatter, ItemRow, set_items
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.permissions import NotAllowed


def _set(world: World, matter: Matter, at: datetime, *rows: ItemRow, who: str = "officer_wang") -> list[Item]:
    return set_items(matter=matter, rows=rows, actor=world.act(who), version=matter.version, at=at)


class TestSetItems:
    def test_keeps_the_order_given_and_the_department_of_each(self, in_force: World, at: datetime) -> None:
        matter, second = registered(in_force, at), in_force.departments["second"]
        _set(in_force, matter, at, ItemRow(text="加强监督", department=second), ItemRow(text="开展宣传"))
        assert list(matter.items.values_list("position", "text", "department")) == [
            (1, "加强监督", second.pk),
            (2, "开展宣传", None),
        ]

    def test_keeps_the_outcome_of_an_item_that_is_reworded(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        item = _set(in_force, matter, at, ItemRow(text="加强监督"))[0]
        Item.objects.filter(pk=item.pk).update(outcome="resolved")
        _set(in_force, matter, at, ItemRow(text="加强日常监督", key=item.pk))
        assert matter.items.get().outcome == "resolved"

    def test_drops_what_is_no_longer_named(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        _set(in_force, matter, at, ItemRow(text="加强监督"), ItemRow(text="开展宣传"))
        _set(in_force, matter, at)
        assert not matter.items.exists()

    def test_refuses_an_item_of_another_matter(self, in_force: World, at: datetime) -> None:
        matter, other = registered(in_force, at), registered(in_force, at, external_number="162008")
        item = _set(in_force, other, at, ItemRow(text="加强监督"))[0]
        with pytest.raises(ItemOfAnotherMatter):
            _set(in_force, matter, at, ItemRow(text="改写", key=item.pk))

    def test_refuses_a_department_that_only_assists(self, in_force: World, at: datetime) -> None:
        parts = (
            Part(role=HandlerRole.LEAD, department=in_force.departments["second"]),
            Part(role=HandlerRole.ASSIST, department=in_force.departments["first"]),
        )
        matter = in_hand(in_force, at, parts=parts)
        with pytest.raises(NotAllowed):
            _set(in_force, matter, at, ItemRow(text="改写"), who="handler_first")
        _set(in_force, matter, at, ItemRow(text="加强监督"), who="handler_second")

    def test_refuses_who_may_not_open_the_matter(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            _set(in_force, registered(in_force, at), at, ItemRow(text="加强监督"), who="handler_first")
