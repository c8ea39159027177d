"""Printing: each paper as PDF, .docx or a page of the browser."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand, part_of
from tests.support.visit import visit
from tests.support.world import World

from huiyin.gongwen import pdf
from huiyin.matters.models import Reply


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

    @pytest.mark.parametrize("register", ["receipts", "suggestions"])
    def test_gives_docx_and_a_page_to_print(self, reply: Reply, desk: Desk, register: str) -> None:
        client = desk("officer_wang")
        docx = client.get(f"/desk/papers/{register}/docx/")
        assert docx.content.startswith(b"PK")
        page = client.get(f"/desk/papers/{register}/html/")
        assert "关于加强校园周边电子烟治理的建议" in page.content.decode()


class TestPrintingASheet:
    def test_of_every_kind(self, reply: Reply, in_force: World, desk: Desk) -> None:
        client = desk("officer_wang")
        part, sheet = part_of(reply.matter, in_force), reply.matter.proposal_rows.get().proposal_id
        for address in (
            f"/desk/replies/{reply.pk}/paper/letter.docx/",
            f"/desk/replies/{reply.pk}/paper/sheet.docx/",
            f"/desk/replies/{reply.pk}/paper/form.docx/",
            f"/desk/replies/{reply.pk}/versions/1/docx/",
            f"/desk/undertakings/{part.pk}/notice/docx/",
            f"/desk/proposals/{sheet}/paper/docx/",
        ):
            assert client.get(address).content.startswith(b"PK"), address

    def test_of_no_kind_known_is_not_found(self, reply: Reply, desk: Desk) -> None:
        assert desk("officer_wang").get(f"/desk/replies/{reply.pk}/paper/sheet.exe/").status_code == 404

    @pytest.mark.skipif(pdf.available() is not None, reason="this machine makes no PDF")
    def test_as_pdf_is_shown_in_the_page(self, reply: Reply, desk: Desk) -> None:
        response = desk("officer_wang").get(f"/desk/replies/{reply.pk}/versions/1/pdf/")
        assert response.content.startswith(b"%PDF")
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
