"""The desk and the phone show the same four stages of a matter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.support.history import in_hand
from tests.support.letters import WITHOUT_TALKS, all_signed, drafted, fresh, handed_over, sent_out
from tests.support.world import World

from huiyin.desk.matters.own_sections import build_stages
from huiyin.desk.matters.page import facts_of
from huiyin.exchange.models import Card
from huiyin.exchange.shapes import PROGRESS
from huiyin.matters.models import Matter
from huiyin.matters.operations.replies_signing import submit
from huiyin.matters.operations.solicitations import solicit
from huiyin.matters.rules import Mode
from huiyin.messaging.operations import bind
from huiyin.people.models import Person


class TestTheFourStages:
    def test_agree_after_the_draft_the_issue_and_the_delivery(
        self, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        zhang, officer = deputies["zhang"], in_force.act("officer_wang")
        bind(person=zhang, contact_point=zhang.contact_points.get(), evidence="当面核对", actor=officer, at=at)
        matter = in_hand(in_force, at)
        reply = drafted(in_force, matter, at)
        solicit(
            reply=reply, participant=matter.participants.get(), mode=Mode.FACE_TO_FACE, given_on=at.date(),
            answer_by_on=date(2026, 4, 1), actor=in_force.act("handler_second"), at=at,
        )  # fmt: skip
        assert both(matter, zhang) == ["passed", "done", "now", "todo"]
        reply = submit(
            reply=fresh(reply), actor=in_force.act("handler_second"), version=fresh(reply).version, at=at,
            talks_reason=WITHOUT_TALKS,
        )  # fmt: skip
        reply = sent_out(in_force, all_signed(in_force, reply, at), at)
        assert both(matter, zhang) == ["passed", "done", "now", "todo"]
        handed_over(in_force, reply, at)
        assert both(matter, zhang) == ["passed", "done", "done", "now"]


def both(matter: Matter, person: Person) -> list[str]:
    """The states as the desk shows them, after a look that the phone shows the same, days included."""
    section: Any = build_stages(None, facts_of(Matter.objects.get(pk=matter.pk)))  # type: ignore[arg-type]
    desk = [(stage.label, stage.state, str(stage.on or "")) for stage in section["stages"]]
    body = Card.objects.get(account__person_key=f"p:{person.pk}", kind=PROGRESS).body
    assert desk == [(stage["label"], stage["state"], stage["on"] or "") for stage in body["stages"]]
    return [state for _, state, _ in desk]
