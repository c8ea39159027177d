"""A common problem gathers its suggestions, is analysed, and ends in a rule document, or with why not."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support.common_problems import analysed, opened, ruled
from tests.support.history import in_hand, registered
from tests.support.world import World

from huiyin.matters.models import Measure
from huiyin.matters.operations.measures import CannotMeasure, end_measure
from huiyin.matters.rules.following import MeasureState
from huiyin.organisations.permissions import NotAllowed, may
from huiyin.suggestions import common_queries
from huiyin.suggestions.common_queries import likely, problems_open_to, sees_rule
from huiyin.suggestions.models import CommonProblem
from huiyin.suggestions.operations.common_problems import CannotGather, end_problem, gather, release


class TestACommonProblem:
    def test_finds_its_suggestions_by_words_and_a_person_chooses(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        world = in_force
        first = registered(world, at, external_number="162001")
        second = registered(world, at, external_number="162008")
        registered(world, at, external_number="162009", title="关于司法救助的建议", body="建议加强救助。")
        problem = opened(world, at, first)
        wang = world.posts["officer_wang"]
        assert likely(problem, wang).matters == (second,)
        officer = world.act("officer_wang")
        assert gather(problem=problem, matters=[second], actor=officer, version=problem.version, at=at) == 1
        assert not likely(problem, wang)
        assert [each.title for each in likely(problem, wang, "司法救助").matters] == ["关于司法救助的建议"]
        line = problem.gathered.get(matter=second)
        release(gathered=line, actor=officer, version=line.problem.version, at=at)
        assert problem.gathered.count() == 1
        with pytest.raises(NotAllowed):
            gather(problem=problem, matters=[second], actor=world.act("head_first"), version=3, at=at)

    def test_is_offered_a_page_nearest_first_and_how_many_more(
        self, in_force: World, deputies: object, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both = registered(in_force, at, external_number="162001", title="关于校园电子烟的建议")
        for number in ("162002", "162003", "162004"):
            registered(in_force, at, external_number=number, title="关于校园的建议", body="校园。")
        monkeypatch.setattr(common_queries, "FOUND_AT_MOST", 2)  # so that 校园 is a very common word
        monkeypatch.setattr(common_queries, "LIKELY_AT_MOST", 1)
        found = likely(opened(in_force, at, words="校园 电子烟"), in_force.posts["officer_wang"])
        assert (found.matters, found.rest) == ((both,), "按相近程度列出前1件，此外还有2件以上。")

    def test_has_an_owner_with_a_day_and_ends_in_a_joint_rule_of_twelve(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        world = in_force
        matter = in_hand(world, at)
        problem = analysed(world, at, matter)
        assert (problem.task.owner, problem.task.status) == (world.posts["head_second"], MeasureState.OPEN)
        with pytest.raises(CannotMeasure, match="随它办结"):
            end_measure(
                measure=problem.task, done=True, outcome="已经落实", ended_on=at.date(), version=1, at=at,
                actor=world.act("head_second"),
            )  # fmt: skip
        successor = world.act("head_first")  # of another department, as a hand-over may have it
        CommonProblem.objects.update(owner=successor.post)
        Measure.objects.update(owner=successor.post)
        problem.task.refresh_from_db()
        assert list(problems_open_to(successor.post)) == [problem]
        assert may(successor, "matters.end_measure", problem.task)
        with pytest.raises(CannotGather, match="不止一次"):
            ruled(world, at, problem, signers=[("样本市教育局", ""), ("样本市教育局", "")])
        document = ruled(world, at, problem)
        problem.refresh_from_db()
        problem.task.refresh_from_db()
        assert (document.signers.count(), problem.state, problem.task.status) == (12, "ruled", MeasureState.DONE)
        assert sees_rule(world.posts["handler_second"], document.file)
        assert not sees_rule(world.posts["head_third"], document.file)
        with pytest.raises(CannotGather, match="已建章立制"):
            gather(problem=problem, matters=[matter], actor=world.act("head_second"), version=problem.version, at=at)

    def test_ends_without_a_rule_only_with_why(self, in_force: World, deputies: object, at: datetime) -> None:
        problem, officer = opened(in_force, at), in_force.act("officer_wang")
        with pytest.raises(CannotGather, match="先写明原因分析"):
            ruled(in_force, at, problem)
        with pytest.raises(CannotGather):
            end_problem(problem=problem, reason=" ", actor=officer, version=problem.version, at=at)
        end_problem(problem=problem, reason="上级已有规定", actor=officer, version=problem.version, at=at)
        problem.task.refresh_from_db()
        assert (problem.state, problem.task.status) == ("ended", MeasureState.NOT_DONE)
