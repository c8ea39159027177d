"""The list of rooms lights the one the reader stands in."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.visit import visit
from tests.support.world import World


class TestTheListOfRooms:
    @pytest.mark.parametrize(
        ("path", "label"),
        [
            ("/desk/replies/{}/", "文稿"),
            ("/desk/replies/{}/ratings/new/", "评价登记"),
            ("/desk/ratings/", "评价登记"),
            ("/desk/papers/", "打印文书"),
        ],
    )
    def test_lights_one_entry(
        self, in_force: World, deputies: object, desk: Desk, at: datetime, path: str, label: str
    ) -> None:
        reply = delivered(in_force, in_hand(in_force, at), at)
        rooms = visit(desk("officer_wang"), path.format(reply.pk)).context["nav"]
        assert [room["label"] for room in rooms if room["active"]] == [label]

    def test_lights_the_register_while_its_matter_is_ended(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        matter = in_hand(in_force, at)
        delivered(in_force, matter, at)
        rooms = visit(desk("officer_wang"), f"/desk/matters/{matter.pk}/close/").context["nav"]
        assert [room["label"] for room in rooms if room["active"]] == ["登记簿"]


@pytest.mark.parametrize("page", ["/desk/matters/new/", "/desk/imports/suggestions.list/new/"])
def test_what_comes_in_is_no_state_secret_and_the_page_says_so(in_force: World, desk: Desk, page: str) -> None:
    assert "涉及国家秘密的材料不得录入本系统，请线下办理。" in visit(desk("officer_wang"), page).content.decode()
