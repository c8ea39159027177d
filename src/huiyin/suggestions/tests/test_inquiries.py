"""A question about a concrete case takes its own road."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support.world import World

from huiyin.approvals.rules import Verdict
from huiyin.audit.models import Record
from huiyin.matters.models import Matter
from huiyin.matters.rules import Status, StepNotAllowed
from huiyin.messaging.models import Message
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.models import Person
from huiyin.search.models import Entry
from huiyin.suggestions.models import CaseInquiry
from huiyin.suggestions.operations.inquiries import (
    AnswerMissing,
    InquiryFacts,
    InterferenceDecided,
    NotAnsweredYet,
    answer_inquiry,
    decide_inquiry,
    decide_interference,
    digest_of,
    register_inquiry,
    send_inquiry,
)
from huiyin.suggestions.queries import inquiries_open_to

FACTS = {"inquirer": "张示例", "mode": "电话", "title": "某盗窃案办理进度", "question": "询问审查起诉进展。"}


def _registered(world: World, at: datetime, who: str = "liaison_officer", **more: Any) -> CaseInquiry:
    facts = InquiryFacts(asked_on=at.date(), **FACTS)
    return register_inquiry(facts=facts, request_key=more.get("key") or uuid4(), actor=world.act(who), at=at)


def _sent(world: World, at: datetime, draft: str = "案件正在依法办理。") -> CaseInquiry:
    inquiry = _registered(world, at)
    return send_inquiry(
        inquiry=inquiry, draft=draft, leader=world.posts["deputy_chief"], actor=world.act("liaison_officer"),
        version=inquiry.matter.version, at=at,
    )  # fmt: skip


def _fresh(inquiry: CaseInquiry) -> CaseInquiry:
    return CaseInquiry.objects.select_related("matter__procuratorate", "approval").get(pk=inquiry.pk)


def _decided(world: World, at: datetime, verdict: Verdict = Verdict.AGREE, edited: str = "") -> CaseInquiry:
    inquiry = _fresh(_sent(world, at))
    assert inquiry.approval is not None
    return decide_inquiry(
        inquiry=inquiry, step=inquiry.approval.steps.get(), verdict=verdict, opinion="同意。", edited=edited,
        subject_hash=digest_of(inquiry.draft_answer), actor=world.act("deputy_chief"),
        version=inquiry.approval.version, at=at,
    )  # fmt: skip


def _answered(world: World, at: datetime) -> CaseInquiry:
    inquiry = _fresh(_decided(world, at))
    return answer_inquiry(
        inquiry=inquiry, answered_on=at.date(), mode="电话", note="已按审定意见答复。",
        actor=world.act("officer_wang"), version=inquiry.matter.version, at=at,
    )  # fmt: skip


def _judged(world: World, inquiry: CaseInquiry, at: datetime, who: str = "inspector") -> CaseInquiry:
    inquiry = _fresh(inquiry)
    return decide_interference(
        inquiry=inquiry, verdict="not", reason="正常询问进度", actor=world.act(who),
        version=inquiry.matter.version, at=at,
    )  # fmt: skip


class TestRegisterInquiry:
    def test_has_its_own_register(self, in_force: World, at: datetime) -> None:
        assert _registered(in_force, at).matter.number == "样检询〔2026〕1号"

    def test_never_joins_the_deputys_file(self, in_force: World, deputies: dict[str, Person], at: datetime) -> None:
        asked = _registered(in_force, at).matter.participants.get()
        assert (asked.role, asked.person) == ("inquirer", None)

    def test_stands_outside_register_and_search(self, in_force: World, at: datetime) -> None:
        _registered(in_force, at)
        assert not Matter.objects.open_to(in_force.posts["chief"]).exists()
        assert not Entry.objects.filter(text__contains="盗窃").exists()

    def test_answers_the_second_click_with_the_first_result(self, in_force: World, at: datetime) -> None:
        key = uuid4()
        assert _registered(in_force, at, key=key).pk == _registered(in_force, at, key=key).pk

    def test_keeps_inquirer_and_question_out_of_the_audit(self, in_force: World, at: datetime) -> None:
        _answered(in_force, at)
        said = str(list(Record.objects.values_list("facts", "target_label")))
        assert "张示例" not in said
        assert "盗窃" not in said

    def test_refuses_a_case_handler(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            _registered(in_force, at, who="handler_first")


class TestSight:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("officer_wang", True),
            ("liaison_officer", True),
            ("deputy_chief", True),
            ("handler_first", False),
            ("head_first", False),
            ("inspector", False),
            ("officer_li", False),
        ],
    )
    def test_of_an_open_inquiry_is_the_offices(self, in_force: World, at: datetime, who: str, sees: bool) -> None:
        _sent(in_force, at)
        assert inquiries_open_to(in_force.posts[who]).exists() is sees

    def test_comes_to_the_inspector_once_it_is_answered(self, in_force: World, at: datetime) -> None:
        _answered(in_force, at)
        assert inquiries_open_to(in_force.posts["inspector"]).exists()


class TestSendInquiry:
    def test_goes_to_the_deputy_chief_of_that_business(self, in_force: World, at: datetime) -> None:
        inquiry = _sent(in_force, at)
        assert inquiry.approval.steps.get().post == in_force.posts["deputy_chief"]
        assert inquiry.matter.status == Status.SIGNING

    def test_tells_him_without_saying_who_asked(self, in_force: World, at: datetime) -> None:
        _sent(in_force, at)
        told = Message.objects.get(post=in_force.posts["deputy_chief"])
        assert "张示例" not in told.title + told.body

    def test_refuses_an_empty_draft(self, in_force: World, at: datetime) -> None:
        with pytest.raises(AnswerMissing):
            _sent(in_force, at, draft="  ")


class TestDecideInquiry:
    def test_lets_the_deputy_chiefs_own_words_stand(self, in_force: World, at: datetime) -> None:
        inquiry = _decided(in_force, at, edited="案件已进入审查起诉阶段。")
        assert inquiry.draft_answer == "案件已进入审查起诉阶段。"
        assert inquiry.matter.status == Status.SIGNED

    def test_gives_it_back_to_the_officer(self, in_force: World, at: datetime) -> None:
        assert _decided(in_force, at, Verdict.RETURN).matter.status == Status.IN_HAND


class TestAnswerInquiry:
    def test_closes_it_with_a_note_for_the_file(self, in_force: World, at: datetime) -> None:
        inquiry = _fresh(_answered(in_force, at))
        assert (inquiry.matter.status, inquiry.answer_note) == (Status.CLOSED, "已按审定意见答复。")

    def test_refuses_before_it_is_decided(self, in_force: World, at: datetime) -> None:
        inquiry = _fresh(_sent(in_force, at))
        with pytest.raises(StepNotAllowed):
            answer_inquiry(
                inquiry=inquiry, answered_on=at.date(), mode="电话", note="答复。",
                actor=in_force.act("officer_wang"), version=inquiry.matter.version, at=at,
            )  # fmt: skip


class TestDecideInterference:
    def test_is_the_inspectors(self, in_force: World, at: datetime) -> None:
        inquiry = _judged(in_force, _answered(in_force, at), at)
        assert (inquiry.interference, inquiry.interference_by) == ("not", in_force.posts["inspector"])

    def test_stands_once_made(self, in_force: World, at: datetime) -> None:
        inquiry = _judged(in_force, _answered(in_force, at), at)
        with pytest.raises(InterferenceDecided):
            _judged(in_force, inquiry, at)

    def test_is_refused_to_the_liaison_office(self, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            _judged(in_force, _answered(in_force, at), at, who="officer_wang")

    def test_waits_for_the_answer(self, in_force: World, at: datetime) -> None:
        with pytest.raises((NotAnsweredYet, NotAllowed)):
            _judged(in_force, _sent(in_force, at), at)
