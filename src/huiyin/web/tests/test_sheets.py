"""Tables on their way out."""

from __future__ import annotations

import io

import openpyxl
import pytest

from huiyin.web.sheets import csv_bytes, xlsx

pytestmark = pytest.mark.pure
DANGEROUS = ["=1+1", "+1", "-1", "@x", "\t=1"]


class TestXlsx:
    def test_has_headings_and_rows(self):
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx("表", [("编号", 8), ("名", 20)], [(1, "甲"), (2, None)]))).active
        assert list(sheet.iter_rows(values_only=True)) == [("编号", "名"), (1, "甲"), (2, None)]
        assert sheet.freeze_panes == "A2"

    @pytest.mark.parametrize("text", DANGEROUS)
    def test_runs_nothing(self, text):
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx("表", [("名", 20)], [(text,)]))).active
        assert sheet["A2"].data_type == "s"
        assert sheet["A2"].value.startswith("'")


class TestCsv:
    def test_is_known_to_excel_as_utf_8(self):
        assert csv_bytes(["名"], [("甲",)]) == "\ufeff名\r\n甲\r\n".encode()

    @pytest.mark.parametrize("text", DANGEROUS)
    def test_runs_nothing(self, text):
        assert csv_bytes(["名"], [(text,)]).decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")
