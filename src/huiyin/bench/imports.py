"""How fast a long list of suggestions is laid out and let in, against reading the same sheet's cells and nothing more.

Measured in a house of its own, on SQLite, thrown away afterwards. Times are processor time of the one process that
works: what else the machine does counts for little."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from huiyin.demo.offices import Offices

ROWS = 5000
RUNS = 3
HEAD = ("编号", "标题", "领衔代表", "代表团", "附议代表", "承办单位", "内容")


def measure(rows: int = ROWS) -> dict[str, float]:
    """Seconds to read, to lay out and to let in; ratios; the longest transaction; late chunks against early ones."""
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as home:
        environment = {
            **os.environ, "HUIYIN_HOME": home, "HUIYIN_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "huiyin.config.settings.demo",
        }  # fmt: skip
        command = [sys.executable, "-m", "huiyin.bench.imports", str(rows)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603  # ourselves
        found: dict[str, float] = json.loads(done.stdout)
        return found


def _inside(rows: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from huiyin.demo.load import BEGUN
    from huiyin.demo.offices import build_offices
    from huiyin.regulations.operations import load_shipped_books, put_in_force, seed_calendar

    offices = build_offices()
    seed_calendar(at=BEGUN)
    for version in load_shipped_books(at=BEGUN):
        put_in_force(version=version, actor=offices.act("office_head"), at=BEGUN)
    return _timed(offices, _workbook(rows), BEGUN)


def _timed(offices: Offices, content: bytes, at: datetime) -> dict[str, float]:
    from huiyin.files.operations import examine
    from huiyin.imports.operations import choose, flip, go_on, stage
    from huiyin.imports.registry import kind_of
    from huiyin.imports.rules import BatchStatus

    officer, kind = offices.act("officer_wang"), kind_of("suggestions.list")
    header = {
        "assigner": str(offices.bodies["congress"].pk), "assigned_on": at.date(), "received_on": at.date(),
        "term": 16, "session": 2,
    }  # fmt: skip
    raw = median(_seconds(lambda: _read_raw(content)) for _ in range(RUNS))
    upload = examine(content=content, name="清单.xlsx")
    with _transactions() as spent:
        laid_out = _seconds(
            lambda: stage(kind=kind, upload=upload, header=header, request_key=uuid4(), actor=officer, at=at)
        )
        batch = _last_batch()
        batch = choose(batch=batch, lines=None, set_bad_aside=False, version=batch.version, actor=officer, at=at)
        chunks = [_seconds(lambda: flip(batch=batch, version=batch.version, actor=officer, at=at))]
        batch.refresh_from_db()
        while batch.status == BatchStatus.FLIPPING:
            chunks.append(_seconds(lambda: go_on(batch_id=batch.pk)))
            batch.refresh_from_db()
    whole = chunks[1:-1] or chunks
    tenth = max(len(whole) // 10, 1)
    return {
        "rows": batch.applied_count,
        "read_s": round(raw, 3),
        "lay_out_s": round(laid_out, 2),
        "lay_out_ratio": round(laid_out / raw, 1),
        "let_in_s": round(sum(chunks), 1),
        "let_in_ratio": round(sum(chunks) / raw),
        "longest_transaction_s": round(max(spent), 2),
        "late_to_early_chunks": round(median(whole[-tenth:]) / median(whole[:tenth]), 2),
    }


def _last_batch() -> Any:
    from huiyin.imports.models import Batch

    return Batch.objects.select_related("procuratorate", "created_by", "file").latest("id")


def _workbook(rows: int) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("清单")
    sheet.append(HEAD)
    for at in range(rows):
        units = "市检察院" if at % 3 else "主办：市检察院；协办：市司法局、市公安局"
        text = "这件事群众反映较多，建议加强监督，完善制度。" * 10
        sheet.append((160001 + at, f"关于第{at + 1}件事的建议", "张示例", "第三代表团", "李样本、王虚构", units, text))
    book.save(out)
    return out.getvalue()


def _read_raw(content: bytes) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@contextmanager
def _transactions() -> Iterator[list[float]]:
    """How long each outermost transaction stood open meanwhile."""
    from django.db import connection
    from django.db.transaction import Atomic

    spent: list[float] = []
    begun = [0.0]
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entered(self: Atomic) -> None:
        if not connection.in_atomic_block:
            begun[0] = time.process_time()
        enter(self)

    def left(self: Atomic, *raised: Any) -> None:
        leave(self, *raised)
        if not connection.in_atomic_block:
            spent.append(time.process_time() - begun[0])

    Atomic.__enter__, Atomic.__exit__ = entered, left  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


if __name__ == "__main__":
    print(json.dumps(_inside(int(sys.argv[1]))))  # noqa: T201  # the parent reads it
