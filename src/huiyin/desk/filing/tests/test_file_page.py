"""The file of a matter at the desk: what is missing and what to do, binding it, taking it away, handing it over."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from django.test import Client
from tests.support.desk import Desk
from tests.support.forms import form_on
from tests.support.history import in_hand
from tests.support.letters import delivered, fresh
from tests.support.visit import visit
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.gongwen import pdf
from huiyin.matters import binding
from huiyin.matters.models import FileBundle, Matter
from huiyin.matters.operations.closing import close
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import RatingSource, Status

REASON = "代表在人大系统评价，未交纸质表。"
needs_pdf = pytest.mark.skipif(pdf.available() is not None, reason="this machine makes no PDF")


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    reply = delivered(in_force, in_hand(in_force, at), at)
    record_rating(
        reply=reply, participant=reply.matter.participants.get(role="lead"), actor=in_force.act("officer_wang"), at=at,
        facts=RatingFacts(
            source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date()
        ),
    )  # fmt: skip
    found = fresh(reply).matter
    return close(matter=found, actor=in_force.act("officer_wang"), version=found.version, at=at)


@pytest.fixture
def officer(desk: Desk) -> Client:
    return desk("officer_wang")


def page_of(matter: Matter) -> str:
    return f"/desk/matters/{matter.pk}/file/"


def put_on_file(client: Client, matter: Matter) -> None:
    sent = form_on(client, page_of(matter), page_of(matter)).typed(missing_reason=REASON)
    assert client.post(page_of(matter), sent).status_code == 302


class TestTheFile:
    def test_names_the_missing_paper_and_what_to_do(self, matter: Matter, officer: Client) -> None:
        page = visit(officer, page_of(matter)).content.decode()
        assert "还缺1种" in page
        assert "把签回的表扫描登记" in page
        assert f"/desk/replies/{matter.replies.get().pk}/ratings/new/" in page

    def test_lists_its_papers_and_how_long_it_is_kept(self, matter: Matter, officer: Client) -> None:
        page = visit(officer, page_of(matter)).content.decode()
        assert page.index("答复函正本") < page.index("发文稿纸") < page.index("承办通知单（")
        assert "永久（《" in page

    def test_leads_to_the_file_of_the_person(self, matter: Matter, officer: Client) -> None:
        lead = matter.participants.get(role="lead")
        assert f'href="/desk/people/{lead.person_id}/"' in visit(officer, page_of(matter)).content.decode()

    def test_asks_for_nothing_more_once_it_is_filed(self, matter: Matter, officer: Client) -> None:
        put_on_file(officer, matter)
        assert Matter.objects.get(pk=matter.pk).status == Status.ARCHIVED
        page = visit(officer, page_of(matter)).content.decode()
        assert REASON in page
        assert "把签回的表扫描登记" not in page

    @pytest.mark.parametrize(("who", "status"), [("handler_second", 403), ("officer_li", 404)])
    def test_is_closed_to_others(self, matter: Matter, desk: Desk, who: str, status: int) -> None:
        for verb in ("", "bind/", "bundle/"):
            client = desk(who)
            answer = client.post(page_of(matter) + verb) if verb else client.get(page_of(matter))
            assert answer.status_code == status


class TestItsCatalogue:
    def test_leaves_on_record(self, matter: Matter, officer: Client) -> None:
        assert officer.post(f"{page_of(matter)}catalogue/docx/").content.startswith(b"PK")
        entry = Record.objects.latest("id")
        assert (entry.verb, entry.facts["paper"], entry.facts["rows"]) == ("matters.printed", "归档文件目录", 7)


@needs_pdf
class TestBindingIt:
    def test_shows_how_far_it_is(self, matter: Matter, officer: Client) -> None:
        assert officer.post(f"{page_of(matter)}bind/").status_code == 302
        FileBundle.objects.update(status="binding", done_count=3, total_count=12)
        page = visit(officer, page_of(matter)).content.decode()
        assert "正在装订…3/12" in page
        asked = officer.get(page_of(matter), headers={"HX-Request": "true"})
        assert asked.content.decode().lstrip().startswith("<section")
        FileBundle.objects.update(status="done", made_at="2026-03-05T10:00:00+08:00")
        assert officer.get(page_of(matter), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"

    def test_gives_the_pdf_on_record(self, matter: Matter, officer: Client, at: datetime) -> None:
        assert "还没有装订" in officer.post(f"{page_of(matter)}bundle/", follow=True).content.decode()
        officer.post(f"{page_of(matter)}bind/")
        assert binding.bind(FileBundle.objects.get().pk, at=at)
        bundle = FileBundle.objects.get()
        page = visit(officer, page_of(matter)).content.decode()
        assert f"共7件、{bundle.pages}页，和现有材料一致" in page
        answer = officer.post(f"{page_of(matter)}bundle/")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("inline")
        entry = Record.objects.latest("id")
        assert (entry.verb, entry.facts["paper"], entry.facts["rows"]) == ("matters.printed", "案卷", bundle.pages)
        put_on_file(officer, matter)
        assert "材料有变动，请重新装订" in visit(officer, page_of(matter)).content.decode()

    def test_says_why_it_failed(self, matter: Matter, officer: Client) -> None:
        officer.post(f"{page_of(matter)}bind/")
        FileBundle.objects.update(status="failed", note="装订几次都中途停了。")
        page = visit(officer, page_of(matter)).content.decode()
        assert "案卷没有装成：装订几次都中途停了。" in page
        assert "重新装订" in page


class TestTheFilesOfTheOffice:
    def test_are_those_that_wait_and_those_filed(self, matter: Matter, officer: Client) -> None:
        assert matter.title in visit(officer, "/desk/filing/").content.decode()
        put_on_file(officer, matter)
        assert matter.title not in visit(officer, "/desk/filing/").content.decode()
        for chosen in ("tab=filed", "year=2026", "tab=filed&year=1999"):
            assert "2026-0001" in visit(officer, f"/desk/filing/?{chosen}").content.decode()

    def test_are_handed_over_as_a_list_on_record(self, matter: Matter, officer: Client) -> None:
        put_on_file(officer, matter)
        answer = officer.post("/desk/filing/handover/", {"year": "2026"})
        head, row = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active]
        listed = dict(zip(head, row, strict=True))
        assert (listed["件号"], listed["题名"], listed["文号"]) == ("2026-0001", matter.title, "样检函〔2026〕1号")
        assert (listed["提出人"], listed["保管期限"], listed["缺件说明"]) == ("张示例", "永久", REASON)
        entry = Record.objects.latest("id")
        assert (entry.verb, entry.facts["paper"], entry.facts["rows"]) == ("matters.printed", "归档移交清单", 1)

    def test_are_parted_by_term_and_session(self, matter: Matter, officer: Client) -> None:
        put_on_file(officer, matter)
        page = visit(officer, "/desk/filing/?year=0&term=16-2").content.decode()
        assert "导出十六届二次会议归档移交清单" in page
        assert matter.title in page
        assert "十六届（全部）" in page
        answer = officer.post("/desk/filing/handover/", {"year": "0", "term": "16"})
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 2
        assert officer.post("/desk/filing/handover/", {"year": "0", "term": "15"}).status_code == 422

    def test_of_a_year_without_any_are_refused(self, matter: Matter, officer: Client) -> None:
        assert officer.post("/desk/filing/handover/", {"year": "1999"}).status_code == 422
