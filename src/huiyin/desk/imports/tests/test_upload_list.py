"""Uploading a list, checking its columns, adding Word originals."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.desk import Desk
from tests.support.lists import BAD, GOOD, SECOND, header, original, staged_list, workbook
from tests.support.visit import visit
from tests.support.world import World

from huiyin.imports.models import Batch
from huiyin.imports.rules import BatchStatus
from huiyin.matters.models import Matter

NEW = "/desk/imports/suggestions.list/new/"
ODD = ("顺序", "概要", "人", "团", "单位")


def url(verb: str, batch: Batch, *more: int) -> str:
    return reverse(f"desk:imports:{verb}", args=[batch.pk, *more])


def typed(world: World, **more: Any) -> dict[str, Any]:
    """The upload form filled in."""
    said = {f"said_{name}": value for name, value in header(world).items()}
    return said | {"request_key": str(uuid4()), **more}


def xlsx(*rows: tuple[str, ...], head: Any = None) -> SimpleUploadedFile:
    content = workbook(*rows, head=head) if head else workbook(*rows)
    return SimpleUploadedFile("建议清单.xlsx", content)


def word(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, original())


class TestTheLists:
    def test_are_shown_to_the_office(self, in_force: World, desk: Desk, at: datetime) -> None:
        staged_list(in_force, at)
        page = visit(desk("officer_wang"), "/desk/imports/").content.decode()
        assert "建议清单.xlsx" in page
        assert "待确认" in page

    def test_of_another_office_are_not_there(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at)
        assert "建议清单.xlsx" not in visit(desk("officer_li"), "/desk/imports/").content.decode()
        assert desk("officer_li").get(url("detail", batch)).status_code == 404

    def test_are_no_handlers_business(self, in_force: World, desk: Desk) -> None:
        assert desk("handler_second").get("/desk/imports/").status_code == 403
        assert desk("handler_second").post(NEW, {}).status_code == 403

    def test_have_a_template(self, in_force: World, desk: Desk) -> None:
        answer = desk("officer_wang").get("/desk/imports/suggestions.list/template/")
        assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
        assert desk("officer_wang").get("/desk/imports/no.such/template/").status_code == 404


class TestUploadingAList:
    def test_asks_once_for_what_holds_for_every_row(self, in_force: World, desk: Desk) -> None:
        page = visit(desk("officer_wang"), NEW).content.decode()
        for label in ("来文号", "交办日", "收到日", "届", "次会议", "交办机关"):
            assert label in page

    def test_lays_it_out_and_registers_nothing(self, in_force: World, desk: Desk) -> None:
        answer = desk("officer_wang").post(NEW, typed(in_force) | {"list": xlsx(GOOD, BAD)})
        batch = Batch.objects.get()
        assert answer.headers["Location"] == url("detail", batch)
        assert not Matter.objects.exists()
        page = visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert "新增1" in page
        assert "第3行“标题”列：不能为空。" in page
        assert "样人代〔2026〕8号" in page

    def test_matches_word_originals_by_number(self, in_force: World, desk: Desk) -> None:
        files = [word("162001号建议.docx"), word("没有编号.docx")]
        desk("officer_wang").post(NEW, typed(in_force) | {"list": xlsx(GOOD), "originals": files})
        batch = Batch.objects.get()
        matched = {listed.file.name: listed.row.line if listed.row else None for listed in batch.files.all()}
        assert matched == {"162001号建议.docx": 2, "没有编号.docx": None}
        assert "没有对应上" in visit(desk("officer_wang"), url("detail", batch)).content.decode()

    def test_is_offered_what_the_last_one_said(self, in_force: World, desk: Desk) -> None:
        browser, assigner = desk("officer_wang"), f'<option value="{in_force.bodies["congress"].pk}" selected'
        assert assigner not in browser.get(NEW).content.decode()
        browser.post(NEW, typed(in_force) | {"said_session": "3", "list": xlsx(GOOD)})
        page = visit(browser, NEW).content.decode()
        assert assigner in page
        assert all(f'name="said_{name}" value="{said}"' in page for name, said in (("term", 16), ("session", 3)))
        assert "样人代〔2026〕8号" not in page
        assert assigner not in browser.get("/desk/imports/suggestions.proposals/new/").content.decode()

    def test_keeps_files_and_words_when_a_date_is_missing(self, in_force: World, desk: Desk) -> None:
        browser, said = desk("officer_wang"), typed(in_force)
        without = said | {"said_assigned_on": "", "list": xlsx(GOOD), "originals": [word("162001.docx")]}
        answer = browser.post(NEW, without)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "已上传“建议清单.xlsx”" in page
        assert "已上传1个原文" in page
        assert "样人代〔2026〕8号" in page
        assert browser.post(NEW, said).status_code == 302
        assert Batch.objects.get().files.count() == 1

    def test_makes_one_batch_of_a_double_click(self, in_force: World, desk: Desk) -> None:
        browser, said = desk("officer_wang"), typed(in_force)
        browser.post(NEW, said | {"list": xlsx(GOOD), "originals": [word("162001.docx")]})
        browser.post(NEW, said | {"list": xlsx(GOOD)})
        assert Batch.objects.get().files.count() == 1

    def test_asks_for_the_list(self, in_force: World, desk: Desk) -> None:
        answer = desk("officer_wang").post(NEW, typed(in_force))
        assert answer.status_code == 422
        assert "请选择要导入的清单" in answer.content.decode()

    def test_refuses_what_is_no_spreadsheet(self, in_force: World, desk: Desk) -> None:
        answer = desk("officer_wang").post(NEW, typed(in_force) | {"list": word("清单.docx")})
        assert answer.status_code == 422
        assert "清单要用 Excel 表格" in answer.content.decode()

    def test_refuses_a_renamed_program(self, in_force: World, desk: Desk) -> None:
        program = SimpleUploadedFile("清单.xlsx", b"MZ\x90\x00" + b"\x00" * 300)
        assert desk("officer_wang").post(NEW, typed(in_force) | {"list": program}).status_code == 422
        assert not Batch.objects.exists()


class TestCheckingTheColumns:
    def typed(self, batch: Batch, **more: Any) -> dict[str, Any]:
        said = {f"said_{name}": value for name, value in batch.header.items()}
        letters = {"number": "A", "title": "B", "lead": "C", "delegation": "D", "units": "E"}
        empty = dict.fromkeys(["column_cosigner_count", "column_cosigners", "column_body"], "")
        columns = {f"column_{name}": letter for name, letter in letters.items()}
        return said | empty | columns | {"first_line": 1, "version": batch.version, **more}

    def test_is_asked_for_where_headings_say_nothing(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, head=ODD)
        page = visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert "有的列没有认出来" in page
        assert "B列：概要" in page

    def test_reads_the_list_anew(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, head=ODD)
        answer = desk("officer_wang").post(url("columns", batch), self.typed(batch))
        assert answer.headers["Location"] == url("detail", batch)
        batch.refresh_from_db()
        assert batch.status == BatchStatus.PREVIEW
        assert GOOD[1] in visit(desk("officer_wang"), url("detail", batch)).content.decode()

    def test_may_correct_what_was_said_once(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        visit(desk("officer_wang"), url("columns", batch))
        desk("officer_wang").post(url("columns", batch), self.typed(batch, said_received_on="2026-03-04"))
        batch.refresh_from_db()
        assert batch.header["received_on"] == "2026-03-04"

    def test_says_which_column_was_named_twice(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, head=ODD)
        answer = desk("officer_wang").post(url("columns", batch), self.typed(batch, column_lead="B"))
        assert answer.status_code == 422
        assert "B列已经指给了“标题”" in answer.content.decode()

    def test_wants_the_columns_a_list_must_have(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, head=ODD)
        answer = desk("officer_wang").post(url("columns", batch), self.typed(batch, column_lead=""))
        assert answer.status_code == 422
        assert "请指出“领衔代表”是哪一列" in answer.content.decode()

    def test_keeps_what_was_chosen_on_a_stale_page(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, head=ODD)
        typed = self.typed(batch, version=batch.version + 1, said_list_number="改过的文号")
        answer = desk("officer_wang").post(url("columns", batch), typed)
        assert answer.status_code == 422
        assert "改过的文号" in answer.content.decode()

    def test_is_another_offices_business_elsewhere(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        assert desk("officer_li").post(url("columns", batch), self.typed(batch)).status_code == 404
        assert desk("registry").post(url("columns", batch), self.typed(batch)).status_code == 403


class TestWordOriginals:
    def test_may_follow_later(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        typed = {"version": batch.version, "originals": [word("162002.docx")]}
        desk("officer_wang").post(url("originals", batch), typed)
        assert batch.rows.get(line=3).original is not None

    def test_are_named_when_refused(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        program = SimpleUploadedFile("162001.docx", b"MZ\x90\x00" + b"\x00" * 300)
        typed = {"version": batch.version, "originals": [program, word("162001号.docx")]}
        answer = desk("officer_wang").post(url("originals", batch), typed)
        assert answer.status_code == 422
        assert [listed.file.name for listed in batch.files.all()] == ["162001号.docx"]

    def test_are_asked_for(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        answer = desk("officer_wang").post(url("originals", batch), {"version": batch.version})
        assert answer.status_code == 422
        assert "请选择要补传的原文" in answer.content.decode()

    def test_find_their_row_by_hand(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, SECOND)
        browser = desk("officer_wang")
        browser.post(url("originals", batch), {"version": batch.version, "originals": [word("没有编号.docx")]})
        batch.refresh_from_db()
        listed = batch.files.get()
        browser.post(url("match", batch, listed.pk), {"version": batch.version, "line": "3"})
        listed.refresh_from_db()
        assert listed.row is not None
        assert listed.row.line == 3
        answer = browser.post(url("match", batch, listed.pk), {"version": batch.version, "line": "77"})
        assert answer.status_code == 422
        assert "表中没有第77行" in answer.content.decode()

    def test_of_another_office_stay_closed(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD)
        desk("officer_wang").post(url("originals", batch), {"version": 1, "originals": [word("162001.docx")]})
        listed = batch.files.get()
        assert desk("officer_li").post(url("match", batch, listed.pk), {"version": 2, "line": ""}).status_code == 404
        assert desk("officer_li").post(url("originals", batch), {"version": 2}).status_code == 404


class TestOriginalsThatComeLater:
    def test_are_counted_before_anything_is_confirmed(self, in_force: World, desk: Desk, at: datetime) -> None:
        browser = desk("officer_wang")
        for files in ([], [word("第162001号.docx")]):
            browser.post(NEW, typed(in_force) | {"list": xlsx(GOOD, SECOND), "originals": files})
            batch = Batch.objects.latest("id")
            page = visit(browser, url("detail", batch)).content.decode()
            browser.post(url("flip", batch), {"version": batch.version, "shown": "2,3", "line": [2, 3], "then": "flip"})
        assert "补原文1" in page
        assert "有1件已经登记、还没有原文" in page
        assert Matter.objects.get(external_number="162001").attachments.get().file.name == "第162001号.docx"

    def test_already_there_are_said_to_be_so(self, in_force: World, desk: Desk, at: datetime) -> None:
        browser = desk("officer_wang")
        for _ in range(2):
            browser.post(NEW, typed(in_force) | {"list": xlsx(GOOD), "originals": [word("162001.docx")]})
            batch = Batch.objects.latest("id")
            page = visit(browser, url("detail", batch)).content.decode()
            browser.post(url("flip", batch), {"version": batch.version, "shown": "2", "line": [2], "then": "flip"})
        assert "收到1个原文，1个已对应到行。其中1个已在登记的材料里" in page


class TestTheListOfKinds:
    def test_begins_with_suggestions(self, in_force: World, desk: Desk) -> None:
        page = visit(desk("officer_wang"), "/desk/imports/").content.decode()
        assert page.index("导入代表建议清单") < page.index("导入代表委员名册")
        assert 'btn-primary" href="/desk/imports/suggestions.list/new/"' in page


class TestWhatWasNotRead:
    def test_is_said_above_the_rows(self, in_force: World, desk: Desk) -> None:
        import io

        import openpyxl

        book, out = openpyxl.load_workbook(io.BytesIO(workbook(GOOD, SECOND))), io.BytesIO()
        book.active.row_dimensions[3].hidden = True  # type: ignore[union-attr]
        second = book.create_sheet("闭会件")
        for row in (*(book.worksheets[0].iter_rows(max_row=1, values_only=True)), ("闭160009", *GOOD[1:])):
            second.append(row)
        book.save(out)
        browser = desk("officer_wang")
        browser.post(NEW, typed(in_force) | {"list": SimpleUploadedFile("清单.xlsx", out.getvalue())})
        batch = Batch.objects.get()
        page = visit(browser, url("detail", batch)).content.decode()
        assert "表中有1行是隐藏的" in page
        assert "工作表“闭会件”也像是清单，有1行" in page
        columns = TestCheckingTheColumns().typed(batch, sheet="闭会件")
        assert "读哪张工作表" in visit(browser, url("columns", batch)).content.decode()
        browser.post(url("columns", batch), columns)
        batch.refresh_from_db()
        assert [row.parsed["number"] for row in batch.rows.all()] == ["闭160009"]

    def test_and_rows_with_faults_cannot_be_ticked(self, in_force: World, desk: Desk, at: datetime) -> None:
        batch = staged_list(in_force, at, GOOD, BAD)
        page = visit(desk("officer_wang"), url("detail", batch)).content.decode()
        assert 'value="2" aria-label="选择第2行" checked>' in page
        assert 'value="3" aria-label="选择第3行" disabled>' in page
