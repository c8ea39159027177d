"""办理进度表: laid out by the office, written line by line by the departments, signed off, reminded of meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localtime

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, placeholders
from huiyin.matters.operations.deadlines import ladder_of
from huiyin.matters.queries import department_heads
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import RUNG_LABELS, current_rung
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.models import ProgressLine, ProgressTable, TableState
from huiyin.suggestions.progress_queries import (
    cells_of,
    lines_open_to,
    matters_to_report,
    next_set_date,
    with_row_facts,
)


class CannotReport(Refusal):
    """Nothing is under way, the day has passed, such a table is there already, or a line cannot be taken."""

    code = "suggestions.cannot_report"


class ProgressMovedOn(Refusal):
    """A colleague was faster, or the table was signed off meanwhile."""

    code = "suggestions.progress_moved_on"


@dataclass(frozen=True)
class Written:
    """One line as it was typed, over the version it was read at."""

    text: str
    version: int


@operation
def open_progress(
    *, title: str, list_number: str, due_on: date, actor: PostActor, request_key: UUID, at: datetime
) -> ProgressTable:
    """Lay out a table: one line for every open matter and department that answers for it; the heads are told.

    One request key opens one. Raises NotAllowed, CannotReport."""
    require(actor, "suggestions.open_progress")
    office, on = actor.post.procuratorate, at.date()
    table = ProgressTable.objects.filter(opened_by=actor.post, request_key=request_key).first()
    if table is None:
        if due_on < on:
            raise CannotReport("填报截止日不能早于今天。")
        if ProgressTable.objects.filter(procuratorate=office, list_number=list_number, due_on=due_on).exists():
            raise CannotReport(f"{day_text(due_on)}的进度表已经布置过，请在列表里打开它。")
        found = matters_to_report(office, list_number)
        if not found:
            raise CannotReport("没有正在办理的建议，不用报进度。")
        by_book = next_set_date(stack_for(office, on=on), on)
        table = ProgressTable.objects.create(
            procuratorate=office, title=clip(title, 120), list_number=list_number, due_on=due_on,
            basis=by_book.basis if by_book is not None and by_book.on == due_on else "", opened_by=actor.post,
            opened_at=at, request_key=request_key,
        )  # fmt: skip
        ProgressLine.objects.bulk_create(
            ProgressLine(table=table, matter=matter, department=department)
            for matter, departments in found
            for department in departments
        )
        _tell(
            table, "请填写办理进度", f"请于{day_text(due_on)}前填写{table.title}中本部门承办事项的进展。", "opened", at
        )
    record("suggestions.progress_opened", actor=actor, target=target_of(table), at=at, due_on=table.due_on)
    return table


@operation
def write_progress(
    *, table: ProgressTable, lines: Mapping[int, Written], actor: PostActor, at: datetime
) -> ProgressTable:
    """Write some lines: a department its own, the office any. Raises NotAllowed, CannotReport, ProgressMovedOn."""
    require(actor, "suggestions.write_progress", table)
    _require_writing(table)
    mine = {line.pk: line for line in lines_open_to(actor.post).filter(table=table).select_related("matter")}
    changed = []
    for key, written in lines.items():
        line, text = mine.get(key), " ".join(written.text.split())
        if line is None or line.text == text:
            continue
        left = placeholders(text)
        if left:
            raise CannotReport(f"{line.matter.known_as}的进展里有没填的内容：“{left[0].snippet}”，请补全。")
        as_read = ProgressLine.objects.filter(pk=key, version=written.version)
        updates = {"text": clip(text, 500), "written_by": actor.post, "written_at": at, "version": F("version") + 1}
        if not as_read.update(**updates):
            raise ProgressMovedOn(f"{line.matter.known_as}的进展刚刚由同事改过，请刷新后再写，您填写的内容仍在页面上。")
        changed.append(line.matter.known_as)
    record("suggestions.progress_written", actor=actor, target=target_of(table), at=at, matters=changed)
    return table


@operation
def sign_off_progress(
    *, table: ProgressTable, missing_note: str, actor: PostActor, version: int, at: datetime
) -> ProgressTable:
    """The office head signs the table off: its columns stay as they are now. Lines not written need a reason.

    Raises NotAllowed, CannotReport, ProgressMovedOn."""
    require(actor, "suggestions.sign_off_progress", table)
    _require_writing(table)
    missing = table.lines.filter(text="").count()
    if missing and not missing_note.strip():
        raise CannotReport(f"还有{missing}件没有填写，请催填，或者写明不再等的原因。")
    as_read = ProgressTable.objects.filter(pk=table.pk, version=version, state=TableState.WRITING)
    note = clip(missing_note.strip(), 200) if missing else ""
    updates = {"signed_off_by": actor.post, "signed_off_at": at, "missing_note": note}
    if not as_read.update(state=TableState.SIGNED_OFF, version=F("version") + 1, **updates):
        raise ProgressMovedOn("这张进度表刚刚由同事办理过，请刷新后再看。")
    lines = with_row_facts(table.lines.all())
    cells = cells_of(lines)
    for line in lines:
        line.facts = {"cells": list(cells[line.pk])}
    ProgressLine.objects.bulk_update(lines, ["facts"])
    table.refresh_from_db()
    record("suggestions.progress_signed_off", actor=actor, target=target_of(table), at=at, missing=missing, note=note)
    return table


@operation
def urge_progress(*, table: ProgressTable, actor: PostActor, at: datetime) -> int:
    """Remind the departments that have not written; returns how many posts were told.

    Raises NotAllowed, CannotReport."""
    require(actor, "suggestions.urge_progress", table)
    _require_writing(table)
    if not table.lines.filter(text="").exists():
        raise CannotReport("各部门都已填写，不用催。")
    words = f"{table.title}还有本部门的事项没有填写，请于{day_text(table.due_on)}前填好。"
    told = _tell(table, "催填办理进度", words, f"urged:{at:%Y%m%d%H%M}", at)
    record("suggestions.progress_urged", actor=actor, target=target_of(table), at=at, told=told)
    return told


@operation
def note_progress_export(*, table: ProgressTable, rows: int, actor: PostActor, at: datetime) -> None:
    """Record that the table leaves as a workbook. Raises NotAllowed."""
    require(actor, "suggestions.export_progress", table)
    record("suggestions.progress_exported", actor=actor, target=target_of(table), at=at, rows=rows)


def remind_of_progress(at: datetime) -> int:
    """Sweep: remind on each rung of the office's ladder once; returns how many posts were told. Safe to run twice."""
    open_ones = ProgressTable.objects.filter(state=TableState.WRITING, lines__text="").distinct()
    return sum(_climb(table=table, at=at) for table in open_ones.select_related("procuratorate"))


