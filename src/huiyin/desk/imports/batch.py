"""The page of one list: what to check, which rows, how far it has come, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.imports.forms import ChooseForm, ColumnsForm
from huiyin.imports.models import Batch, BatchRow, ListFile
from huiyin.imports.queries import batches_open_to, counts
from huiyin.imports.registry import ImportKind, Input, kind_of
from huiyin.imports.rules import GOES_IN, ORIGINAL, VERDICT_LABELS, BatchStatus, Verdict
from huiyin.web.pages import StaffRequest
from huiyin.web.paging import keyset

PAGE: Final = 100
TARGETS: Final = {
    "suggestions.list": "desk:matters:detail",
    "suggestions.proposals": "desk:matters:detail",
    "people.deputies": "desk:people:detail",
    "suggestions.receipts": "desk:matters:detail",
}
"""Where the record of a row is read, by kind of list."""
CHIPS: Final = {
    Verdict.NEW: "chip-accent", Verdict.EQUAL: "", Verdict.ORIGINAL: "chip-good", Verdict.CHANGED: "chip-note",
    Verdict.BAD: "chip-bad",
}  # fmt: skip
SHORT: Final = {
    Verdict.NEW: "新增", Verdict.EQUAL: "相同", Verdict.ORIGINAL: "补原文", Verdict.CHANGED: "不同",
    Verdict.BAD: "有错",
}  # fmt: skip


@dataclass(frozen=True)
class RowShown:
    """One row of the preview."""

    row: BatchRow
    number: str
    title: str
    rest: str
    chip: str
    verdict: str
    may_choose: bool
    url: str


def batch_or_404(request: StaffRequest, pk: int) -> Batch:
    """A list this post may work on."""
    return get_object_or_404(batches_open_to(request.post), pk=pk)


def batch_page(
    request: StaffRequest,
    batch: Batch,
    *,
    columns: ColumnsForm | None = None,
    choose: ChooseForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    """The list as it stands; `sentence`: why something was just refused."""
    kind = kind_of(batch.kind)
    context: dict[str, Any] = {
        "title": f"{kind.label}：{batch.file.name}",
        "batch": batch,
        "kind": kind,
        "facts": facts_of(batch, kind),
        "sentence": sentence,
        "takes_originals": kind.original_number is not None,
    }
    match BatchStatus(batch.status):
        case BatchStatus.STAGING:
            context["columns"] = columns or ColumnsForm(batch=batch, kind=kind)
            return render(request, "desk/imports/columns.html", context, status=status)
        case BatchStatus.PREVIEW if columns is not None:
            return render(request, "desk/imports/columns.html", context | {"columns": columns}, status=status)
        case BatchStatus.PREVIEW:
            context |= _preview(request, batch, kind, choose)
            return render(request, "desk/imports/preview.html", context, status=status)
        case BatchStatus.FLIPPING:
            context["going_in"] = _going_in(batch)
            return render(request, "desk/imports/flipping.html", context, status=status)
        case _:
            context |= _rows(request, batch, kind, _asked(request))
            return render(request, "desk/imports/result.html", context, status=status)


def _preview(request: StaffRequest, batch: Batch, kind: ImportKind, choose: ChooseForm | None) -> dict[str, Any]:
    found = _rows(request, batch, kind, _asked(request))
    initial = {"version": batch.version, "set_bad_aside": batch.set_bad_aside}
    form = choose or ChooseForm(lines={}, initial=initial)
    ticked = set(request.POST.getlist("line")) if choose is not None else None
    shown: list[RowShown] = found["rows"]
    return found | {
        "choose": form,
        "shown": ",".join(str(each.row.line) for each in shown),
        "ticked": [
            each.row.line for each in shown if (each.row.chosen if ticked is None else str(each.row.line) in ticked)
        ],
        "going_in": _going_in(batch),
        "columns_read": [
            (column.label, heading)
            for column in kind.columns
            if (heading := _heading(batch, column.field)) or column.offered
        ],
        "unread": _unread(batch),
        "files": list(batch.files.select_related("file", "row").order_by("row__line", "id")),
    }


def _rows(request: StaffRequest, batch: Batch, kind: ImportKind, verdict: str) -> dict[str, Any]:
    rows, counted = batch.rows.select_related("original"), counts(batch)
    if verdict:
        rows = rows.filter(verdict=verdict)
    paged = keyset(request, rows, key="line", size=PAGE, unit="行")
    return {
        "rows": [_shown(row, batch, kind) for row in paged.rows],
        "pager": paged.pager,
        "verdict": verdict,
        "counts": counted,
        "tabs": [
            ("", f"全部 {batch.row_count}"),
            *((each, f"{SHORT[each]} {counted[each]}") for each in Verdict if _is_told(each, kind)),
        ],
    }


def _is_told(verdict: Verdict, kind: ImportKind) -> bool:
    """Whether rows of this kind can be found so: only some kinds bring originals."""
    return verdict is not Verdict.ORIGINAL or kind.original_number is not None


def _unread(batch: Batch) -> list[str]:
    """What of the file was not read, in sentences."""
    told = []
    if hidden := batch.columns.get("hidden", 0):
        told.append(
            f"表中有{hidden}行是隐藏的（多半是筛选留下的），没有读取。"
            "要导入这些行，请取消筛选、取消隐藏，保存后重新上传。"
        )
    for name, lines in batch.columns.get("other_sheets", []):
        told.append(
            f"工作表“{name}”也像是清单，有{lines}行，没有读取。要改读它，点“改列和清单信息”选那张工作表；"
            "两张都要的，先导入这一张，再上传一次选另一张。"
        )
    return told


def said_of_originals(listed: Sequence[ListFile]) -> str:
    """What became of the originals just received; matched ones that change nothing are named as such."""
    matched = [each.row for each in listed if each.row is not None]
    known = sum(row.verdict != Verdict.NEW and not _takes_original(row) for row in matched)
    skipped = f"其中{known}个已在登记的材料里（或者那一行有错、已归档），不重复收。" if known else ""
    return f"收到{len(listed)}个原文，{len(matched)}个已对应到行。{skipped}"


def _takes_original(row: BatchRow) -> bool:
    return any(change["field"] == ORIGINAL for change in row.changes)


def _asked(request: StaffRequest) -> str:
    verdict = request.GET.get("verdict", "")
    return verdict if verdict in VERDICT_LABELS else ""


def _going_in(batch: Batch) -> int:
    return batch.rows.filter(chosen=True, verdict__in=list(GOES_IN)).count()


def _shown(row: BatchRow, batch: Batch, kind: ImportKind) -> RowShown:
    first, second = kind.columns[0].field, kind.columns[1].field
    said = {
        name: value
        for name, value in row.parsed.items()
        if name not in {first, second, "body"} and value and kind.label_of(name) != name
    }
    verdict = Verdict(row.verdict)
    return RowShown(
        row=row,
        number=_cell(row, batch, first),
        title=_cell(row, batch, second),
        rest=" · ".join(f"{kind.label_of(name)} {kind.show(name, value)}" for name, value in said.items()),
        chip=CHIPS[verdict],
        verdict=SHORT[verdict],
        may_choose=verdict in GOES_IN,
        url=_url(batch.kind, row.target_key),
    )


def _heading(batch: Batch, name: str) -> str:
    """The column a field was read from, as the sender named it."""
    letter = batch.letters.get(name, "")
    return f"{letter}列“{batch.labels.get(letter, '')}”" if letter else ""


def _cell(row: BatchRow, batch: Batch, name: str) -> str:
    """What a field says, or what stood in its cell where it could not be read."""
    return str(row.parsed.get(name) or row.raw.get(batch.letters.get(name, ""), ""))


def _url(kind: str, key: str) -> str:
    name = TARGETS.get(kind, "")
    return reverse(name, args=[int(key)]) if name and key.isdecimal() else ""


def facts_of(batch: Batch, kind: ImportKind) -> list[dict[str, Any]]:
    """What is said once, in pairs."""
    said = [(asked.label, _said(batch, kind, asked.field)) for asked in kind.header_fields]
    return [{"label": label, "text": text} for label, text in said if text]


def _said(batch: Batch, kind: ImportKind, name: str) -> str:
    asked = next(each for each in kind.header_fields if each.field == name)
    value = batch.header.get(name)
    if asked.input is Input.CHOICE and asked.choices is not None:
        labels: Mapping[str, str] = dict((asked.names or asked.choices)(batch.procuratorate))
        return labels.get(str(value), "")
    return "" if value is None else str(value)
