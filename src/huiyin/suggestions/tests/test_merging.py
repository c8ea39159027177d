"""Matters of the same content are handled together, answered by themselves, and separated again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support.history import assigned, drafted, in_hand, part_of, registered
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Act, Matter, Relation
from huiyin.matters.operations.acts import ActFacts, NotTogether, record_act
from huiyin.matters.operations.opinions import give_opinion
from huiyin.matters.operations.relations import relate
from huiyin.matters.operations.undertakings import Part, sign_for
from huiyin.matters.rules import ActKind, HandlerRole, MatterMovedOn, Mode, Stage
from huiyin.matters.together import group_of
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.operations.merging import CannotMerge, CannotUnmerge, merge, unmerge
from huiyin.suggestions.operations.propose import drop_proposal, fill_proposal, send_proposal
from huiyin.suggestions.routing_together import RoutedApart
from huiyin.suggestions.sheets import plans_of

TALK = ActFacts(
    kind=ActKind.CONSULT, mode=Mode.FACE_TO_FACE, happened_on=datetime(2026, 3, 4).date(), stage=Stage.BEFORE,
    deputy_words="请尽快整治。",
)  # fmt: skip


@pytest.fixture
def lead(in_force: World, deputies: object, at: datetime) -> Matter:
    return registered(in_force, at, external_number="162001")


@pytest.fixture
def other(in_force: World, deputies: object, at: datetime) -> Matter:
    return registered(in_force, at, external_number="162008")


def joined(world: World, matter: Matter, lead: Matter, at: datetime, **changes: Any) -> Relation:
    usual = {"reason": "反映同一问题", "version": matter.version, "actor": world.act("officer_wang")}
    return merge(matter=matter, lead=lead, at=at, **usual | changes)


class TestMergingMatters:
    def test_keeps_number_and_days_of_each_and_says_who_leads(
        self, in_force: World, lead: Matter, other: Matter, at: datetime
    ) -> None:
        days = set(other.deadlines.values_list("label", "due_on"))
        joined(in_force, other, lead, at)
        group = group_of(other)
        assert group is not None
        assert (group.lead, group.joined) == (lead, (other,))
        assert set(other.deadlines.values_list("label", "due_on")) == days
        told = Record.objects.get(verb="suggestions.merged")
        assert (told.target_key, told.facts["lead"]) == (str(other.pk), lead.number)

    def test_stands_beside_a_link_noted_before(
        self, in_force: World, lead: Matter, other: Matter, at: datetime
    ) -> None:
        officer = in_force.act("officer_wang")
        relate(matter=other, other=lead, kind=RelationKind.DUPLICATE, actor=officer, at=at)
        joined(in_force, other, lead, at)
        unmerge(matter=Matter.objects.get(pk=other.pk), reason="要求不同", actor=officer, version=2, at=at)
        assert Relation.objects.get().kind == RelationKind.DUPLICATE

    def test_refuses_what_is_no_pair(self, in_force: World, lead: Matter, other: Matter, at: datetime) -> None:
        third = registered(in_force, at, external_number="162009")
        joined(in_force, other, lead, at)
        for one, two in ((third, third), (third, other), (lead, third)):
            one.refresh_from_db()
            with pytest.raises(CannotMerge):
                joined(in_force, one, two, at)
        with pytest.raises(MatterMovedOn):
            joined(in_force, third, lead, at, version=99)
        Matter.objects.filter(pk=third.pk).update(kind="proposal")  # its side is all that is asked
        with pytest.raises(CannotMerge, match="建议与提案"):
            joined(in_force, third, lead, at)
        with pytest.raises(NotAllowed):
            joined(in_force, third, lead, at, actor=in_force.act("officer_li"))

    def test_refuses_different_departments_and_what_is_over(
        self, in_force: World, lead: Matter, other: Matter, at: datetime
    ) -> None:
        parts = (Part(role=HandlerRole.SOLE, department=in_force.departments["first"]),)
        lead, other = assigned(in_force, at, lead), assigned(in_force, at, other, parts=parts)
        with pytest.raises(CannotMerge, match="同一部门"):
            joined(in_force, other, lead, at)
        Matter.objects.filter(pk=lead.pk).update(status="closed", is_open=False)  # the law of the status is all asked
        with pytest.raises(CannotMerge, match="已办结"):
            joined(in_force, other, lead, at)
        lead.refresh_from_db()
        with pytest.raises(CannotUnmerge, match="已经办结"):
            unmerge(matter=lead, reason="要求不同", actor=in_force.act("officer_wang"), version=lead.version, at=at)


class TestHandlingTogether:
    def test_signs_for_once_talks_once_and_asks_an_assistant_once(
        self, in_force: World, lead: Matter, other: Matter, at: datetime
    ) -> None:
        world = in_force
        parts = (
            Part(role=HandlerRole.LEAD, department=world.departments["second"]),
            Part(role=HandlerRole.ASSIST, department=world.departments["first"]),
        )
        joined(world, other, lead, at)
        sheet, officer = drafted(world, at, lead, other, parts=parts), world.act("officer_wang")
        plans = plans_of(sheet)
        apart = replace(plans[1], parts=(Part(role=HandlerRole.SOLE, department=world.departments["first"]),))
        sheet = fill_proposal(
            proposal=sheet, opinion="", plans=[plans[0], apart], actor=officer, version=sheet.version, at=at
        )
        with pytest.raises(RoutedApart, match="并案办理，要由同一部门负责"):
            send_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)
        sheet.refresh_from_db()
        drop_proposal(proposal=sheet, actor=officer, version=sheet.version, at=at)
        assigned(world, at, lead, other, parts=parts)
        for key, handler in (("second", "handler_second"), ("first", "handler_first")):
            part = part_of(lead, world, key)
            head = world.act(f"head_{key}")
            sign_for(undertaking=part, handler=world.posts[handler], actor=head, version=part.version, at=at)
            assert part_of(other, world, key).handler == world.posts[handler]
        talk = record_act(
            matter=lead, facts=TALK, participant=lead.participants.first(), also=[other],
            actor=world.act("handler_second"), request_key=uuid4(), at=at,
        )  # fmt: skip
        assert Act.objects.get(matter=other).origin == talk
        part = part_of(lead, world, "first")
        give_opinion(
            undertaking=part, opinion="已开展专项检查。", actor=world.act("handler_first"), version=part.version, at=at
        )
        assert part_of(other, world, "first").opinion == "已开展专项检查。"

        other.refresh_from_db()
        unmerge(matter=other, reason="代表要求分开答复", actor=world.act("officer_wang"), version=other.version, at=at)
        assert group_of(lead) is None
        assert Act.objects.filter(matter=other, deputy_words=TALK.deputy_words).exists()
        assert part_of(other, world, "first").opinion == "已开展专项检查。"
        other.refresh_from_db()
        with pytest.raises(CannotUnmerge):
            unmerge(matter=other, reason="再次", actor=world.act("officer_wang"), version=other.version, at=at)

    def test_shares_a_talk_only_with_what_is_joined(
        self, in_force: World, lead: Matter, other: Matter, at: datetime
    ) -> None:
        lead = in_hand(in_force, at, lead)
        with pytest.raises(NotTogether):
            record_act(
                matter=lead, facts=TALK, also=[other], actor=in_force.act("officer_wang"), request_key=uuid4(), at=at
            )
        assert not Act.objects.exists()
