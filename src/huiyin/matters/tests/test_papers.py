"""Papers print what the office knows."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from tests.support.history import in_hand, part_of, registered
from tests.support.letters import delivered, fresh, issued, submitted
from tests.support.world import World, moment

from huiyin.approvals.queries import open_steps
from huiyin.approvals.rules import Verdict
from huiyin.files.operations import read
from huiyin.gongwen.structure import Form
from huiyin.matters.drafting import latest
from huiyin.matters.filing_documents import file_of
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.models import Matter, Rating
from huiyin.matters.operations.acts import ActFacts, record_act
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.operations.replies_signing import decide_letter
from huiyin.matters.operations.undertakings import Part
from huiyin.matters.papers.contacts import consult_record, undertaking_notice
from huiyin.matters.papers.feedback import feedback_form
from huiyin.matters.papers.letter_sheet import letter_sheet
from huiyin.matters.papers.registers import file_catalogue, receipt_register
from huiyin.matters.queries import with_row_facts
from huiyin.matters.rendering import letter_of, render_missing
from huiyin.matters.rules import ActKind, HandlerRole, Mode, RatingSource, Stage
from huiyin.organisations.models import Substitution
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.papers import proposal_sheet, suggestion_register


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


def words(form: Form) -> str:
    return "\n".join(cell.text for row in form.rows for cell in row.cells)


class TestTheLetterAsItLeaves:
    def test_bears_number_day_signer_mark_and_encloses_the_form(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        letter = letter_of(issued(in_force, matter, at))
        assert (letter.number, letter.signed_on, letter.signer, letter.mark) == (
            "样检函〔2026〕1号", date(2026, 3, 5), "程检", "A"
        )  # fmt: skip
        assert letter.notes == ("联系人：韦承办，联系电话：1000000-8000；本答复可以公开",)
        assert letter.copies == ("样本市人大常委会代表工作委员会",)
        assert [form.title for form in letter.enclosures] == ["人大代表建议办理情况征询意见表"]

    @pytest.mark.office
    def test_opens_in_an_office_program(self, matter: Matter, in_force: World, at: datetime, tmp_path: Path) -> None:
        reply = issued(in_force, matter, at)
        render_missing(at=at)
        made = fresh(reply).docx
        assert made is not None
        (tmp_path / "letter.docx").write_bytes(read(made))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
             "--outdir", str(tmp_path), str(tmp_path / "letter.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        text = re.sub(r"\s", "", (tmp_path / "letter.txt").read_text(encoding="utf-8"))
        for said in ("张示例代表：", "一、关于校园周边专项监督", "2026年3月5日", "办理态度", "□基本满意"):
            assert said in text


class TestTheCoverSheet:
    def test_shows_who_signed_in_whose_place_and_who_recorded_it(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        Substitution.objects.create(
            post=in_force.posts["head_second"], substitute=in_force.posts["head_first"], from_on=date(2026, 3, 1),
            until_on=date(2026, 4, 1),
        )  # fmt: skip
        reply = submitted(in_force, matter, at)
        decide_letter(
            reply=reply, step=open_steps(reply.approval)[0], verdict=Verdict.AGREE, opinion="同意送核。",
            subject_hash=latest(reply).digest, actor=in_force.act("head_first"), version=reply.approval.version, at=at,
        )  # fmt: skip
        assert "同意送核。\n易部长（代魏部长）" in words(letter_sheet(fresh(reply)))


class TestTheRatingForm:
    def test_is_blank_for_the_lead_and_ticked_for_a_phone_rating(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        reply = delivered(in_force, matter, at)
        lead = matter.participants.get(role="lead")
        assert "☑" not in words(feedback_form(reply))
        rating = Rating(
            matter=matter, reply=reply, participant=lead, round=1, source=RatingSource.OUR_SITE, attitude="satisfied",
            result="mostly_satisfied", words="请继续跟进。", rated_on=at.date(),
        )  # fmt: skip
        form = feedback_form(reply, participant=lead, rating=rating)
        assert "☑基本满意" in words(form)
        assert form.notes[0].startswith("以上评价由手机端提交")
        assert form.notes[-1].startswith("请于收到答复之日起15个工作日内")


class TestARecordSheet:
    def test_prints_a_talk_or_why_there_was_none(self, matter: Matter, in_force: World, at: datetime) -> None:
        facts = ActFacts(
            kind=ActKind.CONSULT, mode=Mode.FACE_TO_FACE, stage=Stage.BEFORE, happened_on=at.date(),
            deputy_words="希望加强执法协作。",
        )  # fmt: skip
        held = record_act(matter=matter, facts=facts, actor=in_force.act("handler_second"), request_key=uuid4(), at=at)
        missed = record_act(
            matter=matter, facts=replace(facts, held=False, deputy_words="", reason_not_held="代表外出"),
            actor=in_force.act("handler_second"), request_key=uuid4(), at=at,
        )  # fmt: skip
        assert "希望加强执法协作。" in words(consult_record(held))
        assert "代表外出" in words(consult_record(missed))
        assert "签署意见" not in words(consult_record(missed))


class TestTheNoticeToADepartment:
    def test_names_its_part_its_day_and_who_signed_for_it(self, matter: Matter, in_force: World) -> None:
        said = words(undertaking_notice(part_of(matter, in_force)))
        for fact in ("第二检察部（未成年人检察）", "独办", "傅检（副检察长）", "魏部长", "韦承办"):
            assert fact in said

    def test_asks_an_assistant_for_an_opinion_and_names_who_else_acts(
        self, in_force: World, deputies: object, at: datetime
    ) -> None:
        parts = [(HandlerRole.LEAD, "second"), (HandlerRole.ASSIST, "first")]
        matter = in_hand(
            in_force, at, parts=tuple(Part(role=role, department=in_force.departments[key]) for role, key in parts)
        )
        lead, beside = (words(undertaking_notice(part_of(matter, in_force, key))) for key in ("second", "first"))
        assert "按期办出答复稿" in lead
        assert "（协办）" in lead
        assert "提出协办意见" in beside
        assert "答复稿" not in beside


class TestRegisters:
    def test_list_matters_in_the_columns_of_the_office(self, matter: Matter, in_force: World, at: datetime) -> None:
        registered(
            in_force, at, external_number="162008", lead=Signer(name="李样本", delegation="第一代表团"),
            cosigners=(Signer(name="王虚构", delegation="第二代表团"),),
        )  # fmt: skip
        rows = list(with_row_facts(Matter.objects.select_related("suggestion")).order_by("id"))
        receipts = receipt_register(rows, organ="样本市人民检察院", on=at.date())
        assert [row[8] for row in receipts.rows] == ["张示例", "李样本等2人"]
        assert receipts.rows[0][3:6] == ("样本市人大常委会代表工作委员会", "样人代〔2026〕8号", "162001")
        ledger = suggestion_register(rows, organ="样本市人民检察院", on=at.date())
        assert [row[2:4] for row in ledger.rows] == [("张示例", "0"), ("李样本", "1")]
        assert ledger.rows[0][9:12] == ("未检部", "傅检", "办理中")

    def test_give_the_day_the_answer_is_due_before_and_after_it_went(
        self, matter: Matter, in_force: World, at: datetime
    ) -> None:
        due = matter.deadlines.get(limit_code="SUG_REPLY").due_on.isoformat()
        assert _ledger_due(at) == due
        delivered(in_force, matter, at)
        assert _ledger_due(at) == due

    def test_give_what_the_lead_thought_and_nobody_else(self, in_force: World, deputies: object, at: datetime) -> None:
        cosigned = registered(in_force, at, cosigners=(Signer(name="王虚构", delegation="第二代表团"),))
        reply = delivered(in_force, in_hand(in_force, at, cosigned), at)
        facts = RatingFacts(
            source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date()
        )
        for name, shown in (("王虚构", ""), ("张示例", "满意")):
            signer = cosigned.participants.get(name=name)
            record_rating(reply=reply, participant=signer, facts=facts, actor=in_force.act("officer_wang"), at=at)
            rows = list(with_row_facts(Matter.objects.select_related("suggestion")))
            assert suggestion_register(rows, organ="样本市人民检察院", on=at.date()).rows[0][-1] == shown

    def test_list_the_papers_of_a_file(self, matter: Matter, in_force: World, at: datetime) -> None:
        delivered(in_force, matter, at)
        paper = file_catalogue(file_of(fresh_matter(matter), at.date()))
        assert [row[3] for row in paper.rows] == [
            "答复函正本", "发文稿纸", "签发的定稿（第2稿）", matter.title, "拟办单",
            "承办通知单（第二检察部（未成年人检察））",
        ]  # fmt: skip
        assert "保管期限：永久" in paper.meta


class TestADayPrinted:
    def test_before_eight_in_the_morning_is_that_day(self, in_force: World, deputies: object) -> None:
        early = moment("2026-03-05 07:20")
        matter = in_hand(in_force, early)
        sheet = Proposal.objects.select_related("procuratorate", "approval").get()
        assert "拟办日期：2026年3月5日" in proposal_sheet(sheet).meta
        notice = undertaking_notice(part_of(matter, in_force))
        assert "分送日期：2026年3月5日" in notice.meta
        assert "2026年3月5日" in words(notice)
        assert {paper.code: paper.on for paper in papers_of(matter, early.date())}["proposal_sheet"] == early.date()


class TestTheProposalSheet:
    def test_prints_rows_dates_and_signatures(self, matter: Matter) -> None:
        said = words(proposal_sheet(Proposal.objects.select_related("procuratorate", "approval").get()))
        for fact in ("162001", "独办：第二检察部（未成年人检察）", "建议由未检部办理。", "何主任", "傅检"):
            assert fact in said


def _ledger_due(at: datetime) -> str:
    rows = list(with_row_facts(Matter.objects.select_related("suggestion")))
    return suggestion_register(rows, organ="样本市人民检察院", on=at.date()).rows[0][8]


def fresh_matter(matter: Matter) -> Matter:
    return Matter.objects.select_related("procuratorate").get(pk=matter.pk)
