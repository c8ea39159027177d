"""Lists as congress offices really send them: each oddity in a spreadsheet of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.support.lists import header
from tests.support.world import World

from huiyin.files.operations import examine
from huiyin.imports.models import Batch
from huiyin.imports.operations import UnreadableList, flip, restage, stage
from huiyin.imports.registry import kind_of
from huiyin.imports.rules import BatchStatus, Verdict
from huiyin.matters.models import Matter
from huiyin.suggestions.list_import import CODE

TITLE = ["样本市第十六届人民代表大会第二次会议代表建议交办清单"]
HEAD = ["序号", "建议编号", "建议题目", "领衔代表", "承办单位"]
Shape = Callable[[openpyxl.Workbook, Worksheet], None]


def _row(number: Any, units: str = "市检察院", *, title: str = "", lead: str = "张示例") -> list[Any]:
    return [1, number, title or f"关于第{number}件事的建议", lead, units]


def _list(*rows: list[Any], shape: Shape | None = None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if shape is not None:
        shape(book, sheet)
    book.save(out)
    return out.getvalue()


class Reader:
    """Reads lists as Officer Wang."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at

    def __call__(self, *rows: list[Any], shape: Shape | None = None, **said: Any) -> Batch:
        return stage(
            kind=kind_of(CODE), upload=examine(content=_list(*rows, shape=shape), name="交办清单.xlsx"),
            header=header(self.world, **said), request_key=uuid4(), actor=self.world.act("officer_wang"), at=self.at,
        )  # fmt: skip

    def again(self, batch: Batch, **changes: Any) -> Batch:
        return restage(batch=batch, version=batch.version, actor=self.world.act("officer_wang"), at=self.at, **changes)

    def flip(self, batch: Batch) -> None:
        flip(batch=batch, version=batch.version, actor=self.world.act("officer_wang"), at=self.at)


@pytest.fixture
def reader(in_force: World, at: datetime) -> Reader:
    return Reader(in_force, at)


def _numbers(batch: Batch) -> list[str]:
    return [row.parsed["number"] for row in batch.rows.order_by("line")]


def _faults(batch: Batch) -> list[str]:
    return [sentence for row in batch.rows.order_by("line") for sentence in row.sentences]


def _roles(batch: Batch) -> list[tuple[str, str, str]]:
    rows = [row.parsed for row in batch.rows.order_by("line")]
    return [(row["role"], row["lead_unit"], row["other_units"]) for row in rows]


class TestANumber:
    def test_in_many_dresses_is_one_number_with_a_note(self, reader: Reader) -> None:
        batch = reader(HEAD, *map(_row, [162060, "第162061号", "１６２０６２", "162063.0", " 162 064", "'162065"]))
        assert _numbers(batch) == ["162060", "162061", "162062", "162063", "162064", "162065"]
        assert [bool(row.notes) for row in batch.rows.order_by("line")] == [False, False, True, True, True, True]
        assert batch.rows.get(line=4).remarks == ["第4行“编号”列：写的是“１６２０６２”，按“162062”读取。"]

    def test_with_a_letter_for_a_digit_is_asked_about(self, reader: Reader) -> None:
        batch = reader(HEAD, _row("151o91"), _row(151092))
        assert _faults(batch) == [
            "第2行“编号”列：编号“151o91”里有字母“o”（应为数字0？）。请核对，是151091的请改成151091。"
        ]
        assert not batch.rows.get(line=2).chosen

    def test_is_the_same_next_week_without_its_zeros(self, reader: Reader) -> None:
        reader.flip(reader(HEAD, _row("0023"), _row("0024")))
        batch = reader(HEAD, _row(23, title="关于第0023件事的建议"), _row("第０024号", title="关于第0024件事的建议"))
        assert set(batch.rows.values_list("verdict", flat=True)) == {Verdict.EQUAL}

    def test_that_lost_its_zeros_beside_others_is_noted(self, reader: Reader) -> None:
        batch = reader(HEAD, *map(_row, ["010023", "010024", "010025", 1026]))
        assert batch.rows.get(line=5).remarks == [
            "第5行“编号”列：只有4位，其余多为6位。开头的0可能被 Excel 去掉了，请核对。"
        ]
        assert batch.rows.get(line=5).verdict == Verdict.NEW

    def test_turned_into_a_day_or_a_power_says_so(self, reader: Reader) -> None:
        batch = reader(HEAD, _row(datetime(2026, 3, 5)), _row("1.5106E+05"))
        assert ["像是日期" in _faults(batch)[0], "科学计数" in _faults(batch)[1]] == [True, True]

    def test_written_twice_in_two_dresses_is_one_suggestion(self, reader: Reader) -> None:
        batch = reader(HEAD, _row(151060), _row("第151060号"))
        assert _faults(batch) == ["第3行：与第2行重复，是同一件。请删去其中一行。"]


