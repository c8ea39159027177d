"""办理进度表 as it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import localtime

from huiyin.gongwen.structure import Column, ListPaper
from huiyin.kernel.numerals import document_date
from huiyin.suggestions.models import ProgressTable, TableState
from huiyin.suggestions.progress_queries import COLUMNS

_WIDTHS = (2.2, 5.4, 2, 1.4, 2.4, 2.5, 7.6, 2, 1.8, 2.7)
_CENTRED = {"办理方式", "办理期限", "目前阶段"}


def progress_table(table: ProgressTable, rows: Sequence[tuple[str, ...]], *, organ: str) -> ListPaper:
    """One row a matter, in the congress office's columns; a table not signed off says that it is a draft."""
    done = table.state == TableState.SIGNED_OFF and table.signed_off_at is not None
    made = f"审定日期：{document_date(localtime(table.signed_off_at).date())}" if done else "（草稿，未经审定）"
    by = table.signed_off_by.staff.name if table.signed_off_by else ""
    return ListPaper(
        title=table.title,
        organ=organ,
        meta=tuple(filter(None, (made, f"审定人：{by}" if by else "", f"共{len(rows)}件"))),
        columns=(
            Column("序号", 1.1, is_centred=True),
            *(Column(name, size, is_centred=name in _CENTRED) for name, size in zip(COLUMNS, _WIDTHS, strict=True)),
        ),
        rows=tuple((str(place), *row) for place, row in enumerate(rows, start=1)),
        notes=(f"未填写的说明：{table.missing_note}",) if table.missing_note else (),
    )
