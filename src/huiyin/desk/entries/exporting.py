"""The check list as .xlsx, and the report for the system outside as .xlsx or JSON; each leaves a record."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import Http404, HttpResponse

from huiyin.desk.entries.choosing import TABS, chosen
from huiyin.matters.models import ExternalReference
from huiyin.matters.operations.exports import note_export
from huiyin.matters.operations.references import LIST
from huiyin.suggestions import outward
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.sheets import Cell, xlsx

COLUMNS: Final = (
    ("系统", 24), ("系统编号", 16), ("编号", 14), ("收文号", 20), ("题目", 48), ("进度", 12), ("对方收到日", 12),
    ("对方办结日", 12), ("导入日", 12), ("录入日", 12), ("无需录入的原因", 28), ("说明", 28),
)  # fmt: skip
REPORT: Final = "外系统报送表"
JSON: Final = "application/json"


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The check list as it is filtered."""
    found = chosen(request, request.POST)
    rows = list(found.rows.select_related("system", "matter").order_by("id"))
    note_export(rows=len(rows), filters=found.carried, label=LIST, actor=request.actor, at=now())
    content = xlsx(TABS[found.tab], COLUMNS, map(_cells, rows))
    return bytes_response(f"外系统录入核对表{today():%Y%m%d}.xlsx", XLSX, content)


@desk_page("matters.export", methods=["POST"])
def report(request: StaffRequest, kind: str) -> HttpResponse:
    """The matters as they are filtered, in the layout told to the other side; nothing is ticked by it."""
    if kind not in {"xlsx", "json"}:
        raise Http404
    found, on = chosen(request, request.POST), today()
    said = list(outward.records(found.rows, on))
    filters = found.carried | {"layout": f"{outward.NAME}/{outward.VERSION}", "form": kind}
    note_export(rows=len(said), filters=filters, label=REPORT, actor=request.actor, at=now())
    name = f"{REPORT}{on:%Y%m%d}.{kind}"
    office = request.post.procuratorate.name
    if kind == "xlsx":
        mark = f"{office} {on:%Y-%m-%d}导出 版式{outward.NAME} 第{outward.VERSION}版"
        return bytes_response(name, XLSX, xlsx(REPORT, outward.COLUMNS, map(outward.row_of, said), mark=mark))
    whole: dict[str, Any] = {
        "layout": outward.NAME, "version": outward.VERSION, "office": office, "exported_on": on, "matters": said,
    }  # fmt: skip
    content = json.dumps(whole, ensure_ascii=False, indent=1, default=str)
    return bytes_response(name, JSON, content.encode())


def _cells(reference: ExternalReference) -> list[Cell]:
    matter = reference.matter
    days = (reference.received_on, reference.closed_on, reference.imported_on, reference.reported_on)
    return [
        reference.system.name, reference.number, matter.external_number, matter.number, matter.title,
        matter.get_status_display(), *(day.isoformat() if day else "" for day in days), reference.not_needed,
        reference.note,
    ]  # fmt: skip