class TestADay:
    @pytest.mark.parametrize(
        "said",
        [
            date(2026, 2, 27), datetime(2026, 2, 27), 46080, "46080", "2026.2.27", "2026/2/27", "2026年2月27日",
            "二〇二六年二月二十七日", "二○二六年二月二十七日", "二O二六年二月二十七日", "20260227", "2026。2。27",
            "2026年2月27日 ",
        ],
    )  # fmt: skip
    def test_of_assignment_may_stand_in_each_row(self, reader: Reader, said: Any) -> None:
        batch = reader([*HEAD, "交办日期"], [*_row(151060), said], [*_row(151061), None])
        assert _faults(batch) == []
        reader.flip(batch)
        days = Matter.objects.order_by("id").values_list("suggestion__assigned_on", flat=True)
        assert list(days) == [date(2026, 2, 27), date(2026, 3, 2)]

    def test_that_is_none_says_how_days_are_written(self, reader: Reader) -> None:
        batch = reader([*HEAD, "交办日期"], [*_row(151060), "二〇二六年"], [*_row(151061), date(2026, 3, 4)])
        assert _faults(batch) == [
            "第2行“交办日期”列：应写日期，如 2026-03-02；这里写的是“二〇二六年”。",
            "第3行“交办日期”列：晚于整份清单的收到日，请核对。",
        ]

    def test_corrected_in_a_later_list_is_a_change_to_confirm(self, reader: Reader) -> None:
        reader.flip(reader(HEAD, _row(151060)))
        batch = reader([*HEAD, "交办日期"], [*_row(151060), date(2026, 3, 1)])
        assert [change["label"] for change in batch.rows.get().changes] == ["交办日期"]
        reader.flip(batch)
        assert Matter.objects.get().suggestion.assigned_on == date(2026, 3, 1)

    def test_is_left_alone_by_a_list_without_such_a_column(self, reader: Reader) -> None:
        reader.flip(reader([*HEAD, "交办日期"], [*_row(151060), date(2026, 2, 27)]))
        assert reader(HEAD, _row(151060)).rows.get().verdict == Verdict.EQUAL


class TestTheHeader:
    def test_stands_below_titles_and_is_two_lines_high(self, reader: Reader) -> None:
        head = ["序号", "建议编号", "建议题目", "领衔代表", "承办单位", None]

        def merge(book: openpyxl.Workbook, sheet: Worksheet) -> None:
            for place in ("A1:F1", "A2:F2", "E3:F3", "A3:A4", "B3:B4", "C3:C4", "D3:D4"):
                sheet.merge_cells(place)

        batch = reader(
            TITLE, ["交办日期：2026年3月2日"], head, [None] * 4 + ["主办", "协办"],
            [*_row(151060, "市检察院"), "市司法局、市公安局"], [*_row(151086, "市教育体育局"), "市检察院"],
            shape=merge,
        )  # fmt: skip
        assert _roles(batch) == [("lead", "", "市司法局、市公安局"), ("assist", "市教育体育局", "")]

    def test_may_part_a_merged_heading_without_merging_the_others(self, reader: Reader) -> None:
        head = ["建议编号", "建议题目", "领衔代表", "承办单位", None]
        batch = reader(
            head, [None, None, None, "主办单位", "会办单位"], [151060, "关于甲的建议", "张示例", "市检察院", None],
            shape=lambda book, sheet: sheet.merge_cells("D1:E1"),
        )  # fmt: skip
        assert (_numbers(batch), _roles(batch)) == (["151060"], [("sole", "", "")])

    def test_printed_again_on_each_page_is_no_row(self, reader: Reader) -> None:
        batch = reader(TITLE, HEAD, _row(151060), HEAD, _row(151061))
        assert (_numbers(batch), _faults(batch)) == (["151060", "151061"], [])

    def test_of_a_part_and_the_foot_of_the_list_are_no_rows(self, reader: Reader) -> None:
        def merge(book: openpyxl.Workbook, sheet: Worksheet) -> None:
            sheet.merge_cells("A2:E2")
            sheet.merge_cells("A4:E4")

        batch = reader(
            HEAD, ["一、由市检察院主办的（1件）"], _row(151060), ["二、由市检察院协办的（1件）"],
            _row(151086, "主办：市公安局；协办：市检察院"), ["合计", "2件"], ["注：请于5月底前办结。"],
            ["填表人：王样本"], shape=merge,
        )  # fmt: skip
        assert (_numbers(batch), _faults(batch)) == (["151060", "151086"], [])

    def test_without_units_is_pointed_out_by_hand(self, reader: Reader) -> None:
        head = ["建议编号", "建议题目", "领衔代表", "谁办", "谁帮"]
        batch = reader(head, [151086, "甲", "张示例", "市公安局", "市检察院"])
        assert batch.status == BatchStatus.STAGING
        letters = {"number": "A", "title": "B", "lead": "C", "lead_units": "D", "assist_units": "E"}
        assert _roles(reader.again(batch, columns=letters)) == [("assist", "市公安局", "")]


