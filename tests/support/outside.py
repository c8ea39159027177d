"""Systems outside as tests need them."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import openpyxl

from huiyin.files.operations import examine
from huiyin.imports.models import Batch
from huiyin.imports.operations import stage
from huiyin.imports.registry import kind_of
from huiyin.matters.models import OutsideSystem
from huiyin.matters.operations.systems import SystemFacts, enter_system
from huiyin.matters.rules.outside import SystemKind
from tests.support.world import World

NAME = "市人大代表建议系统"


def system(world: World, at: datetime, **changes: Any) -> OutsideSystem:
    """The congress system, held against since the beginning of the year; name what differs."""
    usual: dict[str, Any] = {"kind": SystemKind.CONGRESS, "name": NAME, "from_on": date(at.year, 1, 1)}
    return enter_system(
        facts=SystemFacts(**usual | changes), request_key=uuid4(), actor=world.act("officer_wang"), at=at
    )


def receipts(
    world: World, at: datetime, there: OutsideSystem, head: tuple[str, ...], *rows: tuple[str, ...], session: str = "2"
) -> Batch:
    """Their export laid out for preview."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    header = {"system": str(there.pk), "term": "16", "session": session}
    return stage(
        kind=kind_of("suggestions.receipts"), upload=examine(content=out.getvalue(), name="系统导出.xlsx"),
        header=header, request_key=uuid4(), actor=world.act("officer_wang"), at=at,
    )  # fmt: skip
