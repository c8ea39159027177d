"""The congress office's lists as files, and one laid out for preview: `staged_list(world, at, *rows)`."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from uuid import uuid4

import docx
import openpyxl

from huiyin.files.operations import examine
from huiyin.imports.models import Batch
from huiyin.imports.operations import stage
from huiyin.imports.registry import kind_of
from tests.support.world import World

KIND = "suggestions.list"
HEAD = ("编号", "标题", "领衔代表", "代表团", "承办单位及分工")
GOOD = ("162001", "关于加强校园周边电子烟治理的建议", "张示例", "第三代表团", "市检察院")
SECOND = ("162002", "关于规范校外托管机构的建议", "李样本", "第一代表团", "主办：市检察院；协办：市司法局")
BAD = ("162003", "", "王虚构", "第二代表团", "市检察院")


def workbook(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """An .xlsx of these rows below their head."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def original(text: str = "建议原文。") -> bytes:
    """A Word file."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def header(world: World, **more: Any) -> dict[str, Any]:
    """What is said once about a list."""
    usual = {
        "assigner": str(world.bodies["congress"].pk), "list_number": "样人代〔2026〕8号", "assigned_on": "2026-03-02",
        "received_on": "2026-03-03", "term": "16", "session": "2",
    }  # fmt: skip
    return usual | more


def staged_list(
    world: World, at: datetime, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD, by: str = "officer_wang"
) -> Batch:
    """A list read and laid out; without rows, one good and one bad."""
    content = workbook(*(rows or (GOOD, BAD)), head=head)
    return stage(
        kind=kind_of(KIND), upload=examine(content=content, name="建议清单.xlsx"), header=header(world),
        request_key=uuid4(), actor=world.act(by), at=at,
    )  # fmt: skip
