"""A kind of list that exists in these tests only, and a home of their own for its files."""

from __future__ import annotations

import io
from uuid import uuid4

import openpyxl
import pytest

from huiyin.files.operations import examine
from huiyin.imports import registry
from huiyin.imports.operations import stage
from huiyin.imports.tests.kinds import SHELLS


@pytest.fixture(autouse=True)
def shells(settings, tmp_path, monkeypatch):
    settings.HUIYIN_HOME = tmp_path
    monkeypatch.setitem(registry._kinds, SHELLS.code, SHELLS)
    return SHELLS


def book(*rows, merges=(), formats=None) -> bytes:
    workbook, out = openpyxl.Workbook(), io.BytesIO()
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                workbook.active.cell(line, column, value)
    for merge in merges:
        workbook.active.merge_cells(merge)
    for place, form in (formats or {}).items():
        workbook.active[place].number_format = form
    workbook.save(out)
    return out.getvalue()


HEAD = ["编号", "名称", "拾得日", "电话"]


@pytest.fixture
def staged(world, at):
    """Stage a list: staged(rows…) → batch, by Officer Wang."""

    def act(*rows, content=None, name="清单.xlsx", who="officer_wang", request_key=None, header=None):
        examined = examine(content=content if content is not None else book(HEAD, *rows), name=name)
        return stage(
            kind=SHELLS,
            upload=examined,
            header={"place": "示例海滩"} if header is None else header,
            request_key=request_key or uuid4(),
            actor=world.act(who),
            at=at,
        )

    return act
