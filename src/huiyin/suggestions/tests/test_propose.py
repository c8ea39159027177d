"""Drafting a 拟办 sheet and sending it up."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from tests.support.history import drafted, registered, sent, usual_parts
from tests.support.world import World

from huiyin.approvals.queries import open_steps
from huiyin.matters.models import Matter
from huiyin.matters.operations.undertakings import Part, RoutingIncomplete
from huiyin.matters.rules import HandlerRole, Status
from huiyin.messaging.models import Message
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.moves import ProposalMovedOn
from huiyin.suggestions.operations.propose import (
    NotForProposal,
    NothingToPropose,
    draft_proposal,
    drop_proposal,
    fill_proposal,
    recall_proposal,
    send_proposal,
)
from huiyin.suggestions.rules import ProposalStatus, ProposalStepNotAllowed
from huiyin.suggestions.sheets import RowIncomplete, RowPlan, plans_of


def _two(world: World, at: datetime) -> tuple[Matter, Matter]:
    return registered(world, at), registered(world, at, external_number="162008")


class TestDraftProposal:
    def test_carries_many_matters_under_one_number(self, in_force: World, at: datetime) -> None:
        sheet = drafted(in_force, at, *_two(in_force, at))
        assert (sheet.number, sheet.rows.count()) == ("样检拟〔2026〕1号", 2)

    def test_answers_the_second_click_with_the_first_sheet(self, in_force: World, at: datetime) -> None:
        matter, key, officer = registered(in_force, at), uuid4(), in_force.act("officer_wang")
        first = draft_proposal(matters=[matter], actor=officer, request_key=key, at=at)
        assert draft_proposal(matters=[matter], actor=officer, request_key=key, at=at).pk == first.pk

    def test_refuses_a_matter_on_another_sheet(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        drafted(in_force, at, matter)
        with pytest.raises(NotForProposal, match="样检拟〔2026〕1号"):
            drafted(in_force, at, matter)

    def test_refuses_nothing_at_all(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NothingToPropose):
            draft_proposal(matters=[], actor=in_force.act("officer_wang"), request_key=uuid4(), at=at)


class TestFillProposal:
    def test_fills_in_the_leader_in_charge_and_the_books_department_date(self, in_force: World, at: datetime) -> None:
        plan = plans_of(drafted(in_force, at))[0]
        assert plan.leader == in_force.posts["deputy_chief"]
        assert plan.parts[0].due_on == date(2026, 5, 6)

    def test_keeps_the_date_the_office_chose(self, in_force: World, at: datetime) -> None:
        part = Part(role=HandlerRole.SOLE, department=in_force.departments["second"], due_on=date(2026, 4, 10))
        assert plans_of(drafted(in_force, at, parts=(part,)))[0].parts[0].due_on == date(2026, 4, 10)

    def test_turns_sole_into_lead_when_somebody_assists(self, in_force: World, at: datetime) -> None:
        parts = (*usual_parts(in_force), Part(role=HandlerRole.ASSIST, organ=in_force.bodies["education"]))
        assert [part.role for part in plans_of(drafted(in_force, at, parts=parts))[0].parts] == ["lead", "assist"]

    def test_drops_rows_no_longer_named(self, in_force: World, at: datetime) -> None:
        first, second = _two(in_force, at)
        sheet = drafted(in_force, at, first, second)
        fill_proposal(
            proposal=sheet, opinion="", plans=[RowPlan(matter=second, parts=usual_parts(in_force))],
            actor=in_force.act("officer_wang"), version=sheet.version, at=at,
        )  # fmt: skip
        assert [row.matter_id for row in sheet.rows.all()] == [second.pk]

    def test_tells_a_stale_page_so(self, in_force: World, at: datetime) -> None:
        sheet = drafted(in_force, at)
        with pytest.raises(ProposalMovedOn):
            fill_proposal(
                proposal=sheet, opinion="", plans=plans_of(sheet), actor=in_force.act("officer_wang"),
                version=sheet.version - 1, at=at,
            )  # fmt: skip


class TestSendProposal:
    def test_goes_to_the_office_head_first(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        assert [step.post for step in open_steps(sheet.approval)] == [in_force.posts["office_head"]]

    def test_tells_the_office_head_at_his_bell(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        told = Message.objects.get(post=in_force.posts["office_head"])
        assert told.link == f"/desk/proposals/{sheet.pk}/"

    def test_moves_its_matters_to_拟办待批(self, in_force: World, at: datetime) -> None:
        sent(in_force, at)
        assert Matter.objects.get().status == Status.PROPOSING

    def test_refuses_a_row_without_department(self, in_force: World, at: datetime) -> None:
        matter, officer = registered(in_force, at), in_force.act("officer_wang")
        sheet = draft_proposal(matters=[matter], actor=officer, request_key=uuid4(), at=at)
        with pytest.raises(RoutingIncomplete, match="还没有主办部门"):
            send_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)

    def test_refuses_two_departments_in_the_lead(self, in_force: World, at: datetime) -> None:
        parts = tuple(Part(role=HandlerRole.LEAD, department=in_force.departments[key]) for key in ("first", "second"))
        with pytest.raises(RoutingIncomplete, match="两个主办部门"):
            sent(in_force, at, parts=parts)

    def test_refuses_a_leader_who_leads_no_office(self, in_force: World, at: datetime) -> None:
        sheet = drafted(in_force, at)
        plan = RowPlan(matter=Matter.objects.get(), leader=in_force.posts["head_first"], parts=usual_parts(in_force))
        officer = in_force.act("officer_wang")
        fill_proposal(proposal=sheet, opinion="", plans=[plan], actor=officer, version=sheet.version, at=at)
        with pytest.raises(RowIncomplete, match="领衔院领导"):
            send_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)


class TestRecallProposal:
    def test_gives_the_sheet_and_its_matters_back(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        recall_proposal(
            proposal=sheet, reason="补充意见", actor=in_force.act("officer_wang"), version=sheet.version, at=at
        )
        assert (sheet.status, Matter.objects.get().status) == (ProposalStatus.DRAFT, Status.REGISTERED)
        assert sheet.approval.status == "stopped"


class TestDropProposal:
    def test_frees_its_matters_for_another_sheet(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        sheet = drafted(in_force, at, matter)
        drop_proposal(proposal=sheet, actor=in_force.act("officer_wang"), version=sheet.version, at=at)
        assert drafted(in_force, at, matter).pk != sheet.pk

    def test_refuses_a_sheet_on_its_road(self, in_force: World, at: datetime) -> None:
        sheet = sent(in_force, at)
        with pytest.raises(ProposalStepNotAllowed):
            drop_proposal(proposal=sheet, actor=in_force.act("officer_wang"), version=sheet.version, at=at)
        assert Proposal.objects.get().status == ProposalStatus.SIGNING
