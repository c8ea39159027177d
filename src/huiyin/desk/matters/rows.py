"""Rows of a register as its table shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from huiyin.desk.due import Chip, chip
from huiyin.matters.kinds import kind_of
from huiyin.matters.limit_codes import LAPSING
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Deadline, Matter, Relation, Undertaking
from huiyin.matters.operations.deadlines import statutory_codes
from huiyin.matters.permissions import DEPARTMENT
from huiyin.matters.queries import proposer_text, with_row_facts
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import Post
from huiyin.regulations.rules import Calendar
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.queries import sheet_of


@dataclass(frozen=True)
class Day:
    """A running day of a matter and its rung."""

    deadline: Deadline
    chip: Chip


@dataclass(frozen=True)
class Row:
    """One matter of a register. is_open_to: the reader may open it; otherwise no person and no link is shown.

    days: the nearest running day, and the answer's own beside it where that is another.
    sheet: the live 拟办 sheet it stands on, where the register was read with sheets."""

    matter: Matter
    is_open_to: bool
    number: str
    proposer: str
    departments: str
    handler: str
    leader: str
    days: tuple[Day, ...]
    sheet: Proposal | None
    kind_label: str  # of what is neither a suggestion nor a proposal


def with_table_facts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Everything the table shows, in a handful of queries however many rows."""
    running = Deadline.objects.filter(met_at=None, dropped_at=None, revisit=None).exclude(limit_code__in=LAPSING)
    running = running.select_related("undertaking__department", "undertaking__organ").order_by("due_on", "id")
    return (
        with_row_facts(matters)
        .annotate(is_merged=Exists(merged_links()))
        .select_related("suggestion")
        .prefetch_related(Prefetch("deadlines", queryset=running, to_attr="running"))
    )


def merged_links() -> QuerySet[Relation]:
    """The links by which the outer matter is handled together with others."""
    both = Q(matter=OuterRef("pk")) | Q(other=OuterRef("pk"))
    return Relation.objects.filter(both, kind=RelationKind.MERGED)


def table_rows(matters: Iterable[Matter], *, post: Post, on: date, working_days: Calendar) -> list[Row]:
    """Rows for matters read through with_table_facts."""
    return [_row(matter, post, on, working_days) for matter in matters]


def _row(matter: Matter, post: Post, on: date, working_days: Calendar) -> Row:
    is_own = matter.procuratorate_id == post.procuratorate_id
    running: list[Deadline] = [each for each in getattr(matter, "running", []) if _concerns(each, post)]
    parts: list[Undertaking] = getattr(matter, "parts", [])
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
        days=tuple(Day(each, chip(each, on, working_days)) for each in _shown(matter, running)),
        sheet=sheet_of(matter) if hasattr(matter, "on_sheets") else None,
        kind_label="" if kind_of(matter).is_rated else kind_of(matter).label,
    )


def _shown(matter: Matter, running: list[Deadline]) -> list[Deadline]:
    """The nearest day and the answer's; no day inside the house hides that the answer itself is late."""
    answer = next((each for each in running if _is_answer(matter, each)), None)
    return running[:1] if answer is None or answer is running[0] else [running[0], answer]


def _is_answer(matter: Matter, day: Deadline) -> bool:
    return day.limit_code in statutory_codes() and day.undertaking_id is None and day.round == matter.round


def late_answers(on: date) -> Q:
    """Matters whose answer itself is overdue."""
    late = Deadline.objects.filter(
        matter=OuterRef("pk"), round=OuterRef("round"), undertaking=None, limit_code__in=statutory_codes(), met_at=None,
        dropped_at=None, due_on__lt=on,
    )  # fmt: skip
    return Q(Exists(late))


def _concerns(deadline: Deadline, post: Post) -> bool:
    """As `matters.queries.concerns` filters: another department's date is not the reader's."""
    part = deadline.undertaking
    return part is None or post.role_enum not in DEPARTMENT or part.department_id == post.department_id


def _short(part: Undertaking) -> str:
    return part.department.short_name if part.department else part.who