class TestUnits:
    def test_may_stand_in_lines_of_their_own_beside_one_merged_number(self, reader: Reader) -> None:
        def merge(book: openpyxl.Workbook, sheet: Worksheet) -> None:
            for column in "ABCD":
                sheet.merge_cells(f"{column}2:{column}4")

        batch = reader(
            HEAD, _row(151060, "市检察院（主办）"), [None] * 4 + ["市司法局（协办）"],
            [None] * 4 + ["市公安局（协办）"], _row(151061), shape=merge,
        )  # fmt: skip
        assert _roles(batch) == [("lead", "", "市司法局、市公安局"), ("sole", "", "")]

    def test_may_leave_our_part_to_a_column_of_its_own(self, reader: Reader) -> None:
        batch = reader(
            [*HEAD, "办理方式"], [*_row(151060, "市检察院、市司法局"), "主办"], [*_row(151061), "独办"],
            [*_row(151086, "市公安局、市检察院"), "会办"], [*_row(151087, "主办：市检察院；协办：市司法局"), "协办"],
        )  # fmt: skip
        assert _roles(batch)[:3] == [("lead", "", "市司法局"), ("sole", "", ""), ("assist", "市公安局", "")]
        assert _faults(batch) == ["第5行“承办单位”列：这里写的是本院主办，“办理方式”列写的是协办，请核对。"]

    def test_in_two_columns_may_leave_the_second_empty_and_not_both(self, reader: Reader) -> None:
        head = ["建议编号", "建议题目", "领衔代表", "主办单位", "协办单位"]
        batch = reader(head, [151060, "甲", "张示例", "市检察院", None], [151061, "乙", "李样本", None, None])
        assert _roles(batch)[0] == ("sole", "", "")
        assert _faults(batch) == ["第3行“承办单位”列：不能为空。"]


class TestWhatNobodySees:
    def test_is_not_read_and_said_so(self, reader: Reader) -> None:
        def hide(book: openpyxl.Workbook, sheet: Worksheet) -> None:
            sheet.row_dimensions[3].hidden = True

        batch = reader(HEAD, _row(151060), _row(151061, "市公安局"), _row(151062), shape=hide)
        assert _numbers(batch) == ["151060", "151062"]
        assert batch.columns["hidden"] == 1

    def test_may_be_everything(self, reader: Reader) -> None:
        def hide(book: openpyxl.Workbook, sheet: Worksheet) -> None:
            for line in (1, 2):
                sheet.row_dimensions[line].hidden = True

        with pytest.raises(UnreadableList, match="取消筛选"):
            reader(HEAD, _row(151060), shape=hide)


class TestASecondSheet:
    def two(self, book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.title = "主办件"
        second = book.create_sheet("协办件")
        second.append(HEAD)
        second.append(_row(151086, "主办：市公安局；协办：市检察院"))
        book.create_sheet("说明").append(["请各单位抓紧办理。"])
        book.create_sheet("空")

    def test_that_is_a_list_too_is_named(self, reader: Reader) -> None:
        batch = reader(HEAD, _row(151060), shape=self.two)
        assert (_numbers(batch), batch.columns["other_sheets"]) == (["151060"], [["协办件", 1]])

    def test_can_be_read_instead(self, reader: Reader) -> None:
        batch = reader.again(reader(HEAD, _row(151060), shape=self.two), sheet="协办件")
        assert (_numbers(batch), batch.columns["other_sheets"]) == (["151086"], [["主办件", 1]])
        assert _numbers(reader.again(batch)) == ["151086"]

    def test_is_no_list_where_nothing_stands_below_its_header(self, reader: Reader) -> None:
        batch = reader(HEAD, _row(151060), shape=lambda book, sheet: book.create_sheet("空表").append(HEAD))
        assert batch.columns["other_sheets"] == []


class TestTheSameListAWeekLater:
    def test_finds_every_row_as_it_was(self, reader: Reader) -> None:
        rows = [HEAD, *map(_row, ["151060", "闭会期间第160002号", "B12", "0023"])]
        reader.flip(reader(*rows))
        reader.at += timedelta(days=7)
        assert set(reader(*rows).rows.values_list("verdict", flat=True)) == {Verdict.EQUAL}
