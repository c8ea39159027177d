"""申请调整: the department asks, the liaison office gives its view, the same leader decides again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.matters.models import Adjustment, Undertaking
from huiyin.matters.operations import adjustments
from huiyin.matters.rules import UndertakingStatus

REASON = "该件主要涉及刑事案件办理，建议由一部承办。"


def url(verb: str, part: Undertaking) -> str:
    return reverse(f"desk:undertakings:{verb}", args=[part.pk])


@pytest.fixture
def part(in_force: World, at: datetime) -> Undertaking:
    """未检部's part of an assigned matter."""
    return history.part_of(history.assigned(in_force, at - timedelta(days=1)), in_force)


@pytest.fixture
def asked(in_force: World, at: datetime, part: Undertaking) -> Adjustment:
    """未检部 has asked that 一部 take it."""
    return adjustments.ask_adjustment(
        undertaking=part, reason=REASON, proposed_department=in_force.departments["first"],
        actor=in_force.act("head_second"), version=part.version, at=at,
    )  # fmt: skip


@pytest.fixture
def noted(in_force: World, at: datetime, asked: Adjustment) -> Adjustment:
    """… and the liaison office agrees."""
    opinion = "情况属实，建议调整。"
    return adjustments.note_adjustment(adjustment=asked, opinion=opinion, actor=in_force.act("officer_wang"), at=at)