def _climb(*, table: ProgressTable, at: datetime) -> int:
    on, opened = at.date(), localtime(table.opened_at).date()
    rungs = ladder_of(
        stack_for(table.procuratorate, on=opened), opened, start=opened, due_on=table.due_on, working_days=calendar()
    )
    reached = current_rung(rungs, on)
    if reached is None or reached.value == table.rung:
        return 0
    return remind_once(table=table, rung=reached.value, label=RUNG_LABELS[reached], at=at)


@operation
def remind_once(*, table: ProgressTable, rung: str, label: str, at: datetime) -> int:
    """Tell whoever has not written that a rung is reached."""
    if not ProgressTable.objects.filter(pk=table.pk, rung=table.rung).update(rung=rung):
        return 0
    words = f"{table.title}还有本部门的事项没有填写，截止{day_text(table.due_on)}。"
    told = _tell(table, f"{label}：填写办理进度", words, f"rung:{rung}", at)
    record("suggestions.progress_reminded", actor=SYSTEM, target=target_of(table), at=at, rung=rung, told=told)
    return told


def _tell(table: ProgressTable, title: str, body: str, event: str, at: datetime) -> int:
    """Word to the heads of the departments with lines to write, and to whoever handles those matters."""
    waiting = table.lines.filter(text="").select_related("department")
    told: dict[int, Post] = {}
    for department in {line.department_id: line.department for line in waiting}.values():
        told |= {post.pk: post for post in department_heads(department, on=at.date())}
    handling = Post.objects.held_on(at.date()).filter(
        undertakings__matter__progress_lines__in=waiting, undertakings__status__in=["in_hand", "given"]
    )
    departments = {line.department_id for line in waiting}
    told |= {post.pk: post for post in handling.distinct() if post.department_id in departments}
    for post in told.values():
        queue(
            event_key=f"progress:{table.pk}:{event}", title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
            link=f"/desk/progress/{table.pk}/", procuratorate=table.procuratorate,
        )  # fmt: skip
    return len(told)


def _require_writing(table: ProgressTable) -> None:
    state = ProgressTable.objects.values_list("state", flat=True).get(pk=table.pk)
    if state != TableState.WRITING:
        raise ProgressMovedOn(f"{table.title}已经审定，不再改动。")


def target_of(table: ProgressTable) -> Target:
    """The table as the audit names it."""
    return Target(kind="suggestions.progress", key=str(table.pk), label=table.title)
