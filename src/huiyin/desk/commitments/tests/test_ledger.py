"""承诺台账: every promise with its steps, kept or not and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.visit import visit
from tests.support.world import World, moment

from huiyin.matters.letters import Promise
from huiyin.matters.models import Commitment, Milestone


@pytest.fixture
def at() -> datetime:
    """2 July 2026: the promise for 30 June is late."""
    return moment("2026-07-02 10:00")


@pytest.fixture
def promise(in_force: World, deputies: object) -> Commitment:
    begun = moment("2026-03-05 10:00")
    made = Promise(text="在两个镇试行周末开放", due_on=date(2026, 6, 30))
    said: dict[str, Any] = {"outcome": "in_progress", "reason": "先试点。", "promises": (made,)}
    delivered(in_force, in_hand(in_force, begun), begun, **said)
    return Commitment.objects.get()


class TestTheLedger:
    def test_follows_a_promise_step_by_step(self, in_force: World, promise: Commitment, desk: Desk) -> None:
        head, office = desk("head_second"), desk("officer_wang")
        ledger, one = reverse("desk:commitments:list"), reverse("desk:ratings:commitment", args=[promise.pk])
        assert "逾期未兑现" in visit(head, ledger).content.decode()
        steps = reverse("desk:commitments:milestones", args=[promise.pk])
        assert steps in visit(head, one).content.decode()
        visit(head, steps)
        late = {"horizon": "stage", "text_0": "选定两个镇", "due_0": "2026-07-15"}
        assert "不能晚于承诺完成日" in head.post(steps, late).content.decode()
        head.post(steps, late | {"due_0": "2026-05-01", "done_0": "2026-05-02", "note_0": "已选定"})
        assert list(Milestone.objects.values_list("text", "due_on", "done_on")) == [
            ("选定两个镇", date(2026, 5, 1), date(2026, 5, 2))
        ]
        missed = reverse("desk:commitments:miss", args=[promise.pk])
        visit(head, missed)
        assert head.post(missed, {"reason": ""}).status_code == 422
        head.post(missed, {"reason": "场地没有腾出来，八月底完成。"})
        page = visit(office, f"{ledger}?state=missed&year=2026&q=周末").content.decode()
        assert "场地没有腾出来" in page
        assert "1/1" in page
        assert "没有符合条件的承诺" in visit(office, f"{ledger}?state=kept").content.decode()
        assert office.post(reverse("desk:commitments:export"), {"state": "missed"}).content[:2] == b"PK"
        assert office.post(reverse("desk:commitments:paper", args=["docx"])).content[:2] == b"PK"
        assert "没有符合条件的承诺" in visit(desk("head_first"), ledger).content.decode()
        assert desk("head_first").get(steps).status_code == 404
