"""The congress office's list from the spreadsheet to the register, and its correction a week later."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import Workbook
from tests.support.world import World

from huiyin.files.operations import examine
from huiyin.imports.models import Batch
from huiyin.imports.operations import attach_originals, choose, flip, stage
from huiyin.imports.operations.flipping import BadRowsLeft
from huiyin.imports.registry import kind_of
from huiyin.imports.rules import Verdict
from huiyin.matters.models import Matter
from huiyin.suggestions.list_import import CODE

HEAD = ["序号", "编号", "建议标题", "领衔代表", "代表团", "附议人数", "附议代表", "承办单位", "内容"]
ROWS = [
    [1, 162001, "关于校园周边电子烟治理的建议", "张示例", "第三代表团", "", "", "独办：市检察院", "建议加强监督。"],
    [
        2,
        162008,
        "关于律师异地阅卷的建议",
        "李样本",
        "第一代表团",
        2,
        "王虚构、赵占位",
        "主办：市检察院、市中级法院",
        "",
    ],
    [3, 162021, "关于外卖骑手的建议", "钱练习", "第四代表团", "", "", "市公安局（主办）、市检察院（协办）", ""],
]


def _workbook(rows: list[list[Any]], head: list[str]) -> Any:
    book = Workbook()
    sheet = book.active
    sheet.append(["样本市第十六届人大二次会议代表建议交办清单"])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return examine(content=out.getvalue(), name="交办清单.xlsx")


def _staged(world: World, at: datetime, rows: list[list[Any]], head: list[str] = HEAD) -> Batch:
    header = {
        "assigner": str(world.bodies["congress"].pk), "list_number": "样人代〔2026〕8号",
        "assigned_on": "2026-03-02", "received_on": "2026-03-03", "term": "16", "session": "2",
    }  # fmt: skip
    return stage(
        kind=kind_of(CODE), upload=_workbook(rows, head), header=header, request_key=uuid4(),
        actor=world.act("officer_wang"), at=at,
    )  # fmt: skip


def _flipped(world: World, at: datetime, batch: Batch, **choice: Any) -> None:
    usual = {"lines": None, "set_bad_aside": False}
    officer = world.act("officer_wang")
    batch = choose(batch=batch, version=batch.version, actor=officer, at=at, **usual | choice)
    flip(batch=batch, version=batch.version, actor=officer, at=at)


class TestAList:
    def test_comes_in_whole_with_roles_and_signers(self, in_force: World, at: datetime) -> None:
        _flipped(in_force, at, _staged(in_force, at, ROWS))
        told = Matter.objects.order_by("id").values_list("external_number", "handler_role", "suggestion__signer_count")
        assert list(told) == [("162001", "sole", 1), ("162008", "lead", 3), ("162021", "assist", 1)]

    def test_names_row_and_column_of_a_fault_and_lets_nothing_in(self, in_force: World, at: datetime) -> None:
        bad = [*ROWS, [4, 162030, "关于某事的建议", "龚演示", "", "", "", "主办：市公安局", ""]]
        batch = _staged(in_force, at, bad)
        row = batch.rows.get(verdict=Verdict.BAD)
        assert "承办单位" in row.problems[0]["sentence"] or row.problems[0]["column"]
        assert "没有找到本院" in row.problems[0]["sentence"]
        with pytest.raises(BadRowsLeft):
            _flipped(in_force, at, batch)
        assert not Matter.objects.exists()

    def test_comes_in_without_its_bad_rows_when_the_office_says_so(self, in_force: World, at: datetime) -> None:
        bad = [*ROWS, [4, 162030, "关于某事的建议", "龚演示", "", "", "", "主办：市公安局", ""]]
        _flipped(in_force, at, _staged(in_force, at, bad), set_bad_aside=True)
        assert Matter.objects.count() == 3

    def test_notes_a_number_built_for_another_session(self, in_force: World, at: datetime) -> None:
        batch = _staged(in_force, at, [[1, 161001, *ROWS[0][2:]], ROWS[1], [3, "闭160002", *ROWS[2][2:]]])
        told = [str(row.notes) for row in batch.rows.order_by("line")]
        assert "按编号规则是第16届第1次会议第1号，整份清单填的是第16届第2次，请核对。" in told[0]
        assert "编号规则" not in told[1] + told[2]

    def test_brings_the_word_originals_by_number(self, in_force: World, at: datetime) -> None:
        batch = _staged(in_force, at, ROWS)
        original = examine(content=b"%PDF-1.4\n%%EOF\n", name="第162008号 李样本.pdf")
        attach_originals(
            batch=batch, files=[original], version=batch.version, actor=in_force.act("officer_wang"), at=at
        )
        batch.refresh_from_db()
        _flipped(in_force, at, batch)
        assert Matter.objects.get(external_number="162008").attachments.get().kind == "original"


class TestACorrectedList:
    def test_skips_equal_rows_and_shows_what_differs(self, in_force: World, at: datetime) -> None:
        _flipped(in_force, at, _staged(in_force, at, ROWS))
        corrected = [ROWS[0], [*ROWS[1][:7], "独办：市检察院", ""], ROWS[2]]
        batch = _staged(in_force, at + timedelta(days=7), corrected)
        verdicts = list(batch.rows.order_by("line").values_list("verdict", flat=True))
        assert verdicts == [Verdict.EQUAL, Verdict.CHANGED, Verdict.EQUAL]
        shown = batch.rows.get(verdict=Verdict.CHANGED).changes
        assert [(each["label"], each["old"], each["new"]) for each in shown] == [
            ("我院角色", "主办", "独办"),
            ("会同单位", "市中级法院", "（空）"),
        ]

    def test_corrects_the_rows_that_are_confirmed(self, in_force: World, at: datetime) -> None:
        _flipped(in_force, at, _staged(in_force, at, ROWS))
        batch = _staged(in_force, at + timedelta(days=7), [[*ROWS[1][:7], "独办：市检察院", ""]])
        _flipped(in_force, at + timedelta(days=7), batch, lines=[row.line for row in batch.rows.all()])
        assert Matter.objects.get(external_number="162008").handler_role == "sole"

    def test_says_which_is_criticism_and_changes_it_when_confirmed(self, in_force: World, at: datetime) -> None:
        _flipped(in_force, at, _staged(in_force, at, ROWS))
        batch = _staged(in_force, at, [[*ROWS[0], "批评"], [*ROWS[1], "表扬"]], [*HEAD, "种类"])
        changed, odd = batch.rows.order_by("line")
        assert [(each["label"], each["old"], each["new"]) for each in changed.changes] == [("种类", "建议", "批评")]
        assert "应填建议、批评或者意见；这里写的是“表扬”。" in str(odd.problems)
        _flipped(in_force, at, batch, lines=[changed.line], set_bad_aside=True)
        assert Matter.objects.get(external_number="162001").suggestion.kind == "criticism"

    def test_turns_an_answer_into_an_opinion_with_its_own_limit(self, in_force: World, at: datetime) -> None:
        _flipped(in_force, at, _staged(in_force, at, ROWS))
        later = at + timedelta(days=7)
        batch = _staged(in_force, later, [[*ROWS[0][:7], "主办：市公安局；协办：市检察院", ""]])
        _flipped(in_force, later, batch, lines=[row.line for row in batch.rows.all()])
        matter = Matter.objects.get(external_number="162001")
        running = matter.deadlines.filter(met_at=None, dropped_at=None).values_list("limit_code", flat=True)
        assert set(running) == {"SUG_ASSIST", "SUG_RETURN"}
