"""Beginning, writing, sending, taking back and giving up a 拟办 sheet."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.support import history
from tests.support.desk import Desk
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.desk.proposals.tests.sheets import lines, row_of
from huiyin.matters.models import Matter
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.rules import ProposalStatus

DRAFT = "/desk/proposals/draft/"


def url(verb: str, sheet: Proposal) -> str:
    return reverse(f"desk:proposals:{verb}", args=[sheet.pk])


class TestTheListOfSheets:
    def test_shows_the_office_its_sheets_and_whom_they_wait_for(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = history.sent(in_force, at)
        page = visit(desk("officer_wang"), "/desk/proposals/").content.decode()
        assert sheet.number in page
        assert "何主任" in page

    def test_can_be_narrowed_to_one_status(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        page = visit(desk("officer_wang"), "/desk/proposals/?status=draft").content.decode()
        assert sheet.number not in page

    def test_shows_a_leader_only_what_comes_to_him(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        sheet.rows.update(leader=in_force.posts["chief"])
        assert sheet.number not in visit(desk("deputy_chief"), "/desk/proposals/").content.decode()

    def test_is_not_for_a_handler(self, in_force: World, desk: Desk) -> None:
        assert desk("handler_second").get("/desk/proposals/").status_code == 403


class TestBeginningASheet:
    def test_offers_what_is_registered_and_on_no_sheet(self, in_force: World, desk: Desk, at: datetime) -> None:
        history.drafted(in_force, at)
        free = history.registered(in_force, at, external_number="162002", title="关于护学岗的建议")
        page = visit(desk("officer_wang"), DRAFT).content.decode()
        assert free.title in page
        assert history.TITLE not in page

    def test_puts_the_ticked_matters_on_one_sheet_and_opens_it(self, in_force: World, desk: Desk, at: datetime) -> None:
        matters = [history.registered(in_force, at, external_number=number) for number in ("162001", "162002")]
        answer = desk("officer_wang").post(DRAFT, {"matter": [each.pk for each in matters], "request_key": uuid4()})
        sheet = Proposal.objects.get()
        assert answer.headers["Location"] == url("fill", sheet)
        assert {row.matter_id for row in sheet.rows.all()} == {each.pk for each in matters}

    def test_makes_one_sheet_of_a_double_click(self, in_force: World, desk: Desk, at: datetime) -> None:
        typed = {"matter": [history.registered(in_force, at).pk], "request_key": uuid4()}
        browser = desk("officer_wang")
        first, second = (browser.post(DRAFT, typed).headers["Location"] for _ in range(2))
        assert first == second
        assert Proposal.objects.count() == 1

    def test_refuses_a_matter_on_another_sheet_and_keeps_the_ticks(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        taken = history.drafted(in_force, at).rows.get().matter
        free = history.registered(in_force, at, external_number="162002")
        answer = desk("officer_wang").post(DRAFT, {"matter": [taken.pk, free.pk], "request_key": uuid4()})
        assert answer.status_code == 422
        assert "已经列在" in answer.content.decode()
        sheet = Proposal.objects.get()
        assert f'<a href="{url("detail", sheet)}">{sheet.number}</a>' in answer.content.decode()
        assert f'value="{free.pk}" aria-label="选择162002" checked' in answer.content.decode()
        assert Record.objects.filter(result="refused").count() == 1

    def test_leads_from_a_matter_on_a_sheet_to_that_sheet(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        taken = sheet.rows.get().matter
        browser = desk("officer_wang")
        page = visit(browser, reverse("desk:matters:detail", args=[taken.pk])).content.decode()
        assert f"拟办单{sheet.number}" in page
        assert f"{DRAFT}?matter=" not in page
        page = visit(browser, f"{DRAFT}?matter={taken.pk}&matter=abc").content.decode()
        assert f'已经列在拟办单<a href="{url("detail", sheet)}">{sheet.number}</a>上' in page

    def test_is_offered_in_the_register_for_what_is_on_no_sheet(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = history.drafted(in_force, at)
        taken = sheet.rows.get().matter
        free = history.registered(in_force, at, external_number="162002")
        page = visit(desk("officer_wang"), "/desk/matters/").content.decode()
        assert f'name="matter" value="{free.pk}"' in page
        assert f'name="matter" value="{taken.pk}"' not in page
        assert f'已列入<a href="{url("detail", sheet)}">{sheet.number}</a>' in page

    def test_asks_for_a_tick(self, in_force: World, desk: Desk) -> None:
        answer = desk("officer_wang").post(DRAFT, {"request_key": uuid4()})
        assert answer.status_code == 422
        assert "请先勾选" in answer.content.decode()

    @pytest.mark.parametrize("key", ["9" * 45, "9" * 19, "-1", "abc"])
    def test_takes_no_key_that_is_none(self, in_force: World, desk: Desk, key: str) -> None:
        answer = desk("officer_wang").post(DRAFT, {"matter": [key], "request_key": uuid4()})
        assert answer.status_code == 422
        assert "无法识别" in answer.content.decode()

    def test_knows_nothing_of_another_offices_matters(self, in_force: World, desk: Desk, at: datetime) -> None:
        theirs = history.registered(in_force, at)
        answer = desk("officer_li").post(DRAFT, {"matter": [theirs.pk], "request_key": uuid4()})
        assert answer.status_code == 422
        assert not Proposal.objects.exists()

    def test_is_not_for_a_leader(self, in_force: World, desk: Desk) -> None:
        assert desk("deputy_chief").post(DRAFT, {}).status_code == 403


class TestWritingASheet:
    def test_shows_a_line_for_each_unit_and_the_day_of_the_book(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = history.drafted(in_force, at)
        page = visit(desk("officer_wang"), url("fill", sheet)).content.decode()
        assert "期限留空按制度推算：2026-05-06" in page
        assert in_force.departments["second"].name in page

    def test_begins_with_whom_the_category_proposes(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        sheet.rows.get().parts.all().delete()
        Matter.objects.update(category="未成年人检察")
        page = visit(desk("officer_wang"), url("fill", sheet)).content.decode()
        second = in_force.departments["second"]
        assert f"按业务类别“未成年人检察”建议由{second.name}承办" in page
        assert f'<option value="d{second.pk}" selected>' in page

    def test_stores_units_and_takes_open_dates_from_the_book(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        units = (in_force.departments["third"], in_force.departments["first"], in_force.bodies["education"])
        typed = {"opinion": "请阅。", "version": sheet.version, **lines(sheet, *units, opinion="由公益诉讼部主办。")}
        answer = desk("officer_wang").post(url("fill", sheet), typed)
        assert answer.headers["Location"] == url("detail", sheet)
        parts = list(row_of(sheet).parts.order_by("pk"))
        assert [(part.role, part.department or part.organ) for part in parts] == [
            ("lead", units[0]), ("assist", units[1]), ("assist", units[2])
        ]  # fmt: skip
        assert {f"{part.due_on}" for part in parts} == {"2026-05-06"}
        assert row_of(sheet).leader == in_force.posts["deputy_chief"]

    def test_leaves_out_a_row_that_was_ticked_away(self, in_force: World, desk: Desk, at: datetime) -> None:
        matters = [history.registered(in_force, at, external_number=number) for number in ("162001", "162002")]
        sheet = history.drafted(in_force, at, *matters)
        second = in_force.departments["second"]
        kept, gone = lines(sheet, second, matter=matters[0]), lines(sheet, second, matter=matters[1], gone="on")
        desk("officer_wang").post(url("fill", sheet), {"opinion": "", "version": sheet.version, **kept, **gone})
        assert [row.matter_id for row in sheet.rows.all()] == [matters[0].pk]

    def test_shows_one_more_line_without_saving_and_keeps_what_was_typed(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = history.drafted(in_force, at)
        typed = {"opinion": "打了一半的意见", "version": sheet.version, **lines(sheet, in_force.departments["first"])}
        answer = desk("officer_wang").post(url("fill", sheet), typed | {"more": str(row_of(sheet).pk)})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "打了一半的意见" in page
        assert f'name="row{row_of(sheet).pk}-unit2"' in page
        sheet.refresh_from_db()
        assert sheet.opinion == "拟同意。"

    def test_says_which_line_has_a_day_and_no_unit(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        typed = lines(sheet, in_force.departments["first"], due_on1="2026-04-20")
        answer = desk("officer_wang").post(url("fill", sheet), {"opinion": "x", "version": sheet.version, **typed})
        assert answer.status_code == 422
        assert "填了办理期限，还没有选单位。" in answer.content.decode()

    def test_tells_the_slower_of_two_officers_and_keeps_his_words(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        sheet = history.drafted(in_force, at)
        typed = {"opinion": "我的意见", "version": sheet.version - 1, **lines(sheet, in_force.departments["first"])}
        answer = desk("officer_wang").post(url("fill", sheet), typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "刚刚由同事改动过" in page
        assert "我的意见" in page

    def test_is_hidden_from_another_office(self, in_force: World, desk: Desk, at: datetime) -> None:
        assert desk("officer_li").get(url("fill", history.drafted(in_force, at))).status_code == 404

    def test_leads_to_the_sheet_once_it_is_sent(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        assert desk("officer_wang").get(url("fill", sheet)).headers["Location"] == url("detail", sheet)


class TestSendingASheet:
    def test_lays_it_before_the_office_head(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        desk("officer_wang").post(url("send", sheet), {"version": sheet.version})
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.SIGNING
        assert "代录何主任" in visit(desk("officer_wang"), url("detail", sheet)).content.decode()

    def test_says_which_row_lacks_what(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        row_of(sheet).parts.all().delete()
        answer = desk("officer_wang").post(url("send", sheet), {"version": sheet.version})
        assert answer.status_code == 422
        assert "162001还没有主办部门" in answer.content.decode()

    def test_is_not_a_matter_of_reading(self, in_force: World, desk: Desk, at: datetime) -> None:
        assert desk("officer_wang").get(url("send", history.drafted(in_force, at))).status_code == 405


class TestTakingASheetBack:
    def test_needs_a_reason(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        answer = desk("officer_wang").post(url("recall", sheet), {"version": sheet.version, "reason": ""})
        assert answer.status_code == 422
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.SIGNING

    def test_makes_it_a_draft_again(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        desk("officer_wang").post(url("recall", sheet), {"version": sheet.version, "reason": "漏列一件。"})
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.DRAFT

    def test_keeps_the_reason_when_the_page_is_stale(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        answer = desk("officer_wang").post(url("recall", sheet), {"version": 1, "reason": "漏列一件。"})
        assert answer.status_code == 422
        assert "漏列一件。" in answer.content.decode()


class TestGivingASheetUp:
    def test_frees_its_matters(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.drafted(in_force, at)
        desk("officer_wang").post(url("drop", sheet), {"version": sheet.version})
        sheet.refresh_from_db()
        assert sheet.status == ProposalStatus.DROPPED
        assert history.TITLE in visit(desk("officer_wang"), DRAFT).content.decode()

    def test_is_refused_once_it_is_sent(self, in_force: World, desk: Desk, at: datetime) -> None:
        sheet = history.sent(in_force, at)
        answer = desk("officer_wang").post(url("drop", sheet), {"version": sheet.version})
        assert answer.status_code == 422
        assert "送批中" in answer.content.decode()


@pytest.mark.parametrize("verb", ["send", "recall", "drop"])
class TestAnotherOffice:
    def test_finds_no_such_sheet(self, in_force: World, desk: Desk, at: datetime, verb: str) -> None:
        sheet = history.drafted(in_force, at)
        answer = desk("officer_li").post(url(verb, sheet), {"version": sheet.version, "reason": "越权"})
        assert answer.status_code == 404
