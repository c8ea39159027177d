"""Two matters are linked by number, each shows the other, and sight decides how much."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Matter, Relation


@pytest.fixture
def later(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


@pytest.fixture
def earlier(in_force: World, deputies: object, at: datetime) -> Matter:
    return registered(in_force, at, external_number="162008", title="关于律师异地阅卷的建议")


def link(desk: Desk, later: Matter, earlier: Matter, who: str = "officer_wang") -> Relation:
    data = {"number": "162008", "other": earlier.pk, "kind": "continued", "note": "上次会议提过"}
    assert desk(who).post(f"/desk/matters/{later.pk}/relations/new/", data).status_code == 302
    return Relation.objects.get()


class TestLinkingByNumber:
    def test_finds_the_other_and_stands_on_both_pages(self, later: Matter, earlier: Matter, desk: Desk) -> None:
        client = desk("officer_wang")
        assert "没有找到" in visit(client, f"/desk/matters/{later.pk}/relations/new/?number=999999").content.decode()
        assert (
            earlier.title
            in visit(client, f"/desk/matters/{later.pk}/relations/new/?number=第162008号").content.decode()
        )
        link(desk, later, earlier)
        here = visit(client, f"/desk/matters/{later.pk}/").content.decode()
        there = visit(client, f"/desk/matters/{earlier.pk}/").content.decode()
        assert ("接续前件" in here, earlier.title in here) == (True, True)
        assert ("有后续件" in there, later.title in there) == (True, True)

    def test_shows_no_more_than_the_number_to_whom_the_other_is_closed(
        self, later: Matter, earlier: Matter, desk: Desk
    ) -> None:
        link(desk, later, earlier)
        page = visit(desk("handler_second"), f"/desk/matters/{later.pk}/").content.decode()
        assert "162008" in page
        assert (earlier.title in page, "上次会议提过" in page) == (False, False)

    def test_finds_nothing_outside_the_readers_sight(self, later: Matter, earlier: Matter, desk: Desk) -> None:
        client = desk("handler_second")
        page = visit(client, f"/desk/matters/{later.pk}/relations/new/?number=162008").content.decode()
        assert ("没有找到" in page, earlier.title in page) == (True, False)
        data = {"number": "162008", "other": earlier.pk, "kind": "related"}
        assert client.post(f"/desk/matters/{later.pk}/relations/new/", data).status_code == 422

    def test_is_taken_back_from_either_side(self, later: Matter, earlier: Matter, desk: Desk) -> None:
        made = link(desk, later, earlier)
        client = desk("officer_wang")
        visit(client, f"/desk/matters/{earlier.pk}/relations/{made.pk}/remove/")
        assert client.post(f"/desk/matters/{earlier.pk}/relations/{made.pk}/remove/").status_code == 302
        assert not Relation.objects.exists()
