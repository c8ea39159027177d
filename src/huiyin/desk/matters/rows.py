"""Rows of a register as its table shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from huiyin.desk.due import Chip, chip
from huiyin.matters.limit_codes import LAPSING
from huiyin.matters.models import Deadline, Matter, Undertaking
from huiyin.matters.queries import proposer_text, with_row_facts
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import Post
from huiyin.regulations.rules import Calendar
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.queries import sheet_of


@dataclass(frozen=True)
class Row:
    """One matter of a register. is_open_to: the reader may open it; otherwise no person and no link is shown.

    sheet: the live 拟办 sheet it stands on, where the register was read with sheets."""

    matter: Matter
    is_open_to: bool
    number: str
    proposer: str
    departments: str
    handler: str
    leader: str
    deadline: Deadline | None
    chip: Chip | None
    sheet: Proposal | None


def with_table_facts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Everything the table shows, in a handful of queries however many rows."""
    running = Deadline.objects.filter(met_at=None, dropped_at=None, revisit=None).exclude(limit_code__in=LAPSING)
    running = running.select_related("undertaking__department", "undertaking__organ").order_by("due_on", "id")
    return (
        with_row_facts(matters)
        .select_related("suggestion")
        .prefetch_related(Prefetch("deadlines", queryset=running, to_attr="running"))
    )


def table_rows(matters: Iterable[Matter], *, post: Post, on: date, working_days: Calendar) -> list[Row]:
    """Rows for matters read through with_table_facts."""
    return [_row(matter, post, on, working_days) for matter in matters]


def _row(matter: Matter, post: Post, on: date, working_days: Calendar) -> Row:
    is_own = matter.procuratorate_id == post.procuratorate_id
    running: list[Deadline] = getattr(matter, "running", [])
    parts: list[Undertaking] = getattr(matter, "parts", [])
    first = running[0] if running else None
    answering = [part for part in parts if part.role != HandlerRole.ASSIST] or parts
    handlers = [part.handler.staff.name for part in answering if part.handler]
    return Row(
        matter=matter,
        is_open_to=is_own,
        number=matter.external_number or matter.number,
        proposer=proposer_text(getattr(matter, "brought_by", [])) if is_own else "",
        departments="、".join(_short(part) for part in answering),
        handler="、".join(handlers) if is_own else "",
        leader=matter.leader.staff.name if is_own and matter.leader else "",
        deadline=first,
        chip=chip(first, on, working_days) if first else None,
        sheet=sheet_of(matter) if hasattr(matter, "on_sheets") else None,
    )


def _short(part: Undertaking) -> str:
    return part.department.short_name if part.department else part.who