class TestAsking:
    def typed(self, part: Undertaking, **more: Any) -> dict[str, Any]:
        return {"version": part.version, "reason": REASON, "department": "", **more}

    def test_makes_it_wait_for_co_ordination(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        typed = self.typed(part, department=in_force.departments["first"].pk)
        desk("head_second").post(url("ask_adjustment", part), typed)
        page = visit(desk("officer_wang"), "/desk/undertakings/").content.decode()
        assert "待协调 1" in page
        assert "待联络办公室提出意见" in page

    def test_needs_a_reason(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        answer = desk("head_second").post(url("ask_adjustment", part), self.typed(part, reason=""))
        assert answer.status_code == 422
        assert "请写明理由" in answer.content.decode()

    def test_keeps_the_reason_when_the_page_is_stale(self, in_force: World, desk: Desk, part: Undertaking) -> None:
        answer = desk("head_second").post(url("ask_adjustment", part), self.typed(part, version=part.version + 1))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert REASON in page
        assert "刚刚由同事办理过" in page

    def test_is_refused_to_the_office_and_hidden_from_others(
        self, in_force: World, desk: Desk, part: Undertaking
    ) -> None:
        assert desk("officer_wang").post(url("ask_adjustment", part), self.typed(part)).status_code == 403
        assert desk("head_first").post(url("ask_adjustment", part), self.typed(part)).status_code == 404


class TestTheOfficesView:
    def test_goes_to_the_leader(self, in_force: World, desk: Desk, part: Undertaking, asked: Adjustment) -> None:
        desk("officer_wang").post(url("note_adjustment", part), {"opinion": "建议调整。"})
        second = desk("officer_wang").post(url("note_adjustment", part), {"opinion": "建议维持。"})
        assert second.status_code == 422
        assert "已经提出意见" in second.content.decode()
        assert "建议调整。" in visit(desk("deputy_chief"), url("detail", part)).content.decode()

    def test_may_not_be_empty(self, in_force: World, desk: Desk, part: Undertaking, asked: Adjustment) -> None:
        assert desk("officer_wang").post(url("note_adjustment", part), {"opinion": ""}).status_code == 422

    def test_comes_too_late_after_the_decision(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        part.refresh_from_db()
        decision = {"version": part.version, "verdict": "keep", "department": "", "due_on": "", "instruction": ""}
        desk("deputy_chief").post(url("decide_adjustment", part), decision)
        answer = desk("officer_wang").post(url("note_adjustment", part), {"opinion": "再议。"})
        assert answer.status_code == 422
        assert "没有待决定的调整申请" in answer.content.decode()

    def test_is_not_the_departments(self, in_force: World, desk: Desk, part: Undertaking, asked: Adjustment) -> None:
        assert desk("head_second").post(url("note_adjustment", part), {"opinion": "x"}).status_code == 403
        assert desk("officer_li").post(url("note_adjustment", part), {"opinion": "x"}).status_code == 404


class TestDeciding:
    def typed(self, part: Undertaking, **more: Any) -> dict[str, Any]:
        part.refresh_from_db()
        usual = {"version": part.version, "verdict": "move", "department": "", "due_on": "", "instruction": ""}
        return usual | more

    def test_is_offered_to_the_leader_once_the_office_has_spoken(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        assert "决定调整申请" in visit(desk("deputy_chief"), url("detail", part)).content.decode()
        assert "决定调整申请" not in visit(desk("chief"), url("detail", part)).content.decode()

    def test_keeps_it_where_it_is(self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment) -> None:
        desk("deputy_chief").post(url("decide_adjustment", part), self.typed(part, verdict="keep"))
        part.refresh_from_db()
        assert part.status == UndertakingStatus.ASSIGNED

    def test_moves_it_to_the_proposed_department(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        typed = self.typed(part, instruction="请一部承办。", due_on="2026-04-20")
        desk("deputy_chief").post(url("decide_adjustment", part), typed)
        part.refresh_from_db()
        assert part.status == UndertakingStatus.MOVED
        moved_to = part.matter.undertakings.exclude(status="moved").get()
        assert moved_to.department == in_force.departments["first"]

    def test_leaves_the_former_department_the_reason_and_not_the_text(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        desk("deputy_chief").post(url("decide_adjustment", part), self.typed(part, instruction="请一部承办。"))
        page = visit(desk("head_second"), url("detail", part)).content.decode()
        assert "请一部承办。" in page
        assert "校园周边仍有门店" not in page

    def test_keeps_the_words_of_a_refused_decision(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        typed = self.typed(part, instruction="请抓紧。", due_on="2020-01-01")
        typed["version"] += 1
        answer = desk("deputy_chief").post(url("decide_adjustment", part), typed)
        assert answer.status_code == 422
        assert "请抓紧。" in answer.content.decode()

    def test_is_another_leaders_by_law_of_the_first_instruction(
        self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment
    ) -> None:
        answer = desk("chief").post(url("decide_adjustment", part), self.typed(part))
        assert answer.status_code == 422
        assert "由傅检（副检察长）批示交办" in answer.content.decode()

    def test_is_not_the_offices(self, in_force: World, desk: Desk, part: Undertaking, noted: Adjustment) -> None:
        assert desk("officer_wang").post(url("decide_adjustment", part), self.typed(part)).status_code == 403


class TestReassigning:
    def test_is_proposed_by_the_office_and_decided_by_the_leader(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        part = history.part_of(history.in_hand(in_force, at - timedelta(days=1)), in_force)
        visit(desk("officer_wang"), url("detail", part))
        typed = {"request_key": uuid4(), "department": in_force.departments["third"].pk, "reason": "立案后由三部接办。"}
        desk("officer_wang").post(url("propose_reassignment", part), typed)
        assert "待决定的改派" in visit(desk("deputy_chief"), "/desk/").content.decode()
        assert "立案" not in visit(desk("deputy_chief"), "/desk/undertakings/?status=reassigning").content.decode()
        answer = desk("deputy_chief").post(url("decide_reassignment", part), {"version": part.version, "opinion": ""})
        assert "请点“同意改派”" in answer.content.decode()
        agreed = {"version": part.version, "opinion": "", "verdict": "agree"}
        desk("deputy_chief").post(url("decide_reassignment", part), agreed)
        page = visit(desk("head_second"), url("detail", part)).content.decode()
        assert "立案后由三部接办。" in page
        assert "部门办理期限不变" in page
