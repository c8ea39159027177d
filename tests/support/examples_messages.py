"""Examples of messages at the bell, and of cards, slips and notes on the phone site."""

from __future__ import annotations

from huiyin.messaging.drain import drain
from huiyin.messaging.operations import queue
from tests.support.examples import Case, Parameters, example


@example("desk:messages", "pk")
def message(case: Case) -> Parameters:
    post = case.world.posts["officer_wang" if case.own else "officer_li"]

    def told() -> int:
        [row] = queue(event_key="example", title="提醒", body="办理期限临近。", post=post, at=case.at)
        drain(worker="tests", at=case.at)
        return row.pk

    return {"pk": case.once("message", told)}
