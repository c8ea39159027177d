"""The register of deputies at the desk: list, filters, export, whose number this is."""

from __future__ import annotations

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.support.history import in_hand
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.people.facts import MandateFacts, PersonFacts
from huiyin.people.operations import enter_person
from huiyin.web.paging import SIZE

LIST, EXPORT, PHONE = (reverse(f"desk:people:{name}") for name in ("list", "export", "find_by_phone"))
FULL = reverse("desk:people:export_full")


def _enter(world, at, name):
    return enter_person(
        facts=PersonFacts(name=name),
        mandate=MandateFacts(kind="deputy", level="city", term=16, from_on=at.date()),
        request_key=uuid.uuid4(), actor=world.act("officer_wang"), at=at,
    )  # fmt: skip


def shown(client, **filters):
    return visit(client, LIST + "?" + "&".join(f"{name}={value}" for name, value in filters.items())).content.decode()


class TestTheList:
    def test_shows_who_they_are_and_masks_their_phones(self, deputies, desk):
        page = shown(desk("officer_wang"))
        for words in ("张示例", "市级第十六届人大代表", "第三代表团", "100****0001", "连络员"):
            assert words in page
        assert "10000000001" not in page

    def test_has_no_phones_for_departments_and_only_whom_they_meet(self, in_force, deputies, desk, at):
        in_hand(in_force, at)
        page = shown(desk("handler_second"))
        assert "张示例" in page
        assert "李样本" not in page
        assert "****" not in page

    def test_is_searched_and_filtered(self, deputies, desk):
        client = desk("officer_wang")
        assert "李样本" not in shown(client, q="示例")
        page = shown(client, delegation="第二代表团")
        assert "王虚构" in page
        assert "张示例" not in page
        assert "没有符合条件" in shown(client, officer="none")
        assert "没有符合条件" in shown(client, state="former")

    @pytest.mark.parametrize("nonsense", [{"kind": "x"}, {"officer": "99999999999"}, {"q": "长" * 200}, {"after": "x"}])
    def test_takes_nonsense_in_the_address_for_no_filter(self, deputies, desk, nonsense):
        assert "张示例" in shown(desk("officer_wang"), **nonsense)

    def test_turns_pages(self, world, desk, at):
        entered = [_enter(world, at, f"示例{number:02d}") for number in range(SIZE + 1)]
        client = desk("officer_wang")
        page = shown(client, q="示例")
        assert f"after={entered[-2].pk}" in page
        assert entered[-1].name not in page
        last = shown(client, q="示例", after=entered[-2].pk)
        assert entered[-1].name in last
        assert "before=" in last

    def test_says_what_to_do_when_the_register_is_empty(self, world, desk):
        assert "录入第一位" in shown(desk("officer_wang"))

    @pytest.mark.parametrize("post", ["registry", "inspector", "case_management"])
    def test_is_closed_to_other_roles(self, deputies, desk, post):
        assert desk(post).get(LIST).status_code == 403


class TestTheExport:
    def test_has_masked_phones_and_is_recorded(self, deputies, desk):
        answer = desk("officer_wang").post(EXPORT, {"delegation": "第二代表团"})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert [row[0] for row in rows] == ["王虚构", "赵占位"]
        assert rows[0][10] == "100****0003"
        row = Record.objects.get(verb="people.exported")
        assert row.facts == {"count": 2, "filters": {"delegation": "第二代表团"}}

    def test_is_for_the_office_only_and_never_by_get(self, deputies, desk):
        assert desk("liaison_officer").post(EXPORT).status_code == 403
        assert desk("officer_wang").get(EXPORT).status_code == 405
        assert Record.objects.filter(verb="people.exported").count() == 0


class TestTheFullExport:
    def test_has_whole_phones_and_says_on_every_page_who_took_it_and_why(self, deputies, desk):
        client = desk("office_head")
        assert "将导出7人" in visit(client, FULL).content.decode()
        answer = client.post(FULL, {"reason": "交代工委核对", "delegation": "第二代表团"})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows[2][10] == "10000000003"
        assert all(
            "2026年03月05日" in mark and "交代工委核对" in mark for mark in (rows[0][0], sheet.oddHeader.center.text)
        )
        taken = {"count": 2, "filters": {"delegation": "第二代表团"}, "reason": "交代工委核对"}
        assert Record.objects.get(verb="people.exported_in_full").facts == taken

    def test_asks_for_a_reason_and_is_for_the_office_head_alone(self, deputies, desk):
        assert desk("office_head").post(FULL, {"reason": " "}).status_code == 422
        assert desk("officer_wang").get(FULL).status_code == 403
        assert Record.objects.filter(verb="people.exported_in_full").count() == 0


class TestWhoseNumberThisIs:
    def test_is_answered_with_a_link_and_recorded(self, deputies, desk):
        page = desk("officer_wang").post(PHONE, {"phone": "1000000-0001"}).content.decode()
        assert reverse("desk:people:detail", args=[deputies["zhang"].pk]) in page
        assert Record.objects.get(verb="people.found_by_phone").facts["found"] == [deputies["zhang"].pk]

    def test_is_said_plainly_when_it_is_nobodys(self, deputies, desk):
        assert "没有登记这个手机号码" in desk("officer_wang").post(PHONE, {"phone": "10000009999"}).content.decode()

    def test_keeps_what_was_typed_when_it_is_no_number(self, deputies, desk):
        answer = desk("officer_wang").post(PHONE, {"phone": "1234"})
        assert answer.status_code == 422
        assert 'value="1234"' in answer.content.decode()
        assert "11位数字" in answer.content.decode()
        assert Record.objects.get(verb="people.find_by_phone").result == "refused"

    def test_is_closed_to_everybody_else(self, deputies, desk):
        visit(desk("officer_wang"), PHONE)
        for post in ("liaison_officer", "chief", "handler_second"):
            assert desk(post).get(PHONE).status_code == 403
