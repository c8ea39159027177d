"""收文登记簿 and 归档文件目录."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.gongwen.structure import Column, ListPaper
from huiyin.kernel.numerals import document_date
from huiyin.matters.filing_documents import Document, File
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter, Undertaking
from huiyin.matters.papers.file_pages import Entry, item_of
from huiyin.matters.queries import proposer_text


def receipt_register(matters: Sequence[Matter], *, organ: str, on: date) -> ListPaper:
    """收文登记簿 for some matters, as with_row_facts reads them, with what their kind names the sender by."""
    return ListPaper(
        title="收文登记簿",
        organ=organ,
        meta=(f"打印日期：{document_date(on)}", f"共{len(matters)}件"),
        columns=(
            Column("序号", 1, is_centred=True),
            Column("收文日期", 2.4, is_centred=True),
            Column("收文号", 3.4),
            Column("来文单位", 3),
            Column("来文号", 3),
            Column("来文编号", 1.8),
            Column("类别", 1.8),
            Column("题目", 5.4),
            Column("提出人", 2.2),
            Column("承办单位", 2.6),
            Column("承办人", 1.6),
            Column("办理情况", 1.8),
        ),
        rows=tuple(_receipt_row(place, matter) for place, matter in enumerate(matters, start=1)),
    )


def _receipt_row(place: int, matter: Matter) -> tuple[str, ...]:
    parts, kind = getattr(matter, "parts", []), kind_of(matter)
    return (
        str(place),
        matter.received_on.isoformat(),
        matter.number,
        *kind.came_with(matter),
        matter.external_number,
        kind.label,
        matter.title,
        proposer_text(getattr(matter, "brought_by", [])),
        "、".join(short_name(part) for part in parts),
        "、".join(part.handler.staff.name for part in parts if part.handler),
        matter.get_status_display(),
    )


def short_name(part: Undertaking) -> str:
    """未检部, or the outside organ's name."""
    return part.department.short_name if part.department is not None else part.who


def file_catalogue(file: File, entries: Sequence[Entry] = ()) -> ListPaper:
    """归档文件目录 of one file, in filing order. entries: of the bound file, where it is bound from these papers."""
    matter, filing = file.matter, file.filing
    bound: list[Entry | None] = list(entries) if len(entries) == len(file.documents) else [None] * len(file.documents)
    return ListPaper(
        title="归档文件目录",
        organ=matter.procuratorate.name,
        meta=(f"收文号：{matter.number}", f"件号：{item_of(filing)}", f"保管期限：{file.kept}"),
        columns=(
            Column("序号", 1, is_centred=True),
            Column("责任者", 3),
            Column("文号", 4),
            Column("题名", 7),
            Column("日期", 2.8, is_centred=True),
            Column("页数", 1.2, is_centred=True),
            Column("备注", 2.4),
        ),
        rows=tuple(
            _catalogue_row(place, document, entry)
            for place, (document, entry) in enumerate(zip(file.documents, bound, strict=True), start=1)
        ),
        notes=(f"缺件说明：{filing.missing_reason}",) if filing and filing.missing_reason else (),
        landscape=False,
    )


def _catalogue_row(place: int, document: Document, entry: Entry | None) -> tuple[str, ...]:
    on = document.on.isoformat() if document.on else ""
    pages, note = (str(entry.pages), entry.note) if entry else ("", "")
    return (str(place), document.by, document.number, document.title, on, pages, note)
