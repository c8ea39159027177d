"""Copies of papers in a conversion: due within the book's days, reminded of, computed anew when rules change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.matters.operations.deadlines import ladder_of
from huiyin.matters.queries import posts_with
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.regulations.books import RuleNotFound, Stack
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.registry import Scope, Stacks, Step
from huiyin.regulations.rules import RUNG_LABELS, Calendar, Rung, RungDay, compute, current_rung
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.models import CopyDue, TransferPaper

LIMIT: Final = "SUG_CONVERT"
NAME: Final = "suggestions.copydue"
CHUNK: Final = 25


def open_copy(paper: TransferPaper, *, at: datetime) -> None:
    """Open the day its copy is due by the books in force on its date; none where no book asks. Inside an operation."""
    due = CopyDue(paper=paper, limit_code=LIMIT)
    if _fill(due, stack_for(paper.transfer.procuratorate, on=paper.dated_on), calendar()):
        due.save()


def meet_copy(paper: TransferPaper, *, at: datetime) -> None:
    """The copy went out. Inside an operation of its caller."""
    CopyDue.objects.filter(paper=paper, met_at=None).update(met_at=at, rung_on=None)


def _fill(due: CopyDue, stack: Stack, working_days: Calendar) -> bool:
    """Write the day as these rules have it; False where they ask for none."""
    starts_on = due.paper.dated_on
    try:
        rule = stack.limit(LIMIT, starts_on)
    except RuleNotFound:
        return False
    found = compute(rule, starts_on, working_days)
    due.book_code, due.book_version = rule.basis.book_code, rule.basis.book_version
    due.article = rule.basis.article
    due.starts_on, due.raw_on, due.due_on = starts_on, found.raw_on, found.due_on
    due.late_from, due.provisional = found.late_from, found.provisional
    due.explanation = [line.text for line in found.explanation]
    rungs = ladder_of(stack, starts_on, start=starts_on, due_on=found.due_on, working_days=working_days)
    due.rungs = [[each.rung.value, each.on.isoformat()] for each in rungs]
    due.rung, due.rung_on = "", min((each.on for each in rungs), default=None)
    return True


def remind_of_copies(at: datetime) -> int:
    """Send every reminder due by now; returns how many were queued. Safe to run twice."""
    keys = list(_open_ones().filter(rung_on__lte=at.date()).values_list("pk", flat=True)[:CHUNK])
    return remind_of_copies_due(due_ids=keys, at=at) if keys else 0


@operation
def remind_of_copies_due(*, due_ids: Sequence[int], at: datetime) -> int:
    """Climb one rung for some copies; returns how many reminders were queued."""
    sent = sum(_climb(due, at) for due in _open_ones().filter(pk__in=due_ids))
    facts = {"dues": list(due_ids), "reminders": sent}
    record("suggestions.copies_reminded", actor=SYSTEM, target=Target(kind=NAME, key=""), at=at, **facts)
    return sent


def _open_ones() -> QuerySet[CopyDue]:
    waiting = CopyDue.objects.filter(met_at=None, dropped_at=None)
    return waiting.select_related("paper__transfer__procuratorate").order_by("id")


def _climb(due: CopyDue, at: datetime) -> int:
    rungs = [RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in due.rungs]
    reached = current_rung(rungs, at.date())
    ahead = min((each.on for each in rungs if each.on > at.date()), default=None)
    CopyDue.objects.filter(pk=due.pk).update(rung=reached.value if reached else "", rung_on=ahead)
    if reached is None:
        return 0
    roles = [Role.LIAISON_OFFICE, Role.OFFICE_HEAD] + ([Role.DEPUTY_CHIEF] if reached is Rung.OVERDUE else [])
    posts = posts_with(due.paper.transfer.procuratorate, *roles, on=at.date())
    for post in posts:
        _tell(due, f"{reached.value}:{due.due_on}", RUNG_LABELS[reached], post, at)
    return len(posts)


def _tell(due: CopyDue, event: str, what: str, post: Post, at: datetime) -> None:
    paper, transfer = due.paper, due.paper.transfer
    queue(
        event_key=f"copy_due:{due.pk}:{event}", title=f"{what}：抄送{paper.get_kind_display()}",
        body=f"{paper.naming}应于{day_text(due.due_on)}前抄送{transfer.copied_to}。", at=at, post=post,
        lane=Lane.STATUTORY, link=f"/desk/public-interest/{transfer.pk}/", procuratorate=transfer.procuratorate,
    )  # fmt: skip


def recompute(*, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, cause: str, at: datetime) -> Step:
    """Count the next few open days anew. Called by regulations inside its operation."""
    rows = _open_ones().filter(pk__gt=after)
    if scope.offices:
        rows = rows.filter(paper__transfer__procuratorate__in=scope.offices)
    if scope.since is not None:
        rows = rows.filter(starts_on__gte=scope.since)
    found = list(rows[:CHUNK])
    moved = sum(_again(due, stacks, calendar, cause, at) for due in found)
    return Step(last_id=found[-1].pk if found else None, moved=moved)


def _again(due: CopyDue, stacks: Stacks, working_days: Calendar, cause: str, at: datetime) -> int:
    before = due.due_on
    if not _fill(due, stacks(due.paper.transfer.procuratorate, due.starts_on), working_days):
        return 0
    due.save()
    if due.due_on == before:
        return 0
    move_copy(due=due, before=before, cause=cause, at=at)
    return 1


@operation
def move_copy(*, due: CopyDue, before: date, cause: str, at: datetime) -> CopyDue:
    """Log a day that moved, and tell the office."""
    transfer = due.paper.transfer
    for post in posts_with(transfer.procuratorate, Role.LIAISON_OFFICE, Role.OFFICE_HEAD, on=at.date()):
        _tell(due, f"moved:{before}:{due.due_on}", "期限变动", post, at)
    target = Target(kind="suggestions.public_transfer", key=str(transfer.pk), label=f"公益诉讼转化：{transfer.title}")
    facts = {"label": due.paper.naming, "before": before, "after": due.due_on, "cause": cause}
    record("suggestions.copy_due_moved", actor=SYSTEM, target=target, at=at, **facts)
    return due
