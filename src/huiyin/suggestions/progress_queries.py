"""Who sees which lines of a 办理进度表, what is still to be written, and when the book asks for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet

from huiyin.matters.models import Matter, Participant
from huiyin.matters.operations.deadlines import statutory_of
from huiyin.matters.parts import leading
from huiyin.matters.queries import proposer_text
from huiyin.matters.rules import Status
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.organisations.rules import Role
from huiyin.regulations.books import Stack
from huiyin.suggestions.kind import SUGGESTION
from huiyin.suggestions.models import ProgressLine, ProgressTable, TableState

CADENCE: Final = "progress_table"
"""Code of the cadence by which a book sets the dates."""
ALL_LINES: Final = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF})
UNDER_WAY: Final = (Status.ASSIGNED, Status.IN_HAND, Status.SIGNING, Status.SIGNED)
COLUMNS: Final = (
    "建议编号", "建议标题", "领衔代表", "办理方式", "承办部门", "办理期限", "办理进展", "目前阶段", "联系人",
    "联系电话",
)  # fmt: skip
"""What the congress office asks for."""


def tables_open_to(post: Post) -> QuerySet[ProgressTable]:
    """The office's own tables; a department those it has a line in."""
    own = ProgressTable.objects.filter(procuratorate=post.procuratorate_id)
    if post.role_enum in ALL_LINES | {Role.DEPUTY_CHIEF}:
        return own
    return own.filter(pk__in=lines_open_to(post).values("table"))


def lines_open_to(post: Post) -> QuerySet[ProgressLine]:
    """Lines of matters a post may open; a department's people their own department's lines."""
    seen = ProgressLine.objects.filter(matter__in=Matter.objects.open_to(post))
    if post.role_enum in {Role.DEPARTMENT_HEAD, Role.HANDLER}:
        return seen.filter(department=post.department_id)
    return seen if post.role_enum in ALL_LINES | {Role.DEPUTY_CHIEF} else seen.none()


def unwritten(post: Post) -> QuerySet[ProgressLine]:
    """The lines a post of a department has still to write."""
    open_ones = lines_open_to(post).filter(table__state=TableState.WRITING, text="")
    return open_ones.filter(department=post.department_id, matter__is_open=True)


def with_counts(tables: QuerySet[ProgressTable]) -> QuerySet[ProgressTable]:
    """Tables with line_count and missing_count."""
    return tables.annotate(
        line_count=Count("lines"), missing_count=Count("lines", filter=Q(lines__text=""))
    ).select_related("opened_by__staff", "signed_off_by__staff")


def with_row_facts(lines: QuerySet[ProgressLine]) -> list[ProgressLine]:
    """Lines with everything a row shows, in a handful of queries."""
    people = Participant.objects.order_by("position")
    parts = Matter._meta.get_field("undertakings").related_model.objects.exclude(status="moved")  # type: ignore[union-attr]
    found = lines.select_related("matter__suggestion", "matter__procuratorate", "department", "written_by__staff")
    return list(
        found.prefetch_related(
            Prefetch("matter__participants", queryset=people, to_attr="brought_by"),
            Prefetch(
                "matter__undertakings", queryset=parts.select_related("department", "organ", "handler__staff"),
                to_attr="parts",
            ),
        ).order_by("matter__external_number", "matter_id", "id")
    )  # fmt: skip


def cells_of(lines: list[ProgressLine]) -> dict[int, tuple[str, ...]]:
    """Line → the congress office's columns: as signed off, else as they stand now."""
    live = [line.matter for line in lines if not line.facts]
    due = {matter.pk: last.due_on for matter, last in statutory_of(live)} if live else {}
    return {line.pk: tuple(line.facts["cells"]) if line.facts else _cells(line, due) for line in lines}


def _cells(line: ProgressLine, due: dict[int, date]) -> tuple[str, ...]:
    matter = line.matter
    due_on = due.get(matter.pk)
    mine = [part for part in getattr(matter, "parts", []) if part.department_id == line.department_id]
    handler = next((part.handler for part in mine if part.handler), None)
    return (
        matter.known_as,
        matter.title,
        proposer_text(getattr(matter, "brought_by", [])),
        matter.get_handler_role_display(),
        line.department.short_name,
        due_on.isoformat() if due_on else "",
        line.text,
        matter.get_status_display(),
        handler.staff.name if handler else "",
        (handler.office_phone if handler else "") or matter.procuratorate.phone,
    )


def matters_to_report(office: Procuratorate, list_number: str) -> list[tuple[Matter, list[Department]]]:
    """Open matters of the office that are under way, of one list or all, each with the departments that answer."""
    rows = Matter.objects.filter(procuratorate=office, kind=SUGGESTION, status__in=UNDER_WAY)
    rows = rows.exclude(visibility="sealed")
    if list_number:
        rows = rows.filter(suggestion__list_number=list_number)
    found = []
    for matter in rows.prefetch_related("undertakings__department").order_by("external_number", "id"):
        parts = [part for part in matter.undertakings.all() if part.status != "moved"]
        found.append((matter, [part.department for part in leading(parts) if part.department]))
    return [(matter, departments) for matter, departments in found if departments]


def lists_under_way(office: Procuratorate) -> list[str]:
    """The lists (来文号) that open matters came on, the newest first."""
    rows = Matter.objects.filter(procuratorate=office, kind=SUGGESTION, status__in=UNDER_WAY)
    numbers = rows.exclude(suggestion__list_number="").order_by("-received_on", "-id")
    return list(dict.fromkeys(numbers.values_list("suggestion__list_number", flat=True)))


@dataclass(frozen=True)
class SetDate:
    """A day on which the book asks for the table."""

    on: date
    basis: str


def next_set_date(stack: Stack, on: date) -> SetDate | None:
    """The book's next date from a day on; None where no book sets any."""
    cadence = next((each for each in stack.cadences(on) if each.code == CADENCE), None)
    if cadence is None or not cadence.by:
        return None
    days = [date(year, each.month, each.day) for year in (on.year, on.year + 1) for each in cadence.by]
    return SetDate(min(day for day in days if day >= on), str(cadence.basis))
