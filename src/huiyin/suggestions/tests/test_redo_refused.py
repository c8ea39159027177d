"""What was given back or went to a case inquiry has no answer of ours, so nobody can order it handled anew."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.conversions import converted_whole
from tests.support.history import registered
from tests.support.world import World

from huiyin.matters.models import Matter
from huiyin.matters.operations.closing import RedoNotDue, redo
from huiyin.matters.operations.orders import Order
from huiyin.matters.rules import Status
from huiyin.suggestions.tests.test_returns import answered, scan, sent


def ordered_anew(world: World, matter: Matter, at: datetime) -> None:
    matter.refresh_from_db()
    order = Order(
        organ="市人大常委会代表工委", document_number="样人代〔2026〕20号", dated_on=at.date(), scan=scan(world, at)
    )
    redo(matter=matter, asked_on=at.date(), order=order, actor=world.act("officer_wang"), version=matter.version, at=at)


class TestARedo:
    def test_of_what_was_given_back_is_refused(self, in_force: World, deputies: object, at: datetime) -> None:
        giving = answered(in_force, at, sent(in_force, at), agreed=True)
        with pytest.raises(RedoNotDue, match="已经退回交办机关"):
            ordered_anew(in_force, giving.matter, at)
        giving.matter.refresh_from_db()
        assert giving.matter.status == Status.CLOSED

    def test_of_what_was_converted_wholly_is_refused(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = registered(in_force, at)
        converted_whole(in_force, matter, at)
        with pytest.raises(RedoNotDue, match="转其他途径办理"):
            ordered_anew(in_force, matter, at)
        matter.refresh_from_db()
        assert matter.status == Status.CLOSED
