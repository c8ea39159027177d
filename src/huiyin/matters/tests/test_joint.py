"""Joint handling with another organ: talk, handling, reply (S3-62, S3-63, practice 24)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.history import in_hand, registered
from tests.support.letters import all_signed, fresh, sign, submitted
from tests.support.organs import joined, scan, with_organ
from tests.support.world import World

from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.html import write_html
from huiyin.gongwen.reader import read_letter_text
from huiyin.gongwen.structure import Paragraph
from huiyin.matters.drafting import latest, prefilled, problems, text_of
from huiyin.matters.filing_documents import file_of
from huiyin.matters.models import Countersignature, Reply, Undertaking
from huiyin.matters.operations.acts import ActFacts, ActIncomplete, record_act
from huiyin.matters.operations.joint import CannotCountersign, CannotJoin, Signed, countersign, join
from huiyin.matters.operations.replies_issuing import CountersignatureMissing, proofread, take_number
from huiyin.matters.papers.contacts import consult_record
from huiyin.matters.rendering import letter_of
from huiyin.matters.rules import ActKind, HandlerRole, Mode

COURT = "样本市中级人民法院"


def _countersigned(world: World, reply: Reply, part: Undertaking, at: datetime) -> Countersignature:
    reply = fresh(reply)
    return countersign(
        reply=reply, undertaking=part, signed=Signed(signer="乔院长", signer_title="院长", signed_on=at.date()),
        scan=scan(world, at, "会签.pdf"), actor=world.act("handler_second"), version=reply.version, at=at,
    )  # fmt: skip


class TestAJointReply:
    def test_bears_our_number_both_organs_and_the_day_of_the_last_signer(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter, court = joined(in_force, at)
        assert f"我院会同{COURT}共同研究办理，现联合答复如下" in prefilled(matter).typed_body
        reply = all_signed(in_force, submitted(in_force, matter, at), at)
        proofread(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        with pytest.raises(CountersignatureMissing, match=f"还缺{COURT}的会签"):
            take_number(reply=fresh(reply), actor=in_force.act("registry"), version=fresh(reply).version, at=at)
        later = at + timedelta(days=3)
        _countersigned(in_force, reply, court, later)
        with pytest.raises(CannotCountersign, match="已经会签"):
            _countersigned(in_force, reply, court, later)
        reply = fresh(reply)
        take_number(reply=reply, actor=in_force.act("registry"), version=reply.version, at=later)
        letter = letter_of(fresh(reply))
        assert letter.organ == "样本市人民检察院"
        assert letter.signatures == ("样本市人民检察院", COURT)
        assert (letter.number, letter.signer) == ("样检函〔2026〕1号", "程检　乔院长")
        assert letter.signed_on == later.date()
        assert f"<td>{COURT}</td>" in write_html(letter)
        read = read_letter_text(write_docx(letter))
        assert [each.text for each in read.body if isinstance(each, Paragraph)][-1].endswith("联合检查一次。")
        assert f"{COURT}会签件" in [each.title for each in file_of(matter, later.date()).documents]

    def test_needs_another_signature_once_its_text_is_another(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter, court = joined(in_force, at)
        reply = submitted(in_force, matter, at)
        first = _countersigned(in_force, reply, court, at)
        text = text_of(latest(reply))
        edited = type(text).from_json(text.to_json() | {"closing": "再次感谢您的关心。"})
        sign(in_force, reply, at, edited=edited)
        reply = all_signed(in_force, fresh(reply), at)
        assert latest(reply).digest != first.digest
        proofread(reply=reply, actor=in_force.act("officer_wang"), version=reply.version, at=at)
        with pytest.raises(CountersignatureMissing):
            take_number(reply=fresh(reply), actor=in_force.act("registry"), version=fresh(reply).version, at=at)
        _countersigned(in_force, reply, court, at)
        assert sent_out_number(in_force, reply, at) == "样检函〔2026〕1号"

    def test_needs_no_opinion_quoted_and_is_settled_before_it_goes_up(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        matter, court = joined(in_force, at)
        reply = submitted(in_force, matter, at)
        assert problems(reply, text_of(latest(reply)), at.date()) == []
        with pytest.raises(CannotJoin, match="已经送审"):
            join(undertaking=court, jointly=False, actor=in_force.act("officer_wang"), version=court.version, at=at)
        alone = in_hand(in_force, at, registered(in_force, at, external_number="162003"))
        with pytest.raises(CannotJoin, match="不是会同办理的外单位"):
            join(
                undertaking=alone.undertakings.select_related("matter", "department").get(), jointly=True,
                actor=in_force.act("officer_wang"), version=2, at=at,
            )  # fmt: skip


def sent_out_number(world: World, reply: Reply, at: datetime) -> str:
    """The number it is given."""
    reply = fresh(reply)
    return str(take_number(reply=reply, actor=world.act("registry"), version=reply.version, at=at).number)


class TestAJointTalk:
    def test_names_who_came_for_the_other_organ(self, in_force: World, deputies: object, at: datetime) -> None:
        matter, court = with_organ(in_force, at)
        common = {
            "kind": ActKind.CONSULT, "mode": Mode.FACE_TO_FACE, "happened_on": at.date(), "attendees": "未承办",
            "agreed": "分头办理，联合答复。",
        }  # fmt: skip
        who = {"matter": matter, "undertaking": court, "actor": in_force.act("handler_second"), "at": at}
        with pytest.raises(ActIncomplete, match=f"与{COURT}共同进行"):
            record_act(facts=ActFacts(**common), request_key=uuid4(), **who)  # type: ignore[arg-type]
        facts = ActFacts(**common, organ_attendees="民一庭古法官")  # type: ignore[arg-type]
        paper = consult_record(record_act(facts=facts, request_key=uuid4(), **who))  # type: ignore[arg-type]
        assert paper.title.startswith("联　合")
        assert f"{COURT}：民一庭古法官" in [cell.text for row in paper.rows for cell in row.cells]


class TestASeparateReply:
    def test_says_whose_part_it_answers(self, in_force: World, deputies: object, at: datetime) -> None:
        matter = in_hand(in_force, at, registered(in_force, at, handler_role=HandlerRole.SEPARATE))
        assert "现就由我院办理的部分答复如下" in prefilled(matter).typed_body
