"""Reading spreadsheets as they really come."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.imports.reading.cells import as_day, as_names, as_number, as_text, is_lossy
from huiyin.imports.reading.headers import find_header, plain
from huiyin.imports.reading.package import UnreadableList, column_letter, column_number
from huiyin.imports.reading.sheets import read_sheets
from huiyin.imports.tests.conftest import book

pytestmark = pytest.mark.pure
NAMES = {"number": ["建议编号", "编号"], "title": ["标题", "题目"], "lead": ["主办"], "assist": ["协办", "会办"]}


def with_part(content: bytes, path: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == path else part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


class TestACell:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (162001.0, "162001"),
            (0.5, "0.5"),
            ("  162 001\u200b ", "162 001"),
            (date(2026, 3, 2), "2026-03-02"),
            (datetime(2026, 3, 2), "2026-03-02"),
            (datetime(2026, 3, 2, 10, 30), "2026-03-02 10:30"),
            (time(10, 30), "10:30"),
            (True, "是"),
            ("", ""),
        ],
    )
    def test_reads_as_a_person_reads_it(self, value, text):
        assert as_text(value) == text

    def test_of_sixteen_digits_has_lost_some(self):
        assert is_lossy(9999991900010100.0)
        assert not is_lossy(10000000001.0)

    @pytest.mark.parametrize(
        "text",
        [
            "2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日", "2026 年 3 月 2 日", "20260302", "46083",
            "２０２６-３-２", "2026-03-02 00:00:00",
        ],
    )  # fmt: skip
    def test_names_a_day_in_many_dresses(self, text):
        assert as_day(text) == date(2026, 3, 2)

    @pytest.mark.parametrize("text", ["", "三月初", "2026-02-30", "2026-13-01", "99999", "3月2日", "20261301"])
    def test_names_no_day_otherwise(self, text):
        assert as_day(text) is None

    def test_holds_several_names(self):
        assert as_names("示例市法院、教育局，民政局\n民政局;阿依·示例") == [
            "示例市法院",
            "教育局",
            "民政局",
            "阿依·示例",
        ]

    def test_holds_a_whole_number_or_none(self):
        assert [as_number(text) for text in ("16", "１６", "十六", "1.5", "")] == [16, 16, None, None, None]


class TestASheet:
    def test_gives_its_lines_as_the_sender_counts_them_without_blank_ones(self):
        (sheet,) = read_sheets(book(["标题"], [], ["编号", "题目"], [None, None], [162001, "甲"]))
        assert [(line.number, line.cells) for line in sheet.lines] == [
            (1, {"A": "标题"}),
            (3, {"A": "编号", "B": "题目"}),
            (5, {"A": "162001", "B": "甲"}),
        ]

    def test_points_at_formulas_and_error_values(self):
        (sheet,) = read_sheets(book(["编号"], ["=A1"], ["#N/A"], ["甲"]))
        faults = {line.number: line.faults.get("A", "") for line in sheet.lines}
        assert "公式" in faults[2]
        assert "错误值" in faults[3]
        assert faults[4] == ""

    def test_points_at_numbers_that_lost_digits_and_at_endless_texts(self):
        (sheet,) = read_sheets(book(["号"], [999999190001010015.0], ["长"]))
        assert "丢失" in sheet.lines[1].faults["A"]
        long = with_part(book(["LONG"]), SHEET, lambda part: part.replace(b"LONG", b"x" * 40_000))
        assert "40000 字" in read_sheets(long)[0].lines[0].faults["A"]

    def test_says_a_merged_cell_in_each_of_its_lines(self):
        (sheet,) = read_sheets(book(["单位", "编号"], ["教育局", 1], [None, 2], [None, 3], merges=["A2:A3"]))
        assert [line.cells.get("A") for line in sheet.lines] == ["单位", "教育局", "教育局", None]

    def test_is_left_out_when_it_is_hidden_or_empty(self):
        hidden = with_part(
            book(["甲"]), "xl/workbook.xml", lambda part: part.replace(b'state="visible"', b'state="hidden"')
        )
        for content in (hidden, book()):
            with pytest.raises(UnreadableList, match="没有内容"):
                read_sheets(content)


class TestAMalformedFile:
    @pytest.mark.parametrize(
        "content",
        [b"", b"PK\x03\x04", book(["甲"])[:300], book(["甲"])[:-40]],
        ids=["empty", "only a start", "cut early", "cut late"],
    )
    def test_is_refused_with_a_sentence(self, content):
        with pytest.raises(UnreadableList, match="已损坏"):
            read_sheets(content)

    def test_is_refused_when_it_declares_entities(self):
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet/>'
        with pytest.raises(UnreadableList):
            read_sheets(with_part(book(["甲"]), SHEET, lambda part: bomb))

    @pytest.mark.parametrize("place", ["A1048576", "XFD1", "xfd1048576"])
    def test_is_refused_when_it_claims_to_reach_far(self, place):
        content = with_part(book(["甲"]), SHEET, lambda part: part.replace(b'r="A1"', f'r="{place}"'.encode()))
        with pytest.raises(UnreadableList, match="太大"):
            read_sheets(content)

    @given(st.data())
    def test_is_read_or_refused_and_never_fails(self, data):
        parts = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, "xl/styles.xml"]
        at = data.draw(st.floats(0, 1))
        noise = data.draw(st.binary(max_size=6))

        def damage(part: bytes) -> bytes:
            place = int(at * len(part))
            return part[:place] + noise + part[place + len(noise) :]

        with suppress(UnreadableList):
            assert read_sheets(with_part(GOOD, data.draw(st.sampled_from(parts)), damage))


GOOD = book(["编号", "题目"], [1, "甲"], [2.5, datetime(2026, 3, 2)], merges=["A1:A2"])


class TestTheHeader:
    def header(self, *rows, merges=(), **more):
        return find_header(read_sheets(book(*rows, merges=merges)), NAMES, ["number", "title"], **more)

    def test_is_found_below_titles(self):
        found = self.header(
            ["样本市第十六届人大二次会议代表建议清单"],
            ["交办日：2026年3月2日"],
            ["序号", "编 号", "题目"],
            [1, 162001, "甲"],
            merges=["A1:C1"],
        )  # fmt: skip
        assert (found.last_line, found.columns) == (3, {"number": "B", "title": "C"})
        assert found.labels == {"A": "序号", "B": "编 号", "C": "题目"}

    def test_may_be_two_lines_high(self):
        found = self.header(
            ["编号", "题目", "承办单位", None], [None, None, "主办", "会办"], [1, "甲", "教育局", "法院"],
            merges=["A1:A2", "B1:B2", "C1:D1"],
        )  # fmt: skip
        assert found.columns == {"number": "A", "title": "B", "lead": "C", "assist": "D"}
        assert (found.first_line, found.last_line) == (1, 2)
        assert found.labels["D"] == "承办单位会办"

    def test_is_known_by_other_headings_marks_and_brackets_aside(self):
        assert plain(" 标 题（全称）\n") == plain("标题") == "标题"
        assert self.header(["建议编号：", "标题（50字以内）"], [1, "甲"]).columns == {"number": "A", "title": "B"}

    def test_takes_the_first_of_two_columns_with_one_heading(self):
        assert self.header(["编号", "编号", "题目"], [1, 2, "甲"]).columns == {"number": "A", "title": "C"}

    def test_is_looked_for_on_every_sheet(self):
        import openpyxl

        workbook, out = openpyxl.Workbook(), io.BytesIO()
        workbook.active.append(["说明"])
        workbook.create_sheet("清单").append(["编号", "题目"])
        workbook.save(out)
        assert find_header(read_sheets(out.getvalue()), NAMES, ["number"]).sheet == "清单"

    def test_can_be_pointed_out(self):
        assert self.header(["甲", "乙"], ["编号", "题目"], [1, 2], line=1).labels == {"A": "甲", "B": "乙"}
        with pytest.raises(UnreadableList, match="第9行"):
            self.header(["编号", "题目"], line=9)

    def test_is_offered_even_when_nothing_fits(self):
        found = self.header(["标题行的字"], ["甲", "乙", "丙"], [1, 2, 3])
        assert found.columns == {}
        assert len(found.labels) == 3


class TestColumnLetters:
    @given(st.integers(1, 16_384))
    def test_and_numbers_agree(self, number):
        assert column_number(column_letter(number)) == number
