"""The register: rows, tabs, filters, search, paging, export."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.support.desk import Desk
from tests.support.history import in_hand, registered, sent
from tests.support.letters import delivered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.desk.matters.rungs import spans
from huiyin.matters.models import Matter, Rating
from huiyin.matters.rules import HandlerRole
from huiyin.people.models import Person
from huiyin.regulations.queries import calendar
from huiyin.suggestions.facts import Signer

LIST = reverse("desk:matters:list")


def _many(world: World, at: datetime, count: int) -> None:
    for number in range(count):
        registered(world, at, external_number=f"1620{number:02d}", title=f"关于第{number:02d}件事的建议")


class TestRegister:
    def test_shows_a_matter_with_its_next_day_and_who_brought_it(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        registered(in_force, at)
        page = visit(desk("officer_wang"), LIST).content.decode()
        assert "关于加强校园周边电子烟治理的建议" in page
        assert "张示例" in page
        assert "首次联系代表" in page

    def test_says_what_to_do_when_it_is_empty(self, in_force: World, desk: Desk) -> None:
        assert "登记建议" in visit(desk("officer_wang"), LIST).content.decode()

    def test_is_each_posts_own(self, in_force: World, desk: Desk, at: datetime) -> None:
        in_hand(in_force, at)
        assert "校园周边" in visit(desk("handler_second"), LIST).content.decode()
        assert "校园周边" not in visit(desk("handler_first"), LIST).content.decode()

    def test_shows_the_city_rows_of_the_county_without_persons_or_links(
        self, in_force: World, desk: Desk, at: datetime
    ) -> None:
        matter = registered(in_force, at)
        leader = in_force.posts["deputy_chief"]
        Matter.objects.filter(pk=matter.pk).update(procuratorate=in_force.county, city=in_force.city, leader=leader)
        answer = visit(desk("officer_wang"), LIST + "?tab=all&below=yes")
        page = answer.content.decode()
        assert [row.leader for row in answer.context["rows"]] == [""]
        assert "校园周边" in page
        assert "张示例" not in page
        assert f'href="{reverse("desk:matters:detail", args=[matter.pk])}"' not in page

    def test_turns_pages_of_25_by_key(self, in_force: World, desk: Desk, at: datetime) -> None:
        _many(in_force, at, 27)
        client = desk("officer_wang")
        first = visit(client, LIST)
        assert len(first.context["rows"]) == 25
        second = visit(client, LIST + first.context["pager"].next_url)
        assert len(second.context["rows"]) == 2
        back = visit(client, LIST + second.context["pager"].previous_url)
        assert [row.number for row in back.context["rows"]] == [row.number for row in first.context["rows"]]

    def test_takes_no_cursor_for_the_first_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        for cursor in ("x", "2026-99-99~1", "~", "~99999999999999999999", "-1"):
            assert len(visit(desk("officer_wang"), f"{LIST}?after={cursor}").context["rows"]) == 1

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ("q=电子烟", 1),
            ("q=162001", 1),
            ("q=张示例", 1),
            ("q=没有的词", 0),
            ("status=registered", 2),
            ("status=nonsense", 2),
            ("role=lead", 1),
            ("session=16-2", 1),
            ("session=16-", 1),
            ("rung=overdue", 0),
            ("rung=calm", 2),
            ("key=key", 0),
            ("tab=ended", 0),
        ],
    )
    def test_narrows(self, in_force: World, desk: Desk, at: datetime, asked: str, count: int) -> None:
        registered(in_force, at)
        registered(
            in_force, at, external_number="闭160002", session=None, handler_role=HandlerRole.LEAD,
            title="关于古渡口石刻保护的建议", body="石刻风化。", lead=Signer(name="钱练习"),
        )  # fmt: skip
        page = visit(desk("officer_wang"), f"{LIST}?{asked}")
        assert len(page.context["rows"]) == count

    def test_narrows_by_department(self, in_force: World, desk: Desk, at: datetime) -> None:
        in_hand(in_force, at)
        client, second, first = desk("officer_wang"), in_force.departments["second"], in_force.departments["first"]
        assert len(visit(client, f"{LIST}?department={second.pk}").context["rows"]) == 1
        assert len(visit(client, f"{LIST}?department={first.pk}").context["rows"]) == 0

    def test_offers_what_can_be_proposed_for_one_sheet(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        sent(in_force, at, registered(in_force, at, external_number="162008"))
        page = visit(desk("officer_wang"), LIST).content.decode()
        assert page.count('name="matter"') == 1


def _exported_due(desk: Desk) -> str:
    answer = desk("officer_wang").post(reverse("desk:matters:export"), {"tab": "all"})
    head, row = [[cell.value for cell in line] for line in load_workbook(io.BytesIO(answer.content)).active]
    return str(row[head.index("期限")])


class TestExport:
    def test_gives_the_columns_of_the_paper_form_with_masked_phones(
        self, in_force: World, deputies: dict[str, Person], desk: Desk, at: datetime
    ) -> None:
        in_hand(in_force, at)
        answer = desk("officer_wang").post(reverse("desk:matters:export"), {"tab": "open"})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        head, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
        told = dict(zip(head, row, strict=True))
        assert (told["编号"], told["领衔"], told["交办日"]) == ("162001", "张示例", "2026-03-02")
        assert told["联系电话"] == "100****0001"
        assert told["承办部门"] == "第二检察部（未成年人检察）（独办）"

    def test_gives_the_day_the_answer_is_due_before_and_after_it_went(
        self, in_force: World, deputies: dict[str, Person], desk: Desk, at: datetime
    ) -> None:
        matter = in_hand(in_force, at)
        due = matter.deadlines.get(limit_code="SUG_REPLY").due_on.isoformat()
        assert _exported_due(desk) == due
        delivered(in_force, matter, at)
        assert _exported_due(desk) == due

    def test_keeps_grades_of_another_scale(
        self, in_force: World, deputies: dict[str, Person], desk: Desk, at: datetime
    ) -> None:
        reply = delivered(in_force, in_hand(in_force, at), at)
        Rating.objects.create(
            matter=reply.matter, reply=reply, participant=reply.matter.participants.get(), round=1,
            source="congress_system", attitude="satisfied", result="very_good", rated_on=at.date(), is_of_record=True,
            recorded_by="post:1", recorded_at=at,
        )  # fmt: skip
        answer = desk("officer_wang").post(reverse("desk:matters:export"), {"tab": "all"})
        assert "态度满意、结果very_good" in [cell.value for cell in load_workbook(io.BytesIO(answer.content)).active[2]]

    def test_leaves_a_record_of_who_took_what(self, in_force: World, desk: Desk, at: datetime) -> None:
        registered(in_force, at)
        desk("officer_wang").post(reverse("desk:matters:export"), {"tab": "all", "role": "sole"})
        told = Record.objects.get(verb="matters.exported")
        assert (told.facts["rows"], told.facts["filters"]) == (1, {"role": "sole", "tab": "all"})

    def test_is_refused_to_a_handler(self, in_force: World, desk: Desk) -> None:
        assert desk("handler_second").post(reverse("desk:matters:export")).status_code == 403

    def test_changes_nothing_by_get(self, in_force: World, desk: Desk) -> None:
        assert desk("officer_wang").get(reverse("desk:matters:export")).status_code == 405


class TestRungs:
    def test_cut_the_register_where_the_ladder_stands(self, in_force: World, at: datetime) -> None:
        ends = {span.code: span.until_on for span in spans(in_force.city, date(2026, 4, 30), calendar())}
        # 1-5 May rest, 9 May is worked: the next working days are 6, 7, 8, 9, 11, 12, 13 May
        assert ends == {
            "overdue": date(2026, 4, 30), "1": date(2026, 5, 7), "3": date(2026, 5, 9), "7": date(2026, 5, 14),
            "calm": None, "none": None,
        }  # fmt: skip
