"""What left as a whole for a case inquiry is no figure; what left in part is."""

from __future__ import annotations

from datetime import datetime

from tests.support.conversions import converted_part, converted_whole
from tests.support.history import registered
from tests.support.world import World

from huiyin.statistics.queries.loading import cases_of, listed, of_office
from huiyin.statistics.rules.indicators import INDICATORS


def counted(world: World) -> tuple[list[int], list[int]]:
    """What a page and a report count."""
    seen = listed(world.posts["office_head"]), of_office(world.city)
    mine, whole = ([case.id for case in cases_of(rows)] for rows in seen)
    return mine, whole


class TestAConversion:
    def test_of_the_whole_is_counted_nowhere(self, in_force: World, deputies: object, at: datetime) -> None:
        converted_whole(in_force, registered(in_force, at), at)
        assert counted(in_force) == ([], [])
        assert "整件转其他途径办理的不计" in next(each.about for each in INDICATORS if each.code == "received")

    def test_of_a_part_is_still_counted(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = registered(in_force, at)
        converted_part(in_force, matter, at)
        assert counted(in_force) == ([matter.pk], [matter.pk])
