"""Signing a 拟办 sheet: in one's own name, from paper, by a meeting; changing rows; returning it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.approvals.models import Decision
from huiyin.approvals.rules import Verdict
from huiyin.desk.proposals.tests.sheets import row_of, rows_as_shown, signature
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.rules import ProposalStatus


def url(verb: str, sheet: Proposal) -> str:
    return reverse(f"desk:proposals:{verb}", args=[sheet.pk])


def at_the_leader(world: World, at: datetime) -> Proposal:
    """A sheet the office head has signed."""
    return history.decided(world, at, history.sent(world, at), "office_head")


def scan(name: str = "批示.pdf", content: bytes = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n") -> Any:
    return SimpleUploadedFile(name, content)


class TestReadingASheet:
    def test_shows_the_leader_the_whole_sheet_and_his_decision(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        page = visit(desk("deputy_chief"), url("detail", sheet)).content.decode()
        assert "第二检察部（未成年人检察）" in page
        assert "2026-05-06前，按制度推算" in page
        assert 'name="verdict" value="agree"' in page

    def test_offers_no_decision_to_whom_it_does_not_wait_for(self, in_force: World, desk: Desk, at: datetime) -> None:
        page = visit(desk("deputy_chief"), url("detail", history.sent(in_force, at))).content.decode()
        assert 'name="verdict"' not in page

    def test_is_refused_to_a_department_head(self, in_force: World, desk: Desk, at: datetime) -> None:
        assert desk("head_second").get(url("detail", history.sent(in_force, at))).status_code == 403

    def test_is_hidden_from_another_office(self, in_force: World, desk: Desk, at: datetime) -> None:
        assert desk("officer_li").get(url("detail", history.sent(in_force, at))).status_code == 404


class TestAgreeing:
    def test_passes_it_on_from_the_office_head_to_the_leader(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        typed = signature(sheet, in_force.posts["office_head"]) | rows_as_shown(sheet)
        answer = desk("office_head").post(url("decide", sheet), typed)
        assert answer.headers["Location"] == url("detail", sheet)
        page = visit(desk("deputy_chief"), url("detail", sheet)).content.decode()
        assert "何主任（办公室主任）" in page
        assert 'name="verdict"' in page

    @pytest.mark.parametrize("said", ["", "RETURN"])
    def test_needs_one_of_its_buttons(self, in_force: World, desk: Desk, at: datetime, said: str) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], verdict=said, opinion="再议") | rows_as_shown(sheet)
        answer = desk("deputy_chief").post(url("decide", sheet), typed)
        page = answer.content.decode()
        assert (answer.status_code, "请选择同意或者退回修改。" in page, "再议" in page) == (422, True, True)
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.SIGNING

    def test_assigns_the_matters_with_the_last_signature(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"]) | rows_as_shown(sheet)
        desk("deputy_chief").post(url("decide", sheet), typed)
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.AGREED
        assert row_of(sheet).changed_by_leader is False
        part = row_of(sheet).matter.undertakings.get()
        assert part.department == in_force.departments["second"]

    def test_carries_a_changed_row_and_a_written_instruction(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        row = row_of(sheet)
        changed = {
            f"row{row.pk}-unit0": f"d{in_force.departments['third'].pk}",
            f"row{row.pk}-instruction": "请公益诉讼部主办，先与代表见面。",
        }
        typed = signature(sheet, in_force.posts["deputy_chief"]) | rows_as_shown(sheet) | changed
        desk("deputy_chief").post(url("decide", sheet), typed)
        row.refresh_from_db()
        assert row.instruction == "请公益诉讼部主办，先与代表见面。"
        assert row.changed_by_leader
        assert row.matter.undertakings.get().department == in_force.departments["third"]

    def test_shows_one_more_line_without_signing(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], opinion="写了一半") | rows_as_shown(sheet)
        answer = desk("deputy_chief").post(url("decide", sheet), typed | {"more": str(row_of(sheet).pk)})
        assert f'name="row{row_of(sheet).pk}-unit2"' in answer.content.decode()
        assert "写了一半" in answer.content.decode()
        assert not Decision.objects.filter(step__label="院领导批示").exists()

    def test_is_refused_on_a_text_that_is_no_longer_the_latest_and_keeps_the_words(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], opinion="同意，抓紧。", subject_hash="0" * 64)
        answer = desk("deputy_chief").post(url("decide", sheet), typed | rows_as_shown(sheet))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "您看到的不是最新稿" in page
        assert "同意，抓紧。" in page

    def test_is_refused_twice(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"]) | rows_as_shown(sheet)
        browser = desk("deputy_chief")
        assert browser.post(url("decide", sheet), typed).status_code == 302
        answer = browser.post(url("decide", sheet), typed)
        assert answer.status_code == 422
        assert "这一环节已经办理过" in answer.content.decode()

    def test_waits_for_the_one_it_is_addressed_to(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        typed = signature(sheet, in_force.posts["office_head"]) | rows_as_shown(sheet)
        assert desk("deputy_chief").post(url("decide", sheet), typed).status_code == 422
        assert desk("handler_second").post(url("decide", sheet), typed).status_code == 403
        assert desk("officer_li").post(url("decide", sheet), typed).status_code == 404


class TestReturning:
    def test_needs_words(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], verdict="return", opinion="")
        answer = desk("deputy_chief").post(url("decide", sheet), typed | rows_as_shown(sheet))
        assert answer.status_code == 422
        assert "退回修改要写明意见" in answer.content.decode()

    def test_gives_it_back_to_the_drafter_with_the_words(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], verdict="return", opinion="请改由一部主办。")
        desk("deputy_chief").post(url("decide", sheet), typed)
        page = visit(desk("officer_wang"), url("detail", sheet)).content.decode()
        assert "傅检（副检察长）退回修改：请改由一部主办。" in page


class TestAMeeting:
    def test_decides_the_leaders_step(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        meeting = {"held_on": "2026-03-05", "minutes": "样检党组〔2026〕7号"}
        typed = signature(sheet, in_force.posts["deputy_chief"], **meeting) | rows_as_shown(sheet)
        desk("deputy_chief").post(url("decide", sheet), typed)
        page = visit(desk("deputy_chief"), url("detail", sheet)).content.decode()
        assert "2026-03-05会议决定（样检党组〔2026〕7号）" in page

    def test_needs_its_minutes(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(sheet, in_force.posts["deputy_chief"], held_on="2026-03-05") | rows_as_shown(sheet)
        answer = desk("deputy_chief").post(url("decide", sheet), typed)
        assert answer.status_code == 422
        assert "请填写会议纪要文号" in answer.content.decode()


class TestRecordingAPaperSignature:
    def typed(self, world: World, sheet: Proposal, **more: Any) -> dict[str, Any]:
        usual = {"way": "paper", "signed_on": "2026-03-05"}
        return signature(sheet, world.posts["deputy_chief"], **usual | more) | rows_as_shown(sheet)

    def test_is_offered_to_the_clerk(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        step = signature(sheet, in_force.posts["deputy_chief"])["step"]
        page = visit(desk("officer_wang"), f"{url('detail', sheet)}?step={step}").content.decode()
        assert "代录院领导批示：傅检（副检察长）" in page

    def test_counts_at_once_and_says_who_recorded_it(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        desk("officer_wang").post(url("decide", sheet), self.typed(in_force, sheet) | {"scan": scan()})
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.AGREED
        page = visit(desk("deputy_chief"), url("detail", sheet)).content.decode()
        assert "纸质签批2026-03-05，王联络代录" in page
        file = Decision.objects.exclude(scan=None).get().scan
        assert file is not None
        assert desk("deputy_chief").get(f"/desk/files/{file.public_id}/").status_code == 200
        assert desk("officer_li").get(f"/desk/files/{file.public_id}/").status_code == 404

    def test_needs_the_scan(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        answer = desk("officer_wang").post(url("decide", sheet), self.typed(in_force, sheet))
        assert answer.status_code == 422
        assert "请上传签批件的扫描件" in answer.content.decode()

    def test_keeps_the_scan_when_something_else_is_missing(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = self.typed(in_force, sheet, signed_on="", request_key=str(uuid4()))
        browser = desk("officer_wang")
        answer = browser.post(url("decide", sheet), typed | {"scan": scan()})
        assert answer.status_code == 422
        assert "已上传“批示.pdf”，不用再选" in answer.content.decode()
        assert browser.post(url("decide", sheet), typed | {"signed_on": "2026-03-05"}).status_code == 302

    def test_refuses_what_is_no_scan(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        program = scan("批示.pdf", b"MZ\x90\x00" + b"\x00" * 200)
        answer = desk("officer_wang").post(url("decide", sheet), self.typed(in_force, sheet) | {"scan": program})
        assert answer.status_code == 422
        assert not Decision.objects.exclude(scan=None).exists()

    def test_records_a_meetings_decision_as_well(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = self.typed(in_force, sheet, way="meeting", held_on="2026-03-05", minutes="样检党组〔2026〕7号")
        assert desk("officer_wang").post(url("decide", sheet), typed).status_code == 302
        assert Decision.objects.latest("id").recorded_by == in_force.posts["officer_wang"]


class TestAPaperReturned:
    def test_is_recorded_too(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = at_the_leader(in_force, at)
        typed = signature(
            sheet, in_force.posts["deputy_chief"], verdict=Verdict.RETURN, opinion="请改。", way="paper",
            signed_on="2026-03-05",
        )  # fmt: skip
        desk("officer_wang").post(url("decide", sheet), typed | {"scan": scan()})
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.DRAFT
