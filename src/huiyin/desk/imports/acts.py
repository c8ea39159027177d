"""One view an act on a list: its columns, its originals, letting it in, giving it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from huiyin.desk.imports.batch import batch_or_404, batch_page, said_of_originals
from huiyin.desk.imports.forms import ChooseForm, ColumnsForm, MatchForm
from huiyin.files.operations import FileRefused, examine
from huiyin.imports import operations
from huiyin.imports.operations.guards import target_of
from huiyin.imports.registry import kind_of
from huiyin.imports.rules import OPEN, BatchStatus
from huiyin.kernel.refusals import Refusal
from huiyin.web.clock import now
from huiyin.web.forms import VersionForm, sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

STAGE = "imports.stage"
FLIP = "imports.flip"
NO_LINE = "表中没有第{line}行，请核对行号。"


@desk_page(STAGE, methods=["GET", "POST"])
def columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Check which column says what; the list is read again accordingly."""
    batch = batch_or_404(request, pk)
    kind = kind_of(batch.kind)
    if batch.status not in OPEN:
        return go_to(request, "desk:imports:detail", pk)
    if request.method != "POST":
        return batch_page(request, batch, columns=ColumnsForm(batch=batch, kind=kind))
    form = ColumnsForm(request.POST, batch=batch, kind=kind)
    if form.is_valid():
        try:
            operations.restage(
                batch=batch,
                header=form.header,
                columns=form.letters,
                header_line=form.header_line,
                sheet=form.moved_sheet,
                version=form.cleaned_data["version"],
                actor=request.actor,
                at=now(),
            )
            messages.success(request, "已按核对的列重新读取。")
            return go_to(request, "desk:imports:detail", pk)
        except Refusal as refusal:
            form.add_error(None, refused(request, STAGE, refusal, target=target_of(batch)))
    return batch_page(request, batch_or_404(request, pk), columns=form, status=422)


@desk_page(STAGE, methods=["POST"])
def recheck(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the list again as it is, against what the register says now."""
    return _act(request, pk, STAGE, operations.restage, "已重新核对。")


@desk_page(STAGE, methods=["POST"])
def originals(request: StaffRequest, pk: int) -> HttpResponse:
    """Further Word originals; those refused are named, the others are kept."""
    batch = batch_or_404(request, pk)
    form = VersionForm(request.POST)
    kept, sentences = [], []
    for upload in request.FILES.getlist("originals"):
        try:
            kept.append(examine(content=upload.read(), name=upload.name or ""))
        except FileRefused as refusal:
            sentences.append(refused(request, STAGE, refusal, target=target_of(batch)))
    if form.is_valid() and kept:
        version = form.cleaned_data["version"]
        try:
            listed = operations.attach_originals(
                batch=batch, files=kept, version=version, actor=request.actor, at=now()
            )
            messages.success(request, said_of_originals(listed))
        except Refusal as refusal:
            sentences.append(refused(request, STAGE, refusal, target=target_of(batch)))
    elif not sentences:
        sentences.append("请选择要补传的原文。")
    if sentences:
        return batch_page(request, batch_or_404(request, pk), sentence="".join(sentences), status=422)
    return go_to(request, "desk:imports:detail", pk)


@desk_page(STAGE, methods=["POST"])
def match(request: StaffRequest, pk: int, listed: int) -> HttpResponse:
    """Point one original to its row by hand, or to none."""
    batch = batch_or_404(request, pk)
    file = get_object_or_404(batch.files.select_related("file"), pk=listed)
    form = MatchForm(request.POST)
    if not form.is_valid():
        return batch_page(request, batch, sentence="请填写行号，例如 7；不对应的留空。", status=422)
    line = form.cleaned_data["line"]
    if line is not None and not batch.rows.filter(line=line).exists():
        return batch_page(request, batch, sentence=NO_LINE.format(line=line), status=422)
    try:
        operations.match_original(
            batch=batch, listed=file, line=line, version=form.cleaned_data["version"], actor=request.actor, at=now()
        )
    except Refusal as refusal:
        return _refused(request, pk, STAGE, refusal)
    return go_to(request, "desk:imports:detail", pk)


@desk_page(FLIP, methods=["POST"])
def flip(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the ticks; with `then=flip` let the chosen rows in."""
    batch = batch_or_404(request, pk)
    form = ChooseForm(request.POST, lines=dict(batch.rows.values_list("line", "chosen")))
    if not form.is_valid():
        return batch_page(request, batch, sentence="选择没有保存：所选的行与清单对不上，请刷新后再选。", status=422)
    said, saved = form.cleaned_data, False
    try:
        operations.choose(
            batch=batch,
            lines=form.chosen(),
            set_bad_aside=said["set_bad_aside"],
            version=said["version"],
            actor=request.actor,
            at=now(),
        )
        saved = True
        if request.POST.get("then") == "flip":
            operations.flip(batch=batch, version=batch.version, actor=request.actor, at=now())
    except Refusal as refusal:
        return _refused(request, pk, FLIP, refusal, choose=None if saved else form)
    if batch.status == BatchStatus.DONE:
        messages.success(request, f"导入完成，共{batch.applied_count}件。")
    elif batch.status == BatchStatus.PREVIEW:
        messages.success(request, "选择已保存。")
    return go_to(request, "desk:imports:detail", pk)


@desk_page(FLIP, methods=["POST"])
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the list up."""
    return _act(request, pk, FLIP, operations.drop, "清单已放弃，没有写入登记簿。")


def _act(request: StaffRequest, pk: int, verb: str, operation: Any, sentence: str) -> HttpResponse:
    batch = batch_or_404(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return batch_page(request, batch, sentence="\n".join(sentences_of(form)), status=422)
    try:
        operation(batch=batch, version=form.cleaned_data["version"], actor=request.actor, at=now())
    except Refusal as refusal:
        return _refused(request, pk, verb, refusal)
    messages.success(request, sentence)
    return go_to(request, "desk:imports:detail", pk)


def _refused(
    request: StaffRequest, pk: int, verb: str, refusal: Refusal, *, choose: ChooseForm | None = None
) -> HttpResponse:
    batch = batch_or_404(request, pk)  # as it stands after the rollback
    sentence = refused(request, verb, refusal, target=target_of(batch))
    return batch_page(request, batch, choose=choose, sentence=sentence, status=422)
