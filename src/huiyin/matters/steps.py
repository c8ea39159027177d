"""The seven steps of a matter: named by the rule book, each done or not applicable with reason (practice 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter, StepMark
from huiyin.regulations.books import Stack


class WorkStepCode(StrEnum):
    """Codes of the steps that the engine marks by itself when a book has them."""

    LEAD = "lead"
    DOCKET = "docket"
    CONSULT = "consult"
    SUMMARISE = "summarise"
    REVISIT = "revisit"
    GENERALISE = "generalise"
    INSTITUTIONALISE = "institutionalise"


@dataclass(frozen=True)
class StepState:
    """One step as a page shows it; state: done, skipped, now, todo."""

    code: str
    label: str
    state: str
    on: date | None = None
    note: str = ""
    summary: str = ""


def mark_step(*, matter: Matter, code: str, by: str, at: datetime, state: str = "done", reason: str = "") -> StepMark:
    """Mark a step done or not applicable; the first mark of its kind stands, another state replaces it.

    Always inside an operation; by: actor key."""
    mark, made = StepMark.objects.get_or_create(
        matter=matter,
        step_code=code,
        defaults={"state": state, "reason": reason, "marked_by": by, "marked_at": at},
    )
    if not made and mark.state != state:
        mark.state, mark.reason, mark.marked_by, mark.marked_at = state, reason, by, at
        mark.save(update_fields=["state", "reason", "marked_by", "marked_at"])
    return mark


def steps_of(matter: Matter, stack: Stack, on: date) -> list[StepState]:
    """The book's steps with their marks; the first unmarked one is the step in hand while the matter is open.

    The steps are those of suggestions and proposals: what is reported to a body has none."""
    if not kind_of(matter).is_rated:
        return []
    marks = {mark.step_code: mark for mark in matter.step_marks.all()}
    found: list[StepState] = []
    current = matter.is_open
    for step in stack.steps(on):
        mark = marks.get(step.code)
        if mark is not None:
            done = mark.state == "done"
            state, day, note = ("done", _day(mark), "") if done else ("skipped", None, mark.reason)
        else:
            state, day, note = ("now" if current else "todo"), None, ""
            current = False
        found.append(StepState(step.code, step.title, state, day, note, step.basis.summary))
    return found


def _day(mark: StepMark) -> date:
    return timezone.localtime(mark.marked_at).date()
