"""A letter is begun prefilled, saved version by version, and comes back from .docx."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.support.history import assigned, in_hand, registered
from tests.support.letters import answered, drafted, fresh, signed
from tests.support.world import World

from huiyin.files.models import StoredFile
from huiyin.files.operations import store
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.reader import CannotRead, read_letter_text
from huiyin.gongwen.structure import Heading, Paragraph, Table
from huiyin.matters.drafting import latest, problems, text_of
from huiyin.matters.letters import LetterText, Promise, body_of, printed
from huiyin.matters.models import Matter, Solicitation
from huiyin.matters.operations.replies import NotDrafting, create_draft, save_version, upload_version
from huiyin.matters.operations.solicitations import (
    DraftUnfinished,
    SolicitationDayWrong,
    answer_solicitation,
    solicit,
)
from huiyin.matters.rendering import letter_of_version, render_missing
from huiyin.matters.rules import MatterMovedOn, Mode
from huiyin.organisations.permissions import NotAllowed
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.rules import Side


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


class TestANewLetter:
    def test_knows_what_the_matter_knows(self, matter: Matter, in_force: World, at: datetime) -> None:
        text = text_of(latest(create_draft(matter=matter, actor=in_force.act("handler_second"), at=at)))
        assert text.title == "关于市十六届人大二次会议第162001号建议的答复"
        assert text.salutation == "张示例代表："
        assert text.body == (Paragraph("您提出的《关于加强校园周边电子烟治理的建议》收悉，现答复如下："),)
        assert text.attachments == ("人大代表建议办理情况征询意见表",)
        assert text.contact_name == "韦承办"

    def test_of_a_proposal_speaks_of_no_deputy(self, in_force: World, deputies: object, at: datetime) -> None:
        proposal = registered(
            in_force, at, side=Side.PROPOSER, assigner=in_force.bodies["cppcc"], external_number="0117",
            lead=Signer(name="民建样本市委员会"), title="关于清理涉企挂案的提案",
        )  # fmt: skip
        matter = in_hand(in_force, at, proposal)
        text = text_of(latest(create_draft(matter=matter, actor=in_force.act("handler_second"), at=at)))
        assert text.salutation == "民建样本市委员会："
        assert "代表" not in "".join(text.lines)

    def test_begun_twice_is_one(self, matter: Matter, in_force: World, at: datetime) -> None:
        both = [create_draft(matter=matter, actor=in_force.act("handler_second"), at=at) for _ in range(2)]
        assert both[0] == both[1]

    def test_waits_until_the_department_signed_for_the_matter(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        with pytest.raises(NotDrafting):
            create_draft(matter=assigned(in_force, at), actor=in_force.act("officer_wang"), at=at)

    def test_is_not_for_another_department_to_begin(self, matter: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            create_draft(matter=matter, actor=in_force.act("handler_first"), at=at)


class TestSavingALetter:
    def test_makes_the_next_version_and_prints_the_mark_of_the_book(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = drafted(in_force, matter, at)
        assert (latest(reply).number, reply.mark, latest(reply).content["mark"]) == (2, "A", "A")

    def test_on_a_stale_page_is_refused(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        with pytest.raises(MatterMovedOn, match="您写的内容还在页面上"):
            save_version(
                reply=reply, text=text_of(latest(reply)), actor=in_force.act("handler_second"),
                version=reply.version - 1, at=at,
            )  # fmt: skip

    def test_ends_when_it_goes_up(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = signed(in_force, matter, at)
        with pytest.raises(NotDrafting):
            save_version(
                reply=reply, text=text_of(latest(reply)), actor=in_force.act("handler_second"),
                version=reply.version, at=at,
            )  # fmt: skip


class TestADocxOfTheDraft:
    def test_edited_and_uploaded_is_the_next_version(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        letter = letter_of_version(latest(reply))
        edited = replace(letter, body=(*letter.body, Paragraph("再次感谢您的建议。")), attachments=())
        file = uploaded(in_force, write_docx(edited), at)
        made = upload_version(
            reply=reply, file=file, actor=in_force.act("handler_second"), version=reply.version, at=at
        )
        text = text_of(made)
        assert (made.number, made.source, made.file) == (3, "docx", file)
        assert text.typed_body.endswith("再次感谢您的建议。")
        assert (text.outcome, text.contact_name) == ("resolved", "韦承办")

    def test_that_is_no_letter_is_refused_with_a_sentence(self, matter: Matter, in_force: World, at: datetime) -> None:
        from io import BytesIO

        from docx import Document

        reply = drafted(in_force, matter, at)
        buffer = BytesIO()
        Document().save(buffer)
        with pytest.raises(CannotRead, match="重新上传"):
            upload_version(
                reply=reply, file=uploaded(in_force, buffer.getvalue(), at), actor=in_force.act("handler_second"),
                version=reply.version, at=at,
            )  # fmt: skip
        assert fresh(reply).versions.count() == 2


class TestTheTextOfALetter:
    def test_is_typed_as_lines_with_numbered_headings_and_barred_tables(self) -> None:
        blocks = body_of("  一、关于治理\n正文。\n事项|责任部门\n巡查|未检部\n1.下一步")
        assert blocks == (
            Heading(1, "一、关于治理"), Paragraph("正文。"), Table((("事项", "责任部门"), ("巡查", "未检部"))),
            Heading(3, "1.下一步"),
        )  # fmt: skip

    def test_comes_back_from_its_json(self) -> None:
        text = LetterText(title="标题", salutation="张示例代表：", body=body_of("一、甲\n乙|丙\n丁|戊"), publish=False)
        assert LetterText.from_json(text.to_json()) == text

    def test_states_each_promise_with_its_day_once(self) -> None:
        promise = Promise(text="逐校巡查一遍。", due_on=date(2026, 6, 30))
        text = LetterText(title="标题", salutation="张示例代表：", body=body_of("正在办理。"), promises=(promise,))
        assert text.promise_sentences == ["我院承诺：2026年6月30日前，逐校巡查一遍。"]
        printed_letter = printed(text, organ="样本市人民检察院")
        assert printed_letter.body == text.printed_body
        assert text.with_file(read_letter_text(write_docx(printed_letter))).body == text.body
        stated = replace(text, body=body_of("我院将在2026年6月30日前逐校巡查一遍。"))
        assert stated.printed_body == stated.body
        content = text.to_json()
        del content["says_promises"]
        older = LetterText.from_json(content)
        assert (older.printed_body, older.digest == text.digest) == (text.body, False)

    def test_is_signed_for_what_it_says_not_for_its_mark(self) -> None:
        text = LetterText(title="标题", salutation="张示例代表：", outcome="resolved")
        assert replace(text, mark="A").digest == text.digest
        assert replace(text, outcome="in_progress").digest != text.digest


class TestADraftForComment:
    def test_is_the_version_given_and_what_was_said_of_it(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        given = asked(in_force, reply, at)
        assert latest(reply).kind == "solicited"
        answer_solicitation(
            solicitation=given, answer="changes", answered_on=at.date(), words="请写明完成时间。",
            actor=in_force.act("handler_second"), at=at,
        )  # fmt: skip
        assert Solicitation.objects.get().words == "请写明完成时间。"

    def test_is_not_silent_before_its_day(self, matter: Matter, in_force: World, at: datetime) -> None:
        given = asked(in_force, drafted(in_force, matter, at), at)
        with pytest.raises(SolicitationDayWrong, match="还没有过"):
            answer_solicitation(
                solicitation=given, answer="silent", answered_on=at.date(), words="",
                actor=in_force.act("handler_second"), at=at,
            )  # fmt: skip


class TestADraftGivenForComment:
    def test_says_first_whether_it_may_be_published(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at, publish=None)
        with pytest.raises(DraftUnfinished, match="本答复是否公开"):
            asked(in_force, reply, at)

    def test_says_more_than_the_opening(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = create_draft(matter=matter, actor=in_force.act("handler_second"), at=at)
        with pytest.raises(DraftUnfinished, match="正文还没有写答复内容"):
            asked(in_force, reply, at)
        text = replace(answered(text_of(latest(reply))), closing="XX月再告。")
        save_version(reply=reply, text=text, actor=in_force.act("handler_second"), version=reply.version, at=at)
        with pytest.raises(DraftUnfinished, match="没填的内容：“XX月再告。”，请补全后再送征求意见"):
            asked(in_force, fresh(reply), at)


class TestWhatKeepsALetterFromGoingUp:
    @pytest.mark.parametrize("more", [(), (Heading(1, "一、关于校园周边专项监督"),)])
    def test_is_a_body_with_nothing_but_its_opening(
        self, matter: Matter, in_force: World, at: datetime, more: tuple[Heading, ...]
    ) -> None:
        reply = create_draft(matter=matter, actor=in_force.act("handler_second"), at=at)
        text = text_of(latest(reply))
        text = replace(text, body=(*text.body, *more), outcome="resolved", publish=True)
        assert problems(reply, text, at.date()) == ["正文还没有写答复内容，请写明办理情况。"]

    def test_is_no_answer_in_numbered_sentences(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = create_draft(matter=matter, actor=in_force.act("handler_second"), at=at)
        body = (Heading(1, "一、已会同公安机关区分情形处理。"),)
        text = replace(text_of(latest(reply)), body=body, outcome="resolved", publish=True)
        assert problems(reply, text, at.date()) == []

    def test_is_nothing_once_it_answers(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        assert problems(reply, text_of(latest(reply)), at.date()) == []


class TestThePapersOfALetter:
    def test_are_made_after_the_commit_and_once(self, matter: Matter, in_force: World, at: datetime) -> None:
        reply = drafted(in_force, matter, at)
        assert render_missing(at=at) == 2
        assert latest(reply).docx is not None
        assert latest(reply).docx.rendered
        assert render_missing(at=at + timedelta(hours=1)) == 0


def asked(world: World, reply, at: datetime) -> Solicitation:  # type: ignore[no-untyped-def]
    lead = reply.matter.participants.get(role="lead")
    return solicit(
        reply=reply, participant=lead, mode=Mode.FACE_TO_FACE, given_on=at.date(), answer_by_on=date(2026, 3, 10),
        actor=world.act("handler_second"), at=at,
    )  # fmt: skip


def uploaded(world: World, content: bytes, at: datetime) -> StoredFile:
    from django.db import transaction

    with transaction.atomic():
        return store(content=content, name="答复稿.docx", procuratorate=world.city, actor_key="post:1", at=at)
