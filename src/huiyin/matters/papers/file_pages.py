"""What a bound file consists of beside its papers: cover, catalogue, what stands for a paper apart, the end record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from huiyin.files.models import StoredFile
from huiyin.files.rules import megabytes
from huiyin.gongwen.structure import Column, Form, ListPaper, Row, label, value
from huiyin.kernel.numerals import document_date
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Filing, Matter, Undertaking
from huiyin.matters.papers.rows import two, wide


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the catalogue; first: the page it begins on, from 1."""

    title: str
    by: str
    number: str
    on: str  # ISO day, or ""
    first: int
    pages: int
    note: str = ""

    @property
    def page_text(self) -> str:
        """12, or 12-15."""
        return str(self.first) if self.pages == 1 else f"{self.first}-{self.first + self.pages - 1}"

    def to_json(self) -> dict[str, Any]:
        """As the bundle keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Entry:
        """Back from to_json."""
        return cls(**{each.name: kept[each.name] for each in fields(cls) if each.name in kept})


def item_of(filing: Filing | None) -> str:
    """件号 as papers print it."""
    return filing.item_number if filing else "（归档时编）"


def cover(
    matter: Matter, filing: Filing | None, *, brought_by: str, kept: str, days: Sequence[date], entries: int, pages: int
) -> Form:
    """案卷封面. brought_by: the proposers; days: of the papers; kept: the retention before it is filed."""
    wording = kind_of(matter).wording(matter)
    span = f"{document_date(min(days))}至{document_date(max(days))}" if days else ""
    return Form(
        title="案　卷",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        rows=(
            wide("题　　名", f"{wording.subject}　{matter.title}", height=46),
            wide(wording.proposer, brought_by, height=18),
            wide("交办机关", wording.assigner, height=14),
            wide("起止日期", span, height=14),
            two("收 文 号", matter.number, "来文编号", matter.external_number),
            two("件　　号", item_of(filing), "保管期限", filing.retention if filing else kept),
            two("归档日期", filing.filed_on if filing else "（尚未归档）", "领衔院领导", _leader(matter)),
            two("材料件数", f"{entries}件", "总 页 数", f"{pages}页"),
        ),
        notes=("每页右上角为件号和页号；页号从封面起连续编排，与卷内目录一致。",),
    )


def _leader(matter: Matter) -> str:
    return matter.leader.staff.name if matter.leader else ""


def bound_catalogue(matter: Matter, filing: Filing | None, entries: Sequence[Entry], *, kept: str) -> ListPaper:
    """卷内目录: one line a paper, with the page it begins on."""
    return ListPaper(
        title="卷内目录",
        organ=matter.procuratorate.name,
        meta=(
            f"收文号：{matter.number}",
            f"件号：{item_of(filing)}",
            f"保管期限：{filing.retention if filing else kept}",
        ),
        columns=(
            Column("序号", 1, is_centred=True),
            Column("责任者", 3),
            Column("文号", 4.6),
            Column("题名", 6.2),
            Column("日期", 2.8, is_centred=True),
            Column("页号", 1.8, is_centred=True),
            Column("备注", 1.8),
        ),
        rows=tuple(
            (str(place), each.by, each.number, each.title, each.on, each.page_text, each.note)
            for place, each in enumerate(entries, start=1)
        ),
        landscape=False,
    )


def end_record(
    matter: Matter, filing: Filing | None, *, missing: Sequence[str], apart: Sequence[str], entries: int, pages: int
) -> Form:
    """备考表: what is in the file, what is not and why, who filed it. missing, apart: titles."""
    lines = [f"本卷共{entries}件、{pages}页（含封面、目录和本表）。"]
    if missing:
        lines.append(f"缺{'、'.join(missing)}。")
    if filing is not None and filing.missing_reason:
        lines.append(f"归档时说明：{filing.missing_reason}")
    if apart:
        lines.append(f"下列原件没有排入，另行保存，卷内有说明页：{'、'.join(apart)}。")
    return Form(
        title="备　考　表",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        rows=(
            wide("本卷情况\n说　　明", "\n".join(lines), height=110),
            two(
                "立 卷 人", filing.filed_by.staff.name if filing else "", "归档日期", filing.filed_on if filing else ""
            ),
            wide("检 查 人", "", height=14),
            wide("检查日期", "", height=14),
        ),
    )


def stand_in(title: str, file: StoredFile | None, reason: str) -> Form:
    """A page in place of a paper kept apart. file: the original, where it is one; reason: why it is not here."""
    rows: tuple[Row, ...] = (wide("题　　名", title, height=18), wide("没有排入的\n原　　因", reason, height=18))
    if file is not None:
        rows += (
            wide("文 件 名", file.name, height=14),
            wide("大　　小", megabytes(file.size), height=12),
            wide("摘　　要\n（SHA-256）", " ".join(file.sha256[at : at + 8] for at in range(0, 64, 8)), height=18),
        )
    return Form(
        title="原件另附",
        widths=(3, 5, 3, 5),
        rows=rows,
        notes=("原件保存在本系统，可在事项页面打开；摘要用来核对原件没有变动。",) if file is not None else (),
    )


def body_paper(matter: Matter, brought_by: str) -> Form:
    """The text of a matter that came without a file of its own: one ruled line a paragraph."""
    wording = kind_of(matter).wording(matter)
    paragraphs = [line.strip() for line in matter.body.splitlines() if line.strip()]
    return Form(
        title=f"{wording.noun}原文",
        organ=wording.assigner,
        widths=(3, 5, 3, 5),
        meta=(f"来文编号：{matter.external_number or '—'}", f"收到日期：{document_date(matter.received_on)}"),
        rows=(
            wide("题　　目", matter.title),
            wide(wording.proposer, brought_by),
            *(Row((value(f"　　{line}", span=4),)) for line in paragraphs),
        ),
    )


def opinion_paper(part: Undertaking) -> Form:
    """An assisting department's or organ's opinion that came as text."""
    given = part.opinion_by.label if part.opinion_by else ""
    return Form(
        title="协　办　意　见",
        organ=part.matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"编号：{part.matter.number}",),
        rows=(
            wide("题　　目", part.matter.title),
            two("协办单位", part.who, "提出日期", part.opinion_on or ""),
            Row((label("意　　见"), value(part.opinion, span=3)), height=120),
            two("填报人", given, "协办角色", part.get_role_display()),
        ),
    )
