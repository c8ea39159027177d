"""Printing: each paper as PDF, .docx or a page of the browser."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand, part_of
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.gongwen import pdf
from huiyin.matters.models import Reply
from huiyin.web.downloads import XLSX

DAYS = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def reply(in_force: World, deputies: object, at: datetime) -> Reply:
    return letters.signed(in_force, in_hand(in_force, at), at)


class TestPrintingARegister:
    def test_asks_for_the_days_first(self, reply: Reply, desk: Desk) -> None:
        client = desk("officer_wang")
        visit(client, "/desk/papers/")
        assert "共1件" in visit(client, "/desk/papers/?since=2026-01-01&until=2026-12-31").content.decode()
        backwards = client.get("/desk/papers/?since=2026-12-31&until=2026-01-01").content.decode()
        assert "结束日期不能早于开始日期" in backwards

    @pytest.mark.parametrize(("register", "label"), [("receipts", "收文登记簿"), ("suggestions", "建议登记表")])
    def test_gives_docx_and_a_page_to_print(self, reply: Reply, desk: Desk, register: str, label: str) -> None:
        client = desk("officer_wang")
        assert client.post(f"/desk/papers/{register}/docx/", DAYS).content.startswith(b"PK")
        page = client.post(f"/desk/papers/{register}/html/", DAYS)
        assert client.post(f"/desk/papers/{register}/xlsx/", DAYS)["Content-Type"] == XLSX
        assert client.post(f"/desk/papers/{register}/csv/", DAYS).status_code == 404
        assert "关于加强校园周边电子烟治理的建议" in page.content.decode()
        prints = Record.objects.filter(verb="matters.printed").order_by("id")
        assert [(each.facts["paper"], each.facts["form"], each.facts["rows"]) for each in prints] == [
            (label, "docx", 1), (label, "html", 1), (label, "xlsx", 1),
        ]  # fmt: skip
        assert prints[0].facts["filters"] == DAYS

    def test_asks_again_for_days_that_are_none(self, reply: Reply, desk: Desk) -> None:
        answer = desk("officer_wang").post("/desk/papers/receipts/docx/", {"since": "明天"})
        assert answer.status_code == 422
        assert not Record.objects.filter(verb="matters.printed").exists()


class TestPrintingASheet:
    def test_of_every_kind_leaves_a_record(self, reply: Reply, in_force: World, desk: Desk) -> None:
        client = desk("officer_wang")
        part, sheet = part_of(reply.matter, in_force), reply.matter.proposal_rows.get().proposal_id
        for address, paper in (
            (f"/desk/replies/{reply.pk}/print/letter.docx/", reply.matter.number),
            (f"/desk/replies/{reply.pk}/print/sheet.docx/", "发文稿纸"),
            (f"/desk/replies/{reply.pk}/print/form.docx/", "征询意见表"),
            (f"/desk/replies/{reply.pk}/versions/1/print/docx/", "答复函第1稿"),
            (f"/desk/undertakings/{part.pk}/notice/docx/", "承办通知单"),
            (f"/desk/proposals/{sheet}/paper/docx/", "拟办单"),
        ):
            assert client.get(address).status_code == 405, address
            assert client.post(address).content.startswith(b"PK"), address
            entry = Record.objects.latest("id")
            assert (entry.verb, entry.facts["paper"], entry.facts["form"]) == ("matters.printed", paper, "docx")

    def test_of_no_kind_known_is_not_found(self, reply: Reply, desk: Desk) -> None:
        assert desk("officer_wang").post(f"/desk/replies/{reply.pk}/print/sheet.exe/").status_code == 404

    @pytest.mark.skipif(pdf.available() is not None, reason="this machine makes no PDF")
    def test_as_pdf_is_shown_in_the_page(self, reply: Reply, desk: Desk) -> None:
        response = desk("officer_wang").post(f"/desk/replies/{reply.pk}/print/sheet.pdf/")
        assert response.content.startswith(b"%PDF")
        assert response.headers["Content-Disposition"].startswith("inline")

    def test_offers_other_formats_where_no_pdf_is_made(
        self, reply: Reply, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pdf, "available", lambda: "本机不能生成 PDF。")
        page = desk("officer_wang").post("/desk/papers/receipts/pdf/", DAYS).content.decode()
        assert 'action="/desk/papers/receipts/docx/"' in page
        assert 'name="since" value="2026-01-01"' in page
        assert not Record.objects.filter(verb="matters.printed").exists()
        letter = desk("officer_wang").get(f"/desk/replies/{reply.pk}/paper/letter.pdf/").content.decode()
        assert f'action="/desk/replies/{reply.pk}/print/letter.html/"' in letter


class TestReadingALetter:
    @pytest.mark.parametrize("address", ["versions/1/html/", "paper/letter.html/"])
    def test_on_the_screen_is_no_print(self, reply: Reply, desk: Desk, address: str) -> None:
        visit(desk("officer_wang"), f"/desk/replies/{reply.pk}/{address}")
        assert not Record.objects.filter(verb="matters.printed").exists()

    @pytest.mark.parametrize("address", ["versions/1/docx/", "paper/letter.docx/", "paper/sheet.pdf/"])
    def test_gives_nothing_away(self, reply: Reply, desk: Desk, address: str) -> None:
        assert desk("officer_wang").get(f"/desk/replies/{reply.pk}/{address}").status_code == 404

    @pytest.mark.skipif(pdf.available() is not None, reason="this machine makes no PDF")
    def test_as_pdf_stands_in_the_page(self, reply: Reply, desk: Desk) -> None:
        response = desk("officer_wang").get(f"/desk/replies/{reply.pk}/versions/1/pdf/")
        assert response.content.startswith(b"%PDF")
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
