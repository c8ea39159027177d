"""Registering a suggestion."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from tests.support.history import registered
from tests.support.world import World, moment

from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.rules import HandlerRole, Status
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.models import Person
from huiyin.search import index
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.operations.register import (
    AlreadyRegistered,
    DatesOutOfOrder,
    LeadUnitMissing,
    NothingInForce,
)
from huiyin.suggestions.rules import Side


class TestRegisterSuggestion:
    def test_gives_the_next_number_of_the_offices_register(self, in_force: World, at: datetime) -> None:
        assert registered(in_force, at).number == "样检建〔2026〕1号"
        assert registered(in_force, at, external_number="162008").number == "样检建〔2026〕2号"

    def test_leaves_one_audit_record_with_number_and_role(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        root = Record.objects.get(target_kind="matters.matter", target_key=str(matter.pk), parent=None)
        assert (root.verb, root.facts["role"]) == ("suggestions.registered", "sole")

    def test_answers_the_second_click_with_the_first_result(self, in_force: World, at: datetime) -> None:
        key = uuid4()
        first, second = registered(in_force, at, key=key), registered(in_force, at, key=key)
        assert first.pk == second.pk
        assert Matter.objects.count() == 1

    def test_refuses_the_same_number_of_the_same_session_and_names_where_it_stands(
        self, in_force: World, at: datetime
    ) -> None:
        registered(in_force, at)
        with pytest.raises(AlreadyRegistered, match="样检建〔2026〕1号"):
            registered(in_force, at)

    def test_takes_the_same_number_between_sessions(self, in_force: World, at: datetime) -> None:
        registered(in_force, at)
        assert registered(in_force, at, session=None).suggestion.session_label == "十六届闭会期间"

    def test_links_signers_to_the_register_of_deputies(
        self, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        matter = registered(in_force, at, cosigners=(Signer(name="李样本"), Signer(name="某无名")))
        assert [each.person for each in matter.participants.all()] == [deputies["zhang"], deputies["li"], None]

    def test_gives_the_matter_to_the_lead_deputys_liaison_officer(
        self, in_force: World, deputies: dict[str, Person], at: datetime
    ) -> None:
        assert registered(in_force, at).liaison_officer == in_force.posts["liaison_officer"]

    def test_opens_the_answer_from_the_day_of_assignment_with_its_cap(self, in_force: World, at: datetime) -> None:
        answer = registered(in_force, at).deadlines.get(limit_code="SUG_REPLY")
        assert (answer.starts_on, answer.due_on, answer.cap_on) == (
            date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2),
        )  # fmt: skip

    def test_explains_every_deadline_line_by_line(self, in_force: World, at: datetime) -> None:
        answer = registered(in_force, at).deadlines.get(limit_code="SUG_REPLY")
        assert answer.explanation[0].startswith("依据《加强代表委员联络工作制度（示例）》第五条")
        assert "当日不计入" in answer.explanation[1]

    def test_opens_contact_and_return_from_the_day_of_receipt(self, in_force: World, at: datetime) -> None:
        starts = dict(registered(in_force, at).deadlines.values_list("limit_code", "starts_on"))
        assert starts["SUG_FIRST_CONTACT"] == starts["SUG_RETURN"] == date(2026, 3, 3)

    def test_orders_the_register_by_the_earliest_duty_not_by_a_right_that_lapses(
        self, in_force: World, at: datetime
    ) -> None:
        matter = registered(in_force, at)
        assert matter.next_due_on == matter.deadlines.get(limit_code="SUG_FIRST_CONTACT").due_on

    def test_lets_an_assisted_one_owe_its_opinion_only(self, in_force: World) -> None:
        matter = registered(
            in_force, moment("2026-01-20 10:00"), session=None, external_number="闭160002",
            assigned_on=date(2026, 1, 15), received_on=date(2026, 1, 16),
            handler_role=HandlerRole.ASSIST, lead_unit="市公安局",
        )  # fmt: skip
        opinion = matter.deadlines.get(limit_code="SUG_ASSIST")
        assert (opinion.raw_on, opinion.due_on) == (date(2026, 2, 16), date(2026, 2, 24))
        assert not matter.deadlines.filter(limit_code="SUG_REPLY").exists()

    def test_marks_a_date_in_a_year_without_published_holidays_as_provisional(self, in_force: World) -> None:
        matter = registered(
            in_force, moment("2026-11-02 10:00"), assigned_on=date(2026, 11, 2), received_on=date(2026, 11, 2)
        )
        assert matter.deadlines.get(limit_code="SUG_REPLY").provisional

    def test_is_refused_while_no_book_is_in_force(self, world: World, at: datetime) -> None:
        with pytest.raises(NothingInForce, match="批准施行"):
            registered(world, at)

    def test_is_found_by_title_and_by_the_deputys_name(self, in_force: World, at: datetime) -> None:
        matter = registered(in_force, at)
        token = f"office:{in_force.city.pk}"
        assert index.find("matter", "电子烟 张示例", [token], 5) == [matter.pk]

    def test_keeps_proposals_in_their_own_register(self, in_force: World, at: datetime) -> None:
        proposal = registered(in_force, at, side=Side.MEMBER, assigner=in_force.bodies["cppcc"])
        assert (proposal.kind, proposal.number) == ("proposal", "样检提〔2026〕1号")
        assert proposal.deadlines.filter(limit_code="PRO_REPLY", label="答复委员").exists()

    def test_starts_registered(self, in_force: World, at: datetime) -> None:
        assert registered(in_force, at).status == Status.REGISTERED

    def test_refuses_receipt_before_assignment(self, in_force: World, at: datetime) -> None:
        with pytest.raises(DatesOutOfOrder):
            registered(in_force, at, received_on=date(2026, 3, 1))

    def test_refuses_a_day_of_receipt_that_has_not_come(self, in_force: World, at: datetime) -> None:
        with pytest.raises(DatesOutOfOrder):
            registered(in_force, at, received_on=date(2026, 3, 6))

    def test_refuses_assisting_nobody(self, in_force: World, at: datetime) -> None:
        with pytest.raises(LeadUnitMissing):
            registered(in_force, at, handler_role=HandlerRole.ASSIST)

    @pytest.mark.parametrize("who", ["handler_second", "deputy_chief", "inspector"])
    def test_refuses_posts_that_do_not_keep_the_register(self, in_force: World, at: datetime, who: str) -> None:
        with pytest.raises(NotAllowed):
            registered(in_force, at, by=who)
        assert not Matter.objects.exists()
