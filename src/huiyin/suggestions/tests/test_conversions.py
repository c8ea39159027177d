"""A suggestion that concerns a single case goes to the sealed road, whole or in part, and nothing of it leaks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.support import history
from tests.support.history import in_hand, registered
from tests.support.letters import submitted
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.exchange.queries import account_of, cards_of
from huiyin.exchange.shapes import PROGRESS
from huiyin.files.models import StoredFile
from huiyin.matters.models import Deadline, ExternalConsent, Matter
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.rules import Status, Visibility
from huiyin.messaging.models import Message
from huiyin.messaging.operations import bind
from huiyin.organisations.permissions import NotAllowed
from huiyin.people.models import Person
from huiyin.suggestions.models import CaseInquiry, Conversion
from huiyin.suggestions.operations.conversions import (
    NEUTRAL,
    CannotConvert,
    Consent,
    Split,
    decide_conversion,
    propose_conversion,
)
from huiyin.suggestions.operations.returns import CannotReturn, propose_return

CASE = "刘某合同诈骗案"
PART = Split(
    whole=False, case_title=CASE, question="该案为何迟迟没有结果，请说明进度。",
    rest_title="关于完善涉企案件办理进度告知的建议", rest_body="建议建立涉企案件进度定期告知制度。",
)  # fmt: skip
WHOLE = Split(whole=True, case_title=CASE, question="该案为何迟迟没有结果，请说明进度。")


@pytest.fixture
def matter(in_force: World, deputies: dict[str, Person], at: datetime) -> Matter:
    """Registered with the case in its title, seen by 张示例 on the phone."""
    zhang = deputies["zhang"]
    bind(
        person=zhang, contact_point=zhang.contact_points.get(), evidence="当面核对",
        actor=in_force.act("officer_wang"), at=at,
    )  # fmt: skip
    return registered(in_force, at, title=f"关于{CASE}及进度告知的建议", body=f"{CASE}迟迟没有结果。建议定期告知进度。")


@pytest.fixture
def scan(world: World, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        public_id="consent", procuratorate=world.city, name="复函.pdf", path="consent", size=1, sha256="0" * 64,
        media_type="application/pdf", scan_state="unscanned", stored_by="post:1", stored_at=at,
    )  # fmt: skip


def proposed(world: World, matter: Matter, at: datetime, split: Split = PART, who: str = "officer_wang") -> Conversion:
    return propose_conversion(
        matter=matter, split=split, reason="涉及具体案件", request_key=uuid4(), actor=world.act(who), at=at
    )


def decided(world: World, conversion: Conversion, at: datetime, **more: Any) -> Conversion:
    usual: dict[str, Any] = {"agreed": True, "opinion": "同意。", "actor": world.act("office_head")}
    conversion.matter.refresh_from_db()
    return decide_conversion(conversion=conversion, version=conversion.matter.version, at=at, **usual | more)


def told(at: datetime) -> str:
    """Everything that audit and messages say from this moment on."""
    records = [
        f"{row.target_label} {json.dumps(row.facts, ensure_ascii=False)}" for row in Record.objects.filter(at=at)
    ]
    messages = [f"{row.title} {row.body}" for row in Message.objects.filter(created_at=at)]
    return "\n".join(records + messages)


class TestAPart:
    def test_becomes_a_sealed_inquiry_and_the_rest_stays_a_suggestion(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        made = decided(in_force, proposed(in_force, matter, at), at)
        matter.refresh_from_db()
        assert (matter.title, matter.body, matter.status) == (PART.rest_title, PART.rest_body, Status.REGISTERED)
        inquiry = CaseInquiry.objects.get()
        assert (made.inquiry, inquiry.matter.title, inquiry.matter.body) == (inquiry, CASE, PART.question)
        assert inquiry.matter.visibility == Visibility.SEALED
        assert inquiry.matter.participants.get().name == "张示例"

    def test_leaves_no_copy_of_the_case_behind(
        self, matter: Matter, in_force: World, scan: StoredFile, at: datetime
    ) -> None:
        add_attachments(
            matter=matter, kind="original", files=[scan], request_key=uuid4(), actor=in_force.act("officer_wang"), at=at
        )
        made = decided(in_force, proposed(in_force, matter, at), at)
        assert (made.case_title, made.question) == ("", "")
        assert not matter.attachments.exists()
        assert made.inquiry is not None
        assert made.inquiry.matter.attachments.get().file == scan

    def test_names_the_case_in_no_record_and_no_message(self, matter: Matter, in_force: World, at: datetime) -> None:
        later = at.replace(hour=11)
        decided(in_force, proposed(in_force, matter, later), later)
        said = told(later)
        assert matter.number in said
        assert (CASE in said, "迟迟没有结果" in said) == (False, False)

    @pytest.mark.parametrize("where", ["rest_title", "rest_body"])
    def test_may_not_stand_in_what_remains(self, matter: Matter, in_force: World, at: datetime, where: str) -> None:
        with pytest.raises(CannotConvert, match="还有案件内容"):
            proposed(in_force, matter, at, replace(PART, **{where: f"关于{CASE}的建议"}))


class TestAWholeSuggestion:
    def test_needs_the_paper_of_the_congress_office(self, matter: Matter, in_force: World, at: datetime) -> None:
        made = proposed(in_force, matter, at, WHOLE)
        with pytest.raises(CannotConvert, match="代表工作委员会同意"):
            decided(in_force, made, at)
        assert not CaseInquiry.objects.exists()

    def test_leaves_the_road_under_a_neutral_title(
        self, matter: Matter, in_force: World, deputies: dict[str, Person], scan: StoredFile, at: datetime
    ) -> None:
        consent = Consent(document_number="样人代函〔2026〕6号", dated_on=at.date(), scan=scan)
        decided(in_force, proposed(in_force, matter, at, WHOLE), at, consent=consent)
        matter.refresh_from_db()
        assert (matter.title, matter.body, matter.status, matter.is_open) == (NEUTRAL, "", Status.CLOSED, False)
        assert not Deadline.objects.filter(matter=matter, met_at=None, dropped_at=None).exists()
        assert ExternalConsent.objects.get(matter=matter).kind == "conversion"
        account = account_of(f"p:{deputies['zhang'].pk}")
        assert account is not None
        assert not cards_of(account, PROGRESS).exists()


class TestTheDecision:
    def test_is_the_office_heads(self, matter: Matter, in_force: World, at: datetime) -> None:
        made = proposed(in_force, matter, at)
        with pytest.raises(NotAllowed):
            decided(in_force, made, at, actor=in_force.act("officer_wang"))

    def test_against_it_says_why_and_changes_nothing(self, matter: Matter, in_force: World, at: datetime) -> None:
        made = proposed(in_force, matter, at)
        with pytest.raises(CannotConvert, match="写明理由"):
            decided(in_force, made, at, agreed=False, opinion="")
        assert decided(in_force, made, at, agreed=False, opinion="不涉及个案。").verdict == "refused"
        matter.refresh_from_db()
        assert CASE in matter.title
        assert not CaseInquiry.objects.exists()

    def test_is_made_once(self, matter: Matter, in_force: World, at: datetime) -> None:
        made = decided(in_force, proposed(in_force, matter, at), at)
        with pytest.raises(CannotConvert, match="已经决定过"):
            decided(in_force, made, at)


class TestASuggestionOnAnotherRoad:
    @pytest.mark.parametrize("split", [PART, WHOLE])
    def test_being_given_back_is_neither_proposed_nor_agreed_to(
        self, matter: Matter, in_force: World, at: datetime, split: Split
    ) -> None:
        asked = {
            "matter": matter, "reason": "不属本院", "proper_unit": "市司法局", "leader": in_force.posts["deputy_chief"],
            "request_key": uuid4(), "actor": in_force.act("office_head"), "at": at,
        }  # fmt: skip
        made = proposed(in_force, matter, at, split)
        with pytest.raises(CannotReturn, match="已经提出转案件咨询"):
            propose_return(**asked)
        Conversion.objects.update(verdict="refused")
        propose_return(**asked)
        with pytest.raises(CannotConvert, match="正在商请退回"):
            proposed(in_force, matter, at, split)
        Conversion.objects.update(verdict="")
        with pytest.raises(CannotConvert, match="正在商请退回"):
            decided(in_force, made, at)

    def test_on_a_draft_sheet_is_neither_proposed_nor_agreed_to(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        made = proposed(in_force, matter, at)
        history.drafted(in_force, at, matter)
        with pytest.raises(CannotConvert, match="移出那张拟办单"):
            decided(in_force, made, at)
        Conversion.objects.update(verdict="refused")
        with pytest.raises(CannotConvert, match="移出那张拟办单"):
            proposed(in_force, matter, at)


class TestProposing:
    def test_twice_with_one_key_is_one_proposal(self, matter: Matter, in_force: World, at: datetime) -> None:
        key, actor = uuid4(), in_force.act("officer_wang")
        both = [
            propose_conversion(matter=matter, split=PART, reason="个案", request_key=key, actor=actor, at=at)
            for _ in range(2)
        ]
        assert both[0] == both[1]

    def test_waits_for_the_one_before(self, matter: Matter, in_force: World, at: datetime) -> None:
        proposed(in_force, matter, at)
        with pytest.raises(CannotConvert, match="已经提出"):
            proposed(in_force, matter, at)

    def test_is_too_late_for_a_letter_on_its_road(self, in_force: World, deputies: object, at: datetime) -> None:
        letter = submitted(in_force, in_hand(in_force, at), at)
        with pytest.raises(CannotConvert, match="请先撤回"):
            proposed(in_force, letter.matter, at, who="handler_second")
