"""Staging a list."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.files.models import StoredFile
from huiyin.files.operations import clear_drafts, examine, keep_draft, read, upload_draft
from huiyin.files.permissions import may_open
from huiyin.files.tests import samples
from huiyin.imports.models import Batch
from huiyin.imports.operations import BatchMovedOn, HeaderMissing, UnreadableList, drop, restage, stage
from huiyin.imports.operations.staging import ColumnsMissing
from huiyin.imports.queries import batches_open_to, counts
from huiyin.imports.tests.conftest import HEAD, book
from huiyin.imports.workbooks import bad_rows, template
from huiyin.organisations.permissions import NotAllowed


def sentences(batch) -> list[str]:
    return [sentence for row in batch.rows.order_by("line") for sentence in row.sentences]


class TestAStagedList:
    def test_shows_what_will_become_of_each_row(self, staged):
        batch = staged(["甲1", "白贝", datetime(2026, 3, 2)], ["甲2", "花贝", "三月初"])
        assert batch.status == "preview"
        assert counts(batch) == {"new": 1, "equal": 0, "original": 0, "changed": 0, "bad": 1}
        good = batch.rows.get(line=2)
        assert good.values == {
            "number": "甲1",
            "name": "白贝",
            "found_on": "2026-03-02",
            "phone": "",
            "place": "示例海滩",
        }

    def test_names_row_and_column_of_what_is_wrong(self, staged):
        batch = staged(["甲1", None], ["甲2", "=B2"], ["甲3", "花贝", "三月初"], ["甲3", "重"], ["甲3", "重"])
        assert sentences(batch) == [
            "第2行“名称”列：不能为空。",
            "第3行“名称”列：这一格是公式。请在 Excel 中复制这一格，再“选择性粘贴”为“值”，保存后重新上传。",
            "第4行“拾得日”列：应写日期，如 2026-03-02；这里写的是“三月初”。",
            "第6行：与第5行重复，是同一件。请删去其中一行。",
        ]

    def test_minds_no_formula_in_a_column_it_does_not_read(self, staged):
        batch = staged(content=book([*HEAD, "序号"], ["甲1", "白贝", None, None, "=ROW()"]))
        assert counts(batch)["new"] == 1

    def test_is_recorded_once(self, staged):
        staged(["甲1", "白贝"])
        assert list(Record.objects.values_list("verb", flat=True)) == ["imports.staged"]

    def test_may_come_from_a_draft_kept_with_its_form(self, world, at, shells):
        actor = world.act("officer_wang")
        examined = examine(content=book(HEAD, ["甲1", "白贝"]), name="清单.xlsx")
        file = upload_draft(
            examined=examined, procuratorate=world.city, request_key=uuid4(), field="list", actor=actor, at=at
        )
        batch = stage(kind=shells, upload=file, header={"place": "甲"}, request_key=uuid4(), actor=actor, at=at)
        assert (batch.file, batch.row_count) == (file, 1)

    def test_is_the_same_list_when_the_form_comes_twice(self, staged):
        key = uuid4()
        assert staged(["甲1", "白贝"], request_key=key) == staged(["乙1", "白贝"], request_key=key)
        assert Batch.objects.count() == 1

    def test_hides_secret_columns_in_the_database(self, staged):
        batch = staged(["甲1", "白贝", None, 10000000001])
        row = batch.rows.get()
        assert row.values["phone"] == row.cells["D"] == "10000000001"
        with connection.cursor() as cursor:
            cursor.execute("SELECT raw, parsed FROM imports_batchrow")
            assert "10000000001" not in str(cursor.fetchall())

    def test_is_seen_by_colleagues_who_may_import_and_by_no_other_office(self, staged, world):
        batch = staged(["甲1", "白贝"])
        assert list(batches_open_to(world.posts["office_head"])) == [batch]
        assert list(batches_open_to(world.posts["officer_li"])) == []


class TestAListIsRefused:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (samples.word(), "清单要用 Excel 表格"),
            (samples.compound({"Workbook": samples.records((0x0809, bytes(16)), (0x000A, b""))}), "另存为 .xlsx"),
            (book(HEAD), "下面没有内容"),
            (book(HEAD, *([f"号{n}", "贝"] for n in range(151))), "表中有 151 行，一次最多导入 150 行"),
        ],
    )
    def test_with_a_sentence_and_leaves_nothing(self, staged, content, sentence):
        with pytest.raises(UnreadableList, match=sentence):
            staged(content=content)
        assert Batch.objects.count() == StoredFile.objects.count() == 0

    def test_when_a_fact_about_the_whole_list_is_missing_or_wrong(self, staged):
        with pytest.raises(HeaderMissing, match="请填写“海滩”"):
            staged(["甲1", "白贝"], header={"place": ""})
        with pytest.raises(HeaderMissing, match="“造册日”写得不对"):
            staged(["甲1", "白贝"], header={"place": "甲", "listed_on": "昨天"})

    def test_keeps_known_facts_as_json(self, staged):
        batch = staged(["甲1", "贝"], header={"place": " 甲 ", "listed_on": "2026-03-02", "term": "16", "x": "y"})
        assert batch.header == {"place": "甲", "listed_on": "2026-03-02", "term": 16}


class TestAnEndlessList:
    def test_is_refused_before_it_is_read(self, staged):
        with pytest.raises(UnreadableList, match="太大"):
            staged(content=endless(100_000))

    def test_of_blank_formatted_lines_below_is_read(self, staged):
        workbook = openpyxl.load_workbook(io.BytesIO(book(HEAD, ["甲1", "白贝"])))
        for line in range(3, 25_000):
            workbook.active.cell(line, 1).number_format = "@"
        out = io.BytesIO()
        workbook.save(out)
        assert staged(content=out.getvalue()).row_count == 1


def endless(rows: int) -> bytes:
    workbook, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = workbook.create_sheet()
    sheet.append(HEAD)
    for number in range(rows):
        sheet.append([f"号{number}", "贝"])
    workbook.save(out)
    return out.getvalue()


class TestAListWithUnknownHeadings:
    @pytest.fixture
    def batch(self, staged):
        return staged(content=book(["甲", "乙", "拾得日"], ["一号", "白贝", "2026-03-02"]))

    def test_waits_for_someone_to_point_out_the_columns(self, batch):
        assert (batch.status, batch.letters, batch.rows.count()) == ("staging", {"found_on": "C"}, 0)
        assert batch.labels == {"A": "甲", "B": "乙", "C": "拾得日"}

    def test_is_read_by_the_columns_pointed_out(self, batch, world, at):
        columns = {"number": "A", "name": "B", "found_on": "C", "nonsense": "A", "phone": "Z"}
        batch = restage(batch=batch, columns=columns, version=1, actor=world.act("officer_wang"), at=at)
        assert batch.status == "preview"
        assert batch.rows.get().values["number"] == "一号"

    def test_still_wants_the_required_ones(self, batch, world, at):
        with pytest.raises(ColumnsMissing, match="还没有指出这些列：名称"):
            restage(batch=batch, columns={"number": "A"}, version=1, actor=world.act("officer_wang"), at=at)


class TestReadingAgain:
    def test_takes_corrected_facts_and_keeps_what_was_unchosen(self, staged, world, at):
        batch = staged(["甲1", "白贝"], ["甲2", "花贝"])
        batch.rows.filter(line=3).update(chosen=False)
        batch = restage(batch=batch, header={"place": "别处"}, version=1, actor=world.act("office_head"), at=at)
        assert [(row.values["place"], row.chosen) for row in batch.rows.order_by("line")] == [
            ("别处", True),
            ("别处", False),
        ]

    def test_from_a_stale_page_is_refused(self, staged, world, at):
        batch = staged(["甲1", "白贝"])
        restage(batch=batch, version=1, actor=world.act("officer_wang"), at=at)
        with pytest.raises(BatchMovedOn):
            restage(batch=batch, version=1, actor=world.act("officer_wang"), at=at)

    def test_is_not_for_another_office(self, staged, world, at):
        with pytest.raises(NotAllowed):
            restage(batch=staged(["甲1", "白贝"]), version=1, actor=world.act("officer_li"), at=at)


class TestTheListItself:
    def test_stays_when_drafts_are_cleared(self, staged, world, at):
        batch = staged(["甲1", "白贝"])
        keep_draft(request_key=uuid4(), actor_key="post:1", field="list", file=batch.file)
        clear_drafts(actor=SYSTEM, at=at + timedelta(days=1), kept_for=timedelta(hours=1))
        assert read(batch.file).startswith(b"PK")

    def test_may_be_opened_by_those_who_may_import_it(self, staged, world):
        file = staged(["甲1", "白贝"]).file
        assert may_open(world.posts["office_head"], file)
        assert not may_open(world.posts["officer_li"], file)


class TestGivingAListUp:
    def test_closes_it_and_erases_its_secrets(self, staged, world, at):
        batch = drop(
            batch=staged(["甲1", "白贝", None, "10000000001"]), version=1, actor=world.act("officer_wang"), at=at
        )
        assert batch.status == "dropped"
        assert batch.rows.get().secrets is None
        with pytest.raises(BatchMovedOn):
            drop(batch=batch, version=2, actor=world.act("officer_wang"), at=at)


class TestTheTemplate:
    def test_is_read_by_the_engine_and_its_example_is_no_row(self, staged, shells):
        with pytest.raises(UnreadableList, match="下面没有内容"):
            staged(content=template(shells))
        workbook = openpyxl.load_workbook(io.BytesIO(template(shells)))
        workbook.active["A3"], workbook.active["B3"] = "甲1", "白贝"
        out = io.BytesIO()
        workbook.save(out)
        assert [row.line for row in staged(content=out.getvalue()).rows.all()] == [3]
        assert workbook.sheetnames == ["贝壳清单", "填写说明"]


class TestTheRowsSetAside:
    def test_come_back_in_their_own_columns_with_line_and_reason(self, staged):
        batch = staged(["甲1", None, None, "10000000001"], ["甲2", "好"], ["=1+1", "坏"])
        again = staged(content=bad_rows(batch))
        first, second = (row.cells for row in again.rows.order_by("line"))
        assert (first["D"], first["E"], first["F"]) == ("10000000001", "2", "第2行“名称”列：不能为空。")
        assert second["E"] == "4"
