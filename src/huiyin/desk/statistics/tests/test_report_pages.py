"""A report on screen: begun, edited, checked, issued, taken away, counted again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.gongwen import pdf
from huiyin.statistics.models import Report
from huiyin.suggestions.models import LeadershipStudy


@pytest.fixture
def world_with_one(in_force: World, at: object) -> World:
    in_hand(in_force, at)
    return in_force


def begun(client: Client) -> Report:
    said = {
        "period": "2026", "basis": "assigned", "matter_kind": "suggestion", "as_of_on": "2026-03-05",
        "salutation": "样本市人大常委会：", "request_key": str(uuid4()),
    }  # fmt: skip
    answer = client.post("/desk/reports/new/", said)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get()


def saved(client: Client, report: Report, text: str) -> None:
    words = {"title": report.title, "salutation": report.salutation, "text": text, "closing": report.closing}
    answer = client.post(f"/desk/reports/{report.pk}/edit/", words | {"version": report.version})
    assert answer.status_code == 302, answer.content.decode()
    report.refresh_from_db()


class TestAReportOnScreen:
    def test_goes_from_the_first_text_to_frozen_figures(self, world_with_one: World, desk: Desk, at: object) -> None:
        officer, head = desk("officer_wang"), desk("office_head")
        visit(officer, "/desk/reports/new/")
        report = begun(officer)
        at_report = f"/desk/reports/{report.pk}/"
        page = visit(officer, at_report).content.decode()
        assert f'<a href="{at_report}records/?figure=received">1</a>' in page
        assert "印发并固定数字" not in page
        assert "【收到·独办】" in visit(officer, f"{at_report}edit/").content.decode()
        saved(officer, report, "一、情况\n收到【收到】件，解决了25件，有【不知道】。")
        page = visit(head, at_report).content.decode()
        assert "【不知道】不是统计项目的名称" in page
        assert "<strong>25件</strong>" in page
        said = {"version": report.version, "issued_on": "2026-03-05", "number": "样检报〔2026〕6号"}
        refused = head.post(f"{at_report}issue/", said)
        assert refused.status_code == 422
        assert "不是统计项目的名称" in refused.content.decode()
        saved(officer, report, "一、情况\n收到【收到】件，解决了25件。")
        said["version"] = report.version
        assert "手填数字与统计不一致" in head.post(f"{at_report}issue/", said).content.decode()
        assert head.post(f"{at_report}issue/", said | {"is_checked": "on"}).status_code == 302
        assert Record.objects.filter(verb="statistics.report_issued").count() == 1
        registered(world_with_one, at, external_number="162099")
        for who in ("officer_wang", "chief", "deputy_chief"):
            page = visit(desk(who), at_report).content.decode()
            assert f'收到<a href="{at_report}records/?figure=received">1</a>件' in page
        visit(head, f"{at_report}records/?figure=received")
        assert "162099" in visit(head, f"{at_report}corrections/").content.decode()
        gone = head.post(f"{at_report}edit/", {"version": report.version})
        assert "不能再修改" in gone.content.decode()
        assert head.post(f"{at_report}issue/", said).status_code == 302  # a second click is led back with a sentence

    def test_is_read_by_leaders_once_issued(self, world_with_one: World, desk: Desk) -> None:
        report = begun(desk("officer_wang"))
        assert desk("chief").get(f"/desk/reports/{report.pk}/").status_code == 404
        assert desk("officer_li").get(f"/desk/reports/{report.pk}/").status_code == 404
        assert desk("officer_wang").post(f"/desk/reports/{report.pk}/issue/", {}).status_code == 403

    def test_is_taken_away_on_record(self, world_with_one: World, desk: Desk) -> None:
        client = desk("officer_wang")
        report = begun(client)
        assert client.post(f"/desk/reports/{report.pk}/paper/docx/").content.startswith(b"PK")
        if pdf.available() is None:
            assert client.post(f"/desk/reports/{report.pk}/paper/pdf/").content.startswith(b"%PDF")
        assert "特此报告。" in client.post(f"/desk/reports/{report.pk}/paper/html/").content.decode()
        assert client.post(f"/desk/reports/{report.pk}/paper/exe/").status_code == 404
        assert Record.objects.filter(verb="matters.printed").count() >= 2

    def test_may_be_given_up(self, world_with_one: World, desk: Desk) -> None:
        client = desk("officer_wang")
        report = begun(client)
        assert client.post(f"/desk/reports/{report.pk}/drop/", {"version": 99}).status_code == 302
        assert Report.objects.get().status == "draft"
        client.post(f"/desk/reports/{report.pk}/drop/", {"version": report.version})
        assert Report.objects.get().status == "dropped"
        assert client.get(f"/desk/reports/{report.pk}/").status_code == 404

    def test_has_figures_reported_elsewhere_beside_it(self, world_with_one: World, desk: Desk) -> None:
        client = desk("officer_wang")
        report = begun(client)
        said = {
            "indicator": "received",
            "value": "3",
            "source": "上次的报告",
            "why": "含转办",
            "request_key": str(uuid4()),
        }
        assert client.post(f"/desk/reports/{report.pk}/beside/", said).status_code == 302
        page = visit(client, f"/desk/reports/{report.pk}/").content.decode()
        assert "报出 <strong>3</strong>，本报告统计 <strong>1</strong>。含转办" in page
        assert client.post(f"/desk/reports/{report.pk}/beside/", {"indicator": "x"}).status_code == 422

    def test_says_what_is_wrong_with_its_beginning(self, world: World, desk: Desk) -> None:
        answer = desk("officer_wang").post("/desk/reports/new/", {"period": "1", "as_of_on": "2027-01-01"})
        assert answer.status_code == 422
        assert not Report.objects.exists()


FACTS = {
    "held_on": "2026-03-05", "title": "党组会", "chaired_by": "程检", "attendees": "院领导", "decisions": "逐件落实。",
}  # fmt: skip


class TestTheYearlyStudy:
    def test_is_noted_with_its_suggestions_and_minutes_and_put_right(self, world_with_one: World, desk: Desk) -> None:
        client = desk("officer_wang")
        visit(client, "/desk/studies/")
        visit(client, "/desk/studies/new/")
        said = FACTS | {"request_key": str(uuid4()), "numbers": "162001、162001"}
        minutes = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
        assert client.post("/desk/studies/new/", said | {"minutes": minutes}).status_code == 302
        assert client.post("/desk/studies/new/", said).status_code == 302
        study = LeadershipStudy.objects.get()
        assert [each.external_number for each in study.matters.all()] == ["162001"]
        page = visit(desk("chief"), f"/desk/studies/{study.pk}/").content.decode()
        assert "逐件落实。" in page
        assert desk("chief").get(f"/desk/files/{study.minutes.public_id}/").status_code == 200
        assert desk("officer_li").get(f"/desk/studies/{study.pk}/").status_code == 404
        assert desk("officer_li").get(f"/desk/files/{study.minutes.public_id}/").status_code == 404
        visit(client, f"/desk/studies/{study.pk}/correct/")
        changed = said | {"request_key": str(uuid4()), "numbers": "", "title": "检察长办公会", "version": 1}
        assert client.post(f"/desk/studies/{study.pk}/correct/", changed).status_code == 302
        study.refresh_from_db()
        assert (study.title, study.matters.count(), study.minutes.name) == ("检察长办公会", 0, "纪要.txt")
        stale = client.post(f"/desk/studies/{study.pk}/correct/", changed | {"request_key": str(uuid4())})
        assert "同事刚刚更正过" in stale.content.decode()
        visit(client, "/desk/studies/")

    def test_shows_only_the_number_of_what_the_reader_may_not_open(
        self, in_force: World, desk: Desk, at: object
    ) -> None:
        matter, client = registered(in_force, at), desk("officer_wang")
        said = FACTS | {"request_key": str(uuid4()), "numbers": matter.external_number}
        assert client.post("/desk/studies/new/", said).status_code == 302
        there = f"/desk/studies/{LeadershipStudy.objects.get().pk}/"
        assert matter.title in visit(client, there).content.decode()
        page = visit(desk("deputy_chief"), there).content.decode()
        assert (matter.external_number in page, matter.title in page) == (True, False)

    def test_stands_by_its_day_the_latest_first(self, world_with_one: World, desk: Desk) -> None:
        client = desk("officer_wang")
        for day in ("2026-02-03", "2026-03-01", "2026-01-05"):
            said = FACTS | {"request_key": str(uuid4()), "numbers": "", "held_on": day}
            assert client.post("/desk/studies/new/", said).status_code == 302
        days = [str(each.held_on) for each in visit(client, "/desk/studies/").context["studies"]]
        assert days == ["2026-03-01", "2026-02-03", "2026-01-05"]
        second = LeadershipStudy.objects.get(held_on="2026-02-03")
        after = f"2026-02-03{second.pk:019}"
        rest = visit(client, f"/desk/studies/?after={after}").context["studies"]
        assert [str(each.held_on) for each in rest] == ["2026-01-05"]

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"numbers": "162001 999999"}, "没有找到编号为999999的建议"),
            ({"held_on": "2026-03-06"}, "还没有到"),
        ],
    )
    def test_keeps_what_was_typed_when_something_is_wrong(
        self, world_with_one: World, desk: Desk, more: dict[str, str], sentence: str
    ) -> None:
        answer = desk("officer_wang").post("/desk/studies/new/", FACTS | {"request_key": str(uuid4())} | more)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "逐件落实。" in answer.content.decode()
        assert not LeadershipStudy.objects.exists()
