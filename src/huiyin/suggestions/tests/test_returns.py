"""A suggestion that is not ours goes back to whoever assigned it, or stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.support import history
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.files.models import StoredFile
from huiyin.files.operations import examine, upload_draft
from huiyin.gongwen.docx import write_docx
from huiyin.matters.models import Matter
from huiyin.matters.operations.consents import AnswerIncomplete, CongressAnswer
from huiyin.matters.rules import Status
from huiyin.messaging.models import Message
from huiyin.organisations.models import Post, Substitution
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.models import NotOurs, ReturnState
from huiyin.suggestions.operations.propose import NotForProposal
from huiyin.suggestions.operations.returns import (
    CannotReturn,
    NotAskedToDecide,
    ReturnMovedOn,
    ReturnTooLate,
    answer_return,
    decide_return,
    propose_return,
    send_return,
    withdraw_return,
)
from huiyin.suggestions.papers import return_letter
from huiyin.suggestions.queries import matters_to_propose, returns_open_to

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def proposed(world: World, at: datetime, matter: Matter | None = None, **more: Any) -> NotOurs:
    usual = {
        "reason": "涉及市场监管执法。", "proper_unit": "市市场监管局", "leader": world.posts["deputy_chief"],
        "request_key": uuid4(), "actor": world.act("office_head"),
    }  # fmt: skip
    return propose_return(matter=matter or history.registered(world, at), at=at, **usual | more)


def decided(world: World, at: datetime, giving: NotOurs, *, agrees: bool = True, who: str = "deputy_chief") -> NotOurs:
    return decide_return(
        giving=giving, agrees=agrees, opinion="" if agrees else "属于检察监督范围，由本院办理。",
        actor=world.act(who), version=giving.version, at=at,
    )  # fmt: skip


def sent(world: World, at: datetime, *, later: int = 0) -> NotOurs:
    giving = decided(world, at, proposed(world, at))
    at += timedelta(days=later)
    return send_return(giving=giving, actor=world.act("officer_wang"), version=giving.version, at=at)


def scan(world: World, at: datetime) -> StoredFile:
    return upload_draft(
        examined=examine(content=PDF, name="复函.pdf"), procuratorate=world.city, request_key=uuid4(), field="scan",
        actor=world.act("officer_wang"), at=at,
    )  # fmt: skip


def answered(world: World, at: datetime, giving: NotOurs, *, agreed: bool, **more: Any) -> NotOurs:
    facts = {"agreed": agreed, "document_number": "样人代函〔2026〕3号", "dated_on": at.date(), "scan": scan(world, at)}
    answer = CongressAnswer(**facts | more)
    return answer_return(giving=giving, answer=answer, actor=world.act("officer_wang"), version=giving.version, at=at)


def open_days(matter: Matter) -> dict[str, Any]:
    rows = matter.deadlines.filter(met_at=None, dropped_at=None)
    return dict(rows.values_list("limit_code", "due_on"))


class TestProposing:
    def test_asks_a_leader_and_holds_the_matter_back_from_sheets(self, in_force: World, at: datetime) -> None:
        matter = history.registered(in_force, at)
        with pytest.raises(CannotReturn, match="没填的内容"):
            proposed(in_force, at, matter, reason="涉及××执法。")
        giving = proposed(in_force, at, matter)
        assert giving.state == ReturnState.PROPOSED
        assert Message.objects.get(post=in_force.posts["deputy_chief"]).title == "待您决定是否退回：162001"
        assert not matters_to_propose(in_force.posts["officer_wang"]).exists()
        with pytest.raises(NotForProposal, match="正在商请退回"):
            history.drafted(in_force, at, giving.matter)

    def test_is_the_office_heads_within_the_books_days(self, in_force: World, at: datetime) -> None:
        matter = history.registered(in_force, at)
        with pytest.raises(NotAllowed):
            proposed(in_force, at, matter, actor=in_force.act("officer_wang"))
        with pytest.raises(ReturnTooLate, match="现已逾期，由本院办理"):
            proposed(in_force, at + timedelta(days=20), matter)
        assert not NotOurs.objects.exists()

    def test_is_refused_once_it_is_on_a_sheet_routed_or_on_its_way(self, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotReturn, match="移出那张拟办单"):
            proposed(in_force, at, history.drafted(in_force, at).rows.get().matter)
        other = history.registered(in_force, at, external_number="162002")
        with pytest.raises(CannotReturn, match="已经由本院承办"):
            proposed(in_force, at, history.assigned(in_force, at, other))
        third = history.registered(in_force, at, external_number="162003")
        proposed(in_force, at, third)
        with pytest.raises(CannotReturn, match="已经提出退回"):
            proposed(in_force, at, third)

    def test_asks_nobody_who_does_not_lead(self, in_force: World, at: datetime) -> None:
        with pytest.raises(CannotReturn, match="院领导"):
            proposed(in_force, at, leader=in_force.posts["head_second"])

    def test_twice_with_one_key_is_once(self, in_force: World, at: datetime) -> None:
        matter, key = history.registered(in_force, at), uuid4()
        assert proposed(in_force, at, matter, request_key=key) == proposed(in_force, at, matter, request_key=key)
        assert NotOurs.objects.count() == 1


class TestDeciding:
    def test_is_the_leaders_who_was_asked(self, in_force: World, at: datetime) -> None:
        giving = proposed(in_force, at)
        with pytest.raises(NotAskedToDecide):
            decided(in_force, at, giving, who="chief")
        assert decided(in_force, at, giving).state == ReturnState.AGREED

    def test_may_be_his_substitutes(self, in_force: World, at: datetime) -> None:
        asked, chief = in_force.posts["deputy_chief"], in_force.posts["chief"]
        giving = proposed(in_force, at)
        Substitution.objects.create(
            post=asked, substitute=chief, from_on=at.date(), until_on=at.date() + timedelta(days=5), reason="出差"
        )
        assert decided(in_force, at, giving, who="chief").decided_by == chief

    def test_against_it_needs_a_word_and_frees_the_matter(self, in_force: World, at: datetime) -> None:
        giving = proposed(in_force, at)
        with pytest.raises(CannotReturn, match="写明意见"):
            decide_return(
                giving=giving, agrees=False, opinion=" ", actor=in_force.act("deputy_chief"), version=1, at=at
            )
        decided(in_force, at, giving, agrees=False)
        assert matters_to_propose(in_force.posts["officer_wang"]).count() == 1

    def test_twice_is_once(self, in_force: World, at: datetime) -> None:
        giving = proposed(in_force, at)
        stale = NotOurs.objects.select_related("matter", "leader").get(pk=giving.pk)
        decided(in_force, at, giving)
        with pytest.raises(ReturnMovedOn, match="刚刚由同事办理过"):
            decided(in_force, at, stale, agrees=False)


class TestTheLetter:
    def test_takes_a_number_of_the_outgoing_letters_and_meets_the_limit(self, in_force: World, at: datetime) -> None:
        giving = sent(in_force, at)
        assert (giving.state, str(giving.number)) == (ReturnState.SENT, "样检函〔2026〕1号")
        consent = giving.consent
        assert consent is not None
        assert (consent.kind, consent.request_number, consent.answer) == ("return", "样检函〔2026〕1号", "")
        limit = giving.matter.deadlines.get(limit_code="SUG_RETURN")
        assert limit.met_at == at

    def test_cannot_leave_after_the_limit(self, in_force: World, at: datetime) -> None:
        giving = decided(in_force, at, proposed(in_force, at))
        with pytest.raises(ReturnTooLate):
            send_return(
                giving=giving, actor=in_force.act("officer_wang"), version=giving.version, at=at + timedelta(days=20)
            )

    def test_names_the_suggestion_the_reason_and_whose_it_is(self, in_force: World, at: datetime) -> None:
        letter = return_letter(sent(in_force, at, later=1))
        text = "".join(getattr(block, "text", "") for block in letter.body)
        assert letter.title == "关于商请退回第162001号建议的函"
        assert letter.salutation == "样本市人大常委会代表工作委员会："
        assert "理由：涉及市场监管执法。" in text
        assert "建议改由市市场监管局办理。" in text
        assert (letter.number, letter.signed_on) == ("样检函〔2026〕1号", at.date())
        assert write_docx(letter)[:2] == b"PK"


class TestTheAnswer:
    def test_agreed_ends_the_matter_as_returned(self, in_force: World, at: datetime) -> None:
        giving = answered(in_force, at + timedelta(days=9), sent(in_force, at), agreed=True)
        matter = Matter.objects.get()
        assert (matter.status, matter.outcome, matter.is_open) == (Status.CLOSED, "returned", False)
        assert (open_days(matter), matter.next_due_on) == ({}, None)
        assert giving.consent is not None
        assert giving.consent.answer == "agreed"
        assert Record.objects.get(verb="suggestions.return_answered").facts["agreed"] is True

    def test_refused_goes_on_with_its_days_as_they_were(self, in_force: World, at: datetime) -> None:
        giving = sent(in_force, at)
        before = open_days(giving.matter)
        assert "SUG_REPLY" in before
        answered(in_force, at + timedelta(days=9), giving, agreed=False)
        matter = Matter.objects.get()
        assert (matter.status, open_days(matter)) == (Status.REGISTERED, before)
        assert matters_to_propose(in_force.posts["officer_wang"]).get() == matter
        with pytest.raises(ReturnTooLate):
            proposed(in_force, at + timedelta(days=10), matter)

    @pytest.mark.parametrize("lacks", ["scan", "dated_on"])
    def test_is_a_paper_with_scan_and_day(self, in_force: World, at: datetime, lacks: str) -> None:
        said = {"scan": None} if lacks == "scan" else {"dated_on": at.date() + timedelta(days=1)}
        with pytest.raises(AnswerIncomplete):
            answered(in_force, at, sent(in_force, at), agreed=True, **said)
        assert Matter.objects.get().status == Status.REGISTERED


class TestGivingItUp:
    def test_frees_the_matter_and_keeps_the_number(self, in_force: World, at: datetime) -> None:
        giving = sent(in_force, at)
        withdraw_return(
            giving=giving, reason="已协调由本院办理", actor=in_force.act("officer_wang"), version=giving.version, at=at
        )
        assert giving.state == ReturnState.WITHDRAWN
        assert giving.number is not None
        assert matters_to_propose(in_force.posts["officer_wang"]).exists()


class TestSight:
    def test_is_the_offices_and_the_leaders_who_is_asked(self, in_force: World, at: datetime) -> None:
        proposed(in_force, at)

        def sees(post: Post) -> bool:
            return returns_open_to(post, on=at.date()).exists()

        seen = {name for name in in_force.posts if sees(in_force.posts[name])}
        assert {"officer_wang", "office_head", "chief", "deputy_chief"} <= seen
        assert not seen & {"officer_li", "head_second", "handler_second", "registry"}
