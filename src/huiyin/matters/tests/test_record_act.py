"""Contacts before, during and after are recorded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import in_hand
from tests.support.world import World

from huiyin.matters.models import Act, Deadline, Matter, StepMark
from huiyin.matters.operations.acts import ActFacts, ActIncomplete, ActInFuture, add_head_note, record_act
from huiyin.matters.rules import ActKind, Mode, Stage, act_title
from huiyin.organisations.permissions import NotAllowed


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


def talk(**changes: Any) -> ActFacts:
    usual: dict[str, Any] = {
        "kind": ActKind.CONSULT, "mode": Mode.FACE_TO_FACE, "stage": Stage.BEFORE, "happened_on": date(2026, 3, 5),
        "place": "样本市院会议室", "attendees": "魏部长、韦承办", "deputy_words": "希望加强执法协作。",
    }  # fmt: skip
    return ActFacts(**usual | changes)


def recorded(world: World, matter: Matter, at: datetime, facts: ActFacts, who: str = "handler_second") -> Act:
    return record_act(matter=matter, facts=facts, actor=world.act(who), request_key=uuid4(), at=at)


class TestRecordingAContact:
    def test_meets_the_limit_of_the_first_contact(self, matter: Matter, in_force: World, at: datetime) -> None:
        recorded(in_force, matter, at, talk(mode=Mode.PHONE))
        assert Deadline.objects.get(matter=matter, limit_code="SUG_FIRST_CONTACT").met_at == at

    def test_face_to_face_marks_the_step_of_the_book(self, matter: Matter, in_force: World, at: datetime) -> None:
        recorded(in_force, matter, at, talk(mode=Mode.PHONE))
        assert not StepMark.objects.filter(matter=matter, step_code="consult").exists()
        recorded(in_force, matter, at, talk())
        assert StepMark.objects.filter(matter=matter, step_code="consult").exists()

    def test_twice_with_one_key_gives_the_first_record(self, matter: Matter, in_force: World, at: datetime) -> None:
        key = uuid4()
        both = [
            record_act(matter=matter, facts=talk(), actor=in_force.act("handler_second"), request_key=key, at=at)
            for _ in range(2)
        ]
        assert both[0] == both[1]
        assert matter.acts.count() == 1

    def test_of_tomorrow_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(ActInFuture):
            recorded(in_force, matter, at, talk(happened_on=date(2026, 3, 6)))

    def test_without_a_word_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(ActIncomplete):
            recorded(in_force, matter, at, talk(deputy_words=""))

    def test_is_refused_to_a_department_that_has_no_part_in_it(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            recorded(in_force, matter, at, talk(), who="handler_first")


class TestATalkThatDidNotTakePlace:
    def test_says_why(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(ActIncomplete, match="写明原因"):
            recorded(in_force, matter, at, talk(held=False, deputy_words=""))

    def test_bears_the_note_of_the_office_head(self, matter: Matter, in_force: World, at: datetime) -> None:
        act = recorded(in_force, matter, at, talk(held=False, reason_not_held="代表出差，婉拒面商"))
        with pytest.raises(NotAllowed):
            add_head_note(act=act, note="已电话沟通。", actor=in_force.act("head_second"), at=at)
        add_head_note(act=act, note="已改为电话沟通。", actor=in_force.act("office_head"), at=at)
        with pytest.raises(ActIncomplete, match="已经有情况说明"):
            add_head_note(act=act, note="另有说明。", actor=in_force.act("office_head"), at=at)
        assert Act.objects.get(pk=act.pk).head_note == "已改为电话沟通。"


@pytest.mark.pure
class TestFeedbackInWriting:
    def test_is_called_a_written_report(self) -> None:
        assert act_title(ActKind.FEED_BACK, Mode.WRITTEN) == "书面情况通报"
        assert act_title(ActKind.FEED_BACK, Mode.PHONE) == "反馈"
