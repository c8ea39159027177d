"""Figures on screen: every number opens the records it counts."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record

PAGE = "/desk/statistics/"
LINK = re.compile(r'<a href="(/desk/statistics/records/[^"]+)">([^<]+)</a>')


@pytest.fixture
def world_with_two(in_force: World, at: object) -> World:
    """第162001号 in hand of 未检部, 第162002号 not routed yet."""
    in_hand(in_force, at)
    registered(in_force, at, external_number="162002", title="关于另一件事的建议")
    return in_force


class TestTheStatisticsPage:
    def test_counts_this_year_and_links_every_number_to_its_records(self, world_with_two: World, desk: Desk) -> None:
        client = desk("office_head")
        page = visit(client, PAGE).content.decode()
        assert "2026年，按交办日计" in page
        links = LINK.findall(page)
        assert len(links) > 10
        for url, text in {(unescape(url), text) for url, text in links}:
            there = visit(client, url).content.decode()
            rows = there.count('data-label="编号"')
            part, _, whole = text.partition("（")
            shown = int(whole.strip("）").partition("/")[2]) if whole else int(part)
            assert rows == shown, f"{url} says {text} and lists {rows}"

    def test_is_narrowed_to_a_period_and_a_kind(self, world_with_two: World, desk: Desk) -> None:
        client = desk("officer_wang")
        assert "没有可以统计的事项" in visit(client, f"{PAGE}?period=2025").content.decode()
        assert "没有可以统计的事项" in visit(client, f"{PAGE}?kind=proposal").content.decode()
        assert "十六届二次会议" in visit(client, f"{PAGE}?period=t16-2").content.decode()
        for odd in ("period=nonsense&basis=x&kind=y", "period=99999999999999999999", "basis=received"):
            assert "<strong>2</strong>" in visit(client, f"{PAGE}?{odd}").content.decode()

    def test_shows_a_deputy_chief_his_own_part_and_says_so(self, world_with_two: World, desk: Desk) -> None:
        page = visit(desk("deputy_chief"), PAGE).content.decode()
        assert "只统计您领衔和审签的事项" in page
        assert "<strong>1</strong>" in page

    def test_asks_as_much_for_many_as_for_few(self, world_with_two: World, desk: Desk, at: object) -> None:
        for number in range(162010, 162022):
            registered(world_with_two, at, external_number=str(number))
        visit(desk("office_head"), PAGE)

    @pytest.mark.parametrize("who", ["handler_second", "head_second", "registry", "inspector"])
    def test_is_for_the_office_and_the_leaders(self, world: World, desk: Desk, who: str) -> None:
        assert desk(who).get(PAGE).status_code == 403

    def test_goes_out_as_a_sheet_and_leaves_a_record(self, world_with_two: World, desk: Desk) -> None:
        answer = desk("officer_wang").post(f"{PAGE}export/", {"period": "2026"})
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        assert rows[0][:4] == ("统计项目", "分组", "数值", "计入")
        assert ("收到", "全部", "2", 2) in [row[:4] for row in rows]
        assert ("收到", "承办部门：尚未交办", "1", 1) in [row[:4] for row in rows]
        assert Record.objects.get(verb="statistics.exported").facts == {"filters": {"kind": "", "period": "y2026a"}}


class TestTheRecordsBehindAFigure:
    @pytest.mark.parametrize("code", ["nothing", "received@role=boss", "received@role", "x" * 400])
    def test_are_not_found_for_a_figure_that_is_none(self, world: World, desk: Desk, code: str) -> None:
        assert desk("office_head").get(f"{PAGE}records/?figure={code}").status_code == 404

    def test_of_another_office_are_not_listed(self, world_with_two: World, desk: Desk) -> None:
        page = visit(desk("officer_li"), f"{PAGE}records/?figure=received&period=y2026a").content.decode()
        assert "没有可以列出的事项" in page
