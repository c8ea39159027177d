"""The office head and the leader decide a 拟办 sheet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.support.history import assigned, decided, drafted, registered, sent, usual_parts
from tests.support.world import World

from huiyin.approvals.operations import MeetingDecision, NotYourTurn, OpinionMissing, TextIsStale
from huiyin.approvals.rules import Verdict
from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.rules import HandlerRole, Status, UndertakingStatus
from huiyin.messaging.models import Message
from huiyin.organisations.models import Substitution
from huiyin.organisations.permissions import may
from huiyin.suggestions.operations.decide_proposal import NotYourRow, decide_proposal
from huiyin.suggestions.operations.propose import fill_proposal, send_proposal
from huiyin.suggestions.rules import ProposalStatus
from huiyin.suggestions.sheets import RowPlan, digest_of, plans_of


class TestDecideProposal:
    def test_assigns_every_matter_after_the_leader_agrees(self, in_force: World, at: datetime) -> None:
        two = [registered(in_force, at), registered(in_force, at, external_number="162008")]
        assigned(in_force, at, *two)
        assert set(Matter.objects.values_list("status", flat=True)) == {Status.ASSIGNED}

    def test_makes_the_undertaking_with_leader_and_department_date(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        part = matter.undertakings.get()
        assert (part.department, part.status) == (in_force.departments["second"], UndertakingStatus.ASSIGNED)
        assert matter.leader == in_force.posts["deputy_chief"]
        assert part.deadlines.get(limit_code="DEPT_HANDLE").due_on == date(2026, 5, 6)

    def test_explains_the_department_date_by_the_book(self, in_force: World, at: datetime) -> None:
        own = assigned(in_force, at).undertakings.get().deadlines.get(limit_code="DEPT_HANDLE")
        assert "倒数第20个工作日" in "".join(own.explanation)

    def test_tells_the_head_of_department(self, in_force: World, at: datetime) -> None:
        matter = assigned(in_force, at)
        told = Message.objects.get(post=in_force.posts["head_second"])
        assert told.title == f"待签收：{matter.external_number}"
        assert told.body.startswith(f"{matter.external_number}《{matter.title}》")

    def test_ends_the_right_to_say_not_ours(self, in_force: World, at: datetime) -> None:
        assert assigned(in_force, at).deadlines.get(limit_code="SUG_RETURN").dropped_at is not None

    def test_marks_the_first_two_of_the_seven_steps(self, in_force: World, at: datetime) -> None:
        marks = assigned(in_force, at).step_marks.values_list("step_code", flat=True)
        assert sorted(marks) == ["docket", "lead"]

    def test_leaves_one_root_record_with_the_routing_under_it(self, in_force: World, at: datetime) -> None:
        assigned(in_force, at)
        root = Record.objects.filter(verb="suggestions.proposal_decided", parent=None).latest("id")
        assert sorted(root.children.values_list("verb", flat=True)) == ["approvals.decided", "matters.assigned"]

    def test_lets_the_leaders_own_words_and_routing_stand(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head")
        part = Part(role=HandlerRole.SOLE, department=in_force.departments["third"], due_on=date(2026, 4, 20))
        leader = in_force.posts["deputy_chief"]
        words = "请公益诉讼部办理。"
        change = RowPlan(matter=Matter.objects.get(), leader=leader, parts=(part,), instruction=words)
        decided(in_force, at, sheet, "deputy_chief", changes=[change])
        row = sheet.rows.get()
        assert (row.instruction, row.changed_by_leader) == ("请公益诉讼部办理。", True)
        assert Matter.objects.get().undertakings.get().department == in_force.departments["third"]

    def test_refuses_a_leader_changing_anothers_row(self, in_force: World, at: datetime) -> None:
        matters = [registered(in_force, at), registered(in_force, at, external_number="162008")]
        sheet = drafted(in_force, at, *matters)
        own, others = plans_of(sheet)
        chiefs = RowPlan(matter=others.matter, leader=in_force.posts["chief"], parts=others.parts)
        officer = in_force.act("officer_wang")
        fill_proposal(proposal=sheet, opinion="", plans=[own, chiefs], actor=officer, version=sheet.version, at=at)
        send_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)
        decided(in_force, at, sheet, "office_head")
        grab = RowPlan(matter=others.matter, leader=in_force.posts["deputy_chief"], parts=usual_parts(in_force))
        with pytest.raises(NotYourRow, match="程检"):
            decided(in_force, at, sheet, "deputy_chief", changes=[grab])

    def test_waits_for_every_leader_named_on_the_sheet(self, in_force: World, at: datetime) -> None:
        matters = [registered(in_force, at), registered(in_force, at, external_number="162008")]
        sheet = drafted(in_force, at, *matters)
        own, others = plans_of(sheet)
        chiefs = RowPlan(matter=others.matter, leader=in_force.posts["chief"], parts=others.parts)
        officer = in_force.act("officer_wang")
        fill_proposal(proposal=sheet, opinion="", plans=[own, chiefs], actor=officer, version=sheet.version, at=at)
        send_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)
        decided(in_force, at, sheet, "office_head")
        decided(in_force, at, sheet, "deputy_chief")
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.SIGNING
        decided(in_force, at, sheet, "chief")
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.AGREED

    def test_returns_the_sheet_with_a_word(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head", Verdict.RETURN, opinion="请补充协办单位。")
        sheet.refresh_from_db()
        assert (sheet.status, Matter.objects.get().status) == (ProposalStatus.DRAFT, Status.REGISTERED)
        assert Message.objects.filter(post=in_force.posts["officer_wang"], body__contains="请补充协办单位").exists()

    def test_may_be_sent_again_after_a_return(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head", Verdict.RETURN, opinion="请补充。")
        sheet.refresh_from_db()
        send_proposal(proposal=sheet, actor=in_force.act("officer_wang"), version=sheet.version, at=at)
        assert sheet.status == ProposalStatus.SIGNING

    def test_refuses_a_return_without_a_word(self, in_force: World, at: datetime) -> None:
        with pytest.raises(OpinionMissing):
            decided(in_force, at, sent(in_force, at), "office_head", Verdict.RETURN, opinion="")

    def test_refuses_the_leader_before_the_office_head(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        with pytest.raises(NotYourTurn):
            decided(in_force, at, sheet, "deputy_chief", step_of="office_head")

    def test_lets_nobody_record_a_paper_he_has_no_sight_of(self, in_force: World) -> None:
        for verb in ("suggestions.decide_proposal", "approvals.record_paper"):
            assert not may(in_force.act("registry"), verb)

    def test_refuses_a_signature_on_another_text(self, in_force: World, at: datetime) -> None:
        with pytest.raises(TextIsStale):
            decided(in_force, at, sent(in_force, at), "office_head", subject_hash="0" * 64)

    def test_takes_the_second_click_for_a_stale_page(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        seen = {"subject_hash": digest_of(sheet), "version": sheet.approval.version}
        step = sheet.approval.steps.get(code="office_head")
        decided(in_force, at, sheet, "office_head", **seen)
        with pytest.raises(NotYourTurn):
            decide_proposal(
                proposal=sheet, step=step, verdict=Verdict.AGREE, opinion="", actor=in_force.act("office_head"),
                at=at, **seen,
            )  # fmt: skip

    def test_lets_a_named_substitute_sign_as_himself(self, in_force: World, at: datetime) -> None:
        Substitution.objects.create(
            post=in_force.posts["deputy_chief"], substitute=in_force.posts["chief"],
            from_on=at.date(), until_on=at.date() + timedelta(days=3),
        )  # fmt: skip
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head")
        decided(in_force, at, sheet, "chief", step_of="deputy_chief")
        last = sheet.approval.decisions.latest("id")
        assert (last.post, last.in_place_of) == (in_force.posts["chief"], in_force.posts["deputy_chief"])

    def test_takes_down_that_a_meeting_decided(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        decided(in_force, at, sheet, "office_head")
        minutes = MeetingDecision(held_on=at.date(), minutes="党组会议纪要〔2026〕3号")
        decided(in_force, at, sheet, "deputy_chief", meeting=minutes)
        assert sheet.approval.decisions.latest("id").meeting["minutes"] == "党组会议纪要〔2026〕3号"

    def test_moves_a_date_that_passed_meanwhile_to_the_day_of_signature(self, in_force: World, at: datetime) -> None:
        part = Part(role=HandlerRole.SOLE, department=in_force.departments["second"], due_on=at.date())
        sheet = sent(in_force, at, parts=(part,))
        later = at + timedelta(days=4)
        decided(in_force, later, sheet, "office_head")
        decided(in_force, later, sheet, "deputy_chief")
        own = Matter.objects.get().undertakings.get()
        assert own.deadlines.get(limit_code="DEPT_HANDLE").due_on == later.date()
