"""回访 and 改进措施: owed after the answer, recorded with the deputy's words, owed again while a promise is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.world import World, moment

from huiyin.matters.letters import Promise
from huiyin.matters.measuring import measures_open_to, open_at_year_end
from huiyin.matters.models import Commitment, Deadline, Matter, Measure, Reply, Revisit
from huiyin.matters.operations.commitments import keep_commitment
from huiyin.matters.operations.measures import (
    CannotMeasure,
    MeasureFacts,
    end_measure,
    note_measure,
    open_measure,
    remind_of_measures,
)
from huiyin.matters.operations.revisits import CannotRevisit, RevisitFacts, plan_revisit, record_revisit
from huiyin.matters.rules.following import RevisitMode, RevisitResult
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.organisations.queries import work_of

JUNE = moment("2026-06-04 10:00")


@pytest.fixture
def answered(in_force: World, deputies: object, at: datetime) -> Reply:
    """In progress, with a promise until the end of June; out on 5 March."""
    promise = Promise(text="在两个镇试行周末开放", due_on=date(2026, 6, 30))
    said: dict[str, Any] = {"outcome": "in_progress", "reason": "先试点。", "promises": (promise,)}
    return delivered(in_force, in_hand(in_force, at), at, **said)


def owed() -> Revisit:
    return Revisit.objects.select_related("matter__procuratorate", "reply", "post__department").get(state="owed")


def made(world: World, *, at: datetime = JUNE, who: str = "head_second", **changes: Any) -> Revisit:
    revisit = owed()
    usual: dict[str, Any] = {
        "mode": RevisitMode.PHONE, "held_on": at.date(), "result": RevisitResult.SETTLED,
        "participant": revisit.matter.participants.get(role="lead"), "deputy_words": "检查比以前勤了。",
    }  # fmt: skip
    return record_revisit(
        revisit=revisit, facts=RevisitFacts(**usual | changes), scan=None, actor=world.act(who), request_key=uuid4(),
        version=revisit.version, at=at,
    )  # fmt: skip


class TestARevisit:
    def test_is_owed_from_the_answer_by_the_head(self, in_force: World, answered: Reply) -> None:
        revisit = owed()
        day = Deadline.objects.get(revisit=revisit)
        assert (revisit.post, day.due_on, day.label) == (in_force.posts["head_second"], date(2026, 6, 5), "首次回访")
        assert "第十三条" in day.explanation[0]
        assert ("待办的回访", 1) in work_of(in_force.posts["head_second"])

    def test_stands_as_the_fourth_stage_and_comes_again_until_the_promise_is_kept(
        self, in_force: World, answered: Reply
    ) -> None:
        first = made(in_force)
        assert first.act is not None
        assert (first.act.stage, first.act.deputy_words) == ("follow_up", "检查比以前勤了。")
        again = owed()
        assert (again.turn, Deadline.objects.get(revisit=again).due_on) == (2, date(2026, 9, 4))
        keep_commitment(
            commitment=Commitment.objects.get(), done_on=JUNE.date(), note="两个镇已经开放。",
            actor=in_force.act("handler_second"), at=JUNE,
        )  # fmt: skip
        made(in_force, at=moment("2026-09-01 10:00"))
        assert not Revisit.objects.filter(state="owed").exists()

    def test_needs_words_and_a_day_that_was(self, in_force: World, answered: Reply, at: datetime) -> None:
        with pytest.raises(CannotRevisit, match="记下本人的话"):
            made(in_force, deputy_words=" ")
        with pytest.raises(CannotRevisit, match="不能晚于今天"):
            made(in_force, held_on=JUNE.date() + timedelta(days=1))
        with pytest.raises(CannotRevisit, match="改进措施"):
            made(in_force, result=RevisitResult.REOPENED)
        with pytest.raises(NotAllowed):
            made(in_force, who="head_first")
        with pytest.raises(CannotRevisit, match="已经有一次待办的回访"):
            plan_revisit(matter=answered.matter, actor=in_force.act("officer_wang"), at=at)

    def test_reopens_with_a_measure(self, in_force: World, answered: Reply) -> None:
        head = in_force.posts["head_second"]
        measure = MeasureFacts(text="联络点挂出值班表", department=in_force.departments["second"], owner=head)
        made(in_force, result=RevisitResult.REOPENED, measure=measure)
        found = Measure.objects.get()
        assert (found.matter_id, found.source, found.due_on) == (
            answered.matter_id, "162001回访", date(2026, 12, 31)
        )  # fmt: skip
        assert "第二十条" in found.explanation[0]


class TestAMeasure:
    def test_is_followed_to_the_end_of_the_year(self, in_force: World, at: datetime) -> None:
        owner, office = in_force.posts["handler_second"], in_force.act("officer_wang")
        facts = MeasureFacts(
            text="每季度走访一次", department=in_force.departments["second"], owner=owner, source="常委会审议意见"
        )
        measure = open_measure(facts=facts, request_key=uuid4(), actor=office, at=at)
        seen = {who for who, post in in_force.posts.items() if measures_open_to(post, on=at.date()).exists()}
        assert seen == {"officer_wang", "office_head", "chief", "deputy_chief", "head_second", "handler_second"}
        note_measure(
            measure=measure, text="已走访两次。", request_key=uuid4(), actor=in_force.act("handler_second"), at=at
        )
        remind_of_measures(moment("2027-01-01 08:00"))
        remind_of_measures(moment("2027-01-01 09:00"))
        told = Message.objects.filter(link=f"/desk/measures/{measure.pk}/", title__startswith="已逾期")
        assert {message.post for message in told} == {
            owner, in_force.posts["head_second"], in_force.posts["officer_wang"]
        }  # fmt: skip
        assert list(open_at_year_end(in_force.city, 2026)) == [measure]
        later = moment("2027-01-04 10:00")
        end: dict[str, Any] = {"measure": measure, "done": False, "ended_on": later.date(), "at": later}
        with pytest.raises(CannotMeasure, match="写明落实情况"):
            end_measure(outcome="", actor=office, version=measure.version, **end)
        end_measure(outcome="人手不足，列入明年。", actor=office, version=measure.version, **end)
        assert list(open_at_year_end(in_force.city, 2026)) == [measure]
        assert Measure.objects.get().status == "not_done"

    def test_on_its_own_says_where_it_comes_from(self, in_force: World, at: datetime) -> None:
        facts = MeasureFacts(
            text="每季度走访", department=in_force.departments["second"], owner=in_force.posts["head_first"]
        )
        with pytest.raises(CannotMeasure, match="来源"):
            open_measure(facts=facts, request_key=uuid4(), actor=in_force.act("officer_wang"), at=at)
        assert not Matter.objects.exists()
