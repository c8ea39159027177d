"""Correcting what a suggestion said when it came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import delivered, drafted, signed, submitted
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.moves import MatterArchived
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.recipients import raters
from huiyin.matters.rules import HandlerRole, MatterMovedOn, ReplyStatus, Status
from huiyin.messaging.models import Message
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.operations.correct import (
    NothingCorrected,
    SignerStands,
    TooLateToCorrect,
    correct_from_list,
    correct_suggestion,
    facts_now,
)
from huiyin.suggestions.operations.register import LeadUnitMissing


def _corrected(world: World, matter: Matter, at: datetime, *, version: int = 0, **changes: Any) -> Matter:
    return correct_suggestion(
        matter=matter, correction=replace(facts_now(matter), **changes), reason="人大来函更正",
        actor=world.act("officer_wang"), version=version or matter.version, at=at,
    )  # fmt: skip


class TestCorrectSuggestion:
    def test_logs_old_and_new_with_the_reason(self, in_force: World, at: datetime) -> None:
        matter = _corrected(in_force, registered(in_force, at), at, title="关于加强校园周边治理的建议")
        told = Record.objects.get(verb="suggestions.corrected")
        assert told.facts["changes"]["title"][1] == matter.title
        assert told.facts["reason"] == "人大来函更正"

    def test_computes_the_answer_anew_from_the_corrected_day(self, in_force: World, at: datetime) -> None:
        matter = _corrected(in_force, registered(in_force, at), at, assigned_on=date(2026, 3, 1))
        assert matter.deadlines.get(limit_code="SUG_REPLY").due_on == date(2026, 6, 1)
        assert ["答复代表", "2026-06-02", "2026-06-01"] in Record.objects.get(verb="suggestions.corrected").facts[
            "deadlines"
        ]

    def test_moves_the_department_date_with_the_answer(self, in_force: World, at: datetime) -> None:
        matter = _corrected(
            in_force, in_hand(in_force, at), at, assigned_on=date(2026, 2, 27), received_on=date(2026, 3, 3)
        )
        assert matter.deadlines.get(limit_code="DEPT_HANDLE").due_on < date(2026, 5, 6)

    def test_brings_a_department_date_fixed_by_hand_forward_to_the_answer(self, in_force: World, at: datetime) -> None:
        parts = (Part(role=HandlerRole.SOLE, department=in_force.departments["second"], due_on=date(2026, 6, 1)),)
        matter = in_hand(in_force, at, parts=parts)
        days = {"assigned_on": date(2026, 2, 1), "received_on": date(2026, 2, 2)}
        _corrected(in_force, matter, at + timedelta(days=1), **days)
        answer, own = (matter.deadlines.get(limit_code=code) for code in ("SUG_REPLY", "DEPT_HANDLE"))
        assert own.due_on == answer.due_on == date(2026, 5, 6)
        assert own.explanation[0] == "批准的拟办单定为2026年6月1日（周一）。"
        assert own.explanation[-1].endswith("由2026年6月1日（周一）改为2026年5月6日（周三）。")
        moved = Record.objects.get(verb="matters.deadline_moved", facts__label="部门办理").facts
        assert (moved["before"], moved["after"]) == ("2026-06-01", "2026-05-06")
        told = Message.objects.filter(
            title__startswith="期限变动：", body__contains="由2026年6月1日（周一）改为2026年5月6日（周三）"
        )
        assert "handler_second" in told.values_list("post__staff__username", flat=True)

    def test_leaves_a_department_date_fixed_by_hand_that_comes_before_the_answer(
        self, in_force: World, at: datetime
    ) -> None:
        parts = (Part(role=HandlerRole.SOLE, department=in_force.departments["second"], due_on=date(2026, 4, 1)),)
        matter = in_hand(in_force, at, parts=parts)
        days = {"assigned_on": date(2026, 2, 1), "received_on": date(2026, 2, 2)}
        _corrected(in_force, matter, at + timedelta(days=1), **days)
        own = matter.deadlines.get(limit_code="DEPT_HANDLE")
        assert own.due_on == date(2026, 4, 1)
        assert own.explanation[-1] == "答复代表期限为2026年5月6日（周三），部门应在此之前办出。"
        assert not Record.objects.filter(verb="matters.deadline_moved", facts__label="部门办理").exists()

    def test_turns_an_answer_into_an_opinion_when_we_only_assist(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        _corrected(in_force, matter, at, handler_role=HandlerRole.ASSIST, lead_unit="市教育体育局")
        running = matter.deadlines.filter(met_at=None, dropped_at=None).values_list("limit_code", flat=True)
        assert sorted(running) == ["SUG_ASSIST", "SUG_RETURN"]

    def test_tells_those_who_have_it_in_hand(self, in_force: World, at: datetime) -> None:
        matter = _corrected(in_force, in_hand(in_force, at), at, title="关于校园周边的建议")
        told = Message.objects.filter(title=f"登记内容更正：{matter.external_number}").values_list(
            "post__staff__username", flat=True
        )
        assert sorted(told) == ["deputy_chief", "handler_second", "head_second"]

    def test_refuses_to_change_nothing(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NothingCorrected):
            _corrected(in_force, registered(in_force, at), at)

    def test_refuses_assisting_nobody(self, in_force: World, at: datetime) -> None:
        with pytest.raises(LeadUnitMissing):
            _corrected(in_force, registered(in_force, at), at, handler_role=HandlerRole.ASSIST)

    def test_refuses_other_dates_once_answered(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        Matter.objects.filter(pk=matter.pk).update(status="replied")
        matter.refresh_from_db()
        with pytest.raises(TooLateToCorrect):
            _corrected(in_force, matter, at, assigned_on=date(2026, 3, 1))

    def test_refuses_our_opinion_to_become_the_answer_once_it_is_on_its_road(
        self, in_force: World, at: datetime
    ) -> None:
        matter = in_hand(in_force, at, registered(in_force, at, handler_role=HandlerRole.ASSIST, lead_unit="市公安局"))
        signed(in_force, matter, at, outcome="")
        matter.refresh_from_db()
        with pytest.raises(TooLateToCorrect):
            _corrected(in_force, matter, at, handler_role=HandlerRole.SOLE, lead_unit="")

    def test_refuses_the_answer_to_become_our_opinion_while_it_is_signed(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        submitted(in_force, matter, at)
        matter.refresh_from_db()
        with pytest.raises(TooLateToCorrect):
            _corrected(in_force, matter, at, handler_role=HandlerRole.ASSIST, lead_unit="市公安局")

    def test_voids_a_draft_of_the_other_kind_and_says_so(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        reply = drafted(in_force, matter, at)
        _corrected(in_force, matter, at, handler_role=HandlerRole.ASSIST, lead_unit="市公安局")
        reply.refresh_from_db()
        assert reply.status == ReplyStatus.VOIDED
        told = Message.objects.get(
            title=f"登记内容更正：{matter.external_number}", post=in_force.posts["handler_second"]
        )
        assert "原拟文稿已作废" in told.body

    def test_lets_a_sole_part_become_the_lead_with_the_draft_kept(self, in_force: World, at: datetime) -> None:
        matter = in_hand(in_force, at)
        reply = drafted(in_force, matter, at)
        _corrected(in_force, matter, at, handler_role=HandlerRole.LEAD, other_units="市公安局")
        reply.refresh_from_db()
        assert reply.status == ReplyStatus.DRAFT

    def test_refuses_what_is_on_file_already(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        Matter.objects.filter(pk=matter.pk).update(status=Status.ARCHIVED, is_open=False)
        matter.refresh_from_db()
        with pytest.raises(MatterArchived):
            _corrected(in_force, matter, at, title="关于加强校园周边治理的建议")

    def test_tells_a_stale_page_so(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        _corrected(in_force, matter, at, title="甲")
        with pytest.raises(MatterMovedOn):
            _corrected(in_force, matter, at, version=1, title="乙")


class TestCorrectFromList:
    def test_takes_over_what_was_confirmed(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        changes = {"role": "lead", "other_units": "市中级法院"}
        correct_from_list(matter=matter, changes=changes, actor=in_force.act("officer_wang"), at=at)
        matter.suggestion.refresh_from_db()
        assert (matter.handler_role, matter.suggestion.other_units) == ("lead", "市中级法院")

    def test_adds_co_signers_and_keeps_what_hangs_on_the_others(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at, cosigners=(Signer(name="王虚构"), Signer(name="赵占位")))
        answered = delivered(in_force, in_hand(in_force, at, matter), at)
        actor, matter = in_force.act("officer_wang"), Matter.objects.get(pk=matter.pk)
        changes = {"cosigners": ["李样本", "赵占位", "王虚构"], "delegation": "第三代表团"}
        correct_from_list(matter=matter, changes=changes, actor=actor, at=at)
        people = [(each.name, each.role, each.position) for each in matter.participants.order_by("position")]
        assert people[1:] == [
            ("王虚构", "cosigner", 1), ("赵占位", "cosigner", 2), ("李样本", "cosigner", 3)
        ]  # fmt: skip
        assert facts_now(matter).cosigner_count == 3
        assert facts_now(matter).delegation == "第三代表团"
        assert "李样本" in [each.name for each in raters(answered)]
        with pytest.raises(SignerStands, match="附议的王虚构已经有送达"):
            correct_from_list(matter=matter, changes={"cosigners": ["赵占位"]}, actor=actor, at=at)
        assert matter.participants.filter(name="王虚构").exists()

    def test_takes_away_a_co_signer_nobody_has_answered(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at, cosigners=(Signer(name="王虚构"), Signer(name="赵占位")), signer_count=7)
        actor = in_force.act("officer_wang")
        correct_from_list(matter=matter, changes={"cosigners": ["赵占位"]}, actor=actor, at=at)
        now = facts_now(matter)
        assert (now.cosigners, now.cosigner_count) == (("赵占位",), 6)
        with pytest.raises(SignerStands, match="附议人数写的是0人"):
            correct_from_list(matter=matter, changes={"cosigner_count": 0}, actor=actor, at=at)
