"""The countdown before a meeting: opened from the books, reminded of, computed anew when rules or calendar change."""

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
from huiyin.suggestions.congress_rules import COUNTDOWN
from huiyin.suggestions.models import CongressDue, CongressReport

NAME: Final = "suggestions.congressdue"
CHUNK: Final = 25


def count_down(report: CongressReport, *, at: datetime) -> None:
    """Open the days that the books in force on the day of drafting ask for, or count the open ones anew."""
    begun_on = at.date()
    stack, working_days = stack_for(report.procuratorate, on=begun_on), calendar()
    for code in COUNTDOWN:
        due = report.dues.filter(limit_code=code).first() or CongressDue(report=report, limit_code=code)
        if due.met_at is None and _fill(due, begun_on, stack, working_days):
            due.save()


def _fill(due: CongressDue, begun_on: date, stack: Stack, working_days: Calendar) -> bool:
    """Write the day as these rules have it; False where they ask for none."""
    try:
        rule = stack.limit(due.limit_code, begun_on)
    except RuleNotFound:
        return False
    found = compute(rule, due.report.meeting_on, working_days)
    due.book_code, due.book_version = rule.basis.book_code, rule.basis.book_version
    due.article = rule.basis.article
    due.starts_on, due.raw_on, due.due_on = begun_on, found.raw_on, found.due_on
    due.late_from, due.provisional = found.late_from, found.provisional
    due.explanation = [line.text for line in found.explanation]
    rungs = ladder_of(stack, begun_on, start=begun_on, due_on=found.due_on, working_days=working_days)
    due.rungs = [[each.rung.value, each.on.isoformat()] for each in rungs]
    due.rung, due.rung_on = "", min((each.on for each in rungs), default=None)
    return True


def meet_due(report: CongressReport, code: str, *, at: datetime) -> None:
    """What this day asked for was done. Inside an operation of its caller."""
    report.dues.filter(limit_code=code, met_at=None).update(met_at=at, rung_on=None)


def drop_dues(report: CongressReport, *, at: datetime) -> None:
    """The report ended; its open days end with it. Inside an operation of its caller."""
    report.dues.filter(met_at=None, dropped_at=None).update(dropped_at=at, rung_on=None)


def remind_of_congress(at: datetime) -> int:
    """Send every reminder due by now; returns how many were queued. Safe to run twice."""
    keys = list(_open_ones().filter(rung_on__lte=at.date()).values_list("pk", flat=True)[:CHUNK])
    return remind_of_dues(due_ids=keys, at=at) if keys else 0


@operation
def remind_of_dues(*, due_ids: Sequence[int], at: datetime) -> int:
    """Climb one rung for some days before a meeting; returns how many reminders were queued."""
    sent = sum(_climb(due, at) for due in _open_ones().filter(pk__in=due_ids))
    facts = {"dues": list(due_ids), "reminders": sent}
    record("suggestions.congress_reminded", actor=SYSTEM, target=Target(kind=NAME, key=""), at=at, **facts)
    return sent


def _open_ones() -> QuerySet[CongressDue]:
    waiting = CongressDue.objects.filter(met_at=None, dropped_at=None)
    return waiting.select_related("report__procuratorate").order_by("id")


def _climb(due: CongressDue, at: datetime) -> int:
    rungs = [RungDay(Rung(rung), date.fromisoformat(day)) for rung, day in due.rungs]
    reached = current_rung(rungs, at.date())
    ahead = min((each.on for each in rungs if each.on > at.date()), default=None)
    CongressDue.objects.filter(pk=due.pk).update(rung=reached.value if reached else "", rung_on=ahead)
    if reached is None:
        return 0
    roles = [Role.LIAISON_OFFICE, Role.OFFICE_HEAD] + ([Role.DEPUTY_CHIEF] if reached is Rung.OVERDUE else [])
    posts = posts_with(due.report.procuratorate, *roles, on=at.date())
    for post in posts:
        _tell(due, f"{reached.value}:{due.due_on}", RUNG_LABELS[reached], post, at)
    return len(posts)


def _tell(due: CongressDue, event: str, what: str, post: Post, at: datetime) -> None:
    report = due.report
    queue(
        event_key=f"congress_due:{due.pk}:{event}", title=f"{what}：报告{due.label}",
        body=f"《{report.title}》应于{day_text(due.due_on)}前{due.label}，会议日期{day_text(report.meeting_on)}。",
        at=at, post=post, lane=Lane.STATUTORY, link=f"/desk/congress/{report.pk}/",
        procuratorate=report.procuratorate,
    )  # fmt: skip


def recompute(*, after: int, scope: Scope, stacks: Stacks, calendar: Calendar, cause: str, at: datetime) -> Step:
    """Count the next few open days anew. Called by regulations inside its operation."""
    rows = _open_ones().filter(pk__gt=after)
    if scope.offices:
        rows = rows.filter(report__procuratorate__in=scope.offices)
    if scope.since is not None:
        rows = rows.filter(starts_on__gte=scope.since)
    found = list(rows[:CHUNK])
    moved = sum(_again(due, stacks, calendar, cause, at) for due in found)
    return Step(last_id=found[-1].pk if found else None, moved=moved)


def _again(due: CongressDue, stacks: Stacks, working_days: Calendar, cause: str, at: datetime) -> int:
    before = due.due_on
    if not _fill(due, due.starts_on, stacks(due.report.procuratorate, due.starts_on), working_days):
        return 0
    due.save()
    if due.due_on == before:
        return 0
    move_due(due=due, before=before, cause=cause, at=at)
    return 1


@operation
def move_due(*, due: CongressDue, before: date, cause: str, at: datetime) -> CongressDue:
    """Log a day that moved, and tell the office."""
    report = due.report
    for post in posts_with(report.procuratorate, Role.LIAISON_OFFICE, Role.OFFICE_HEAD, on=at.date()):
        _tell(due, f"moved:{before}:{due.due_on}", "期限变动", post, at)
    target = Target(kind="suggestions.congress_report", key=str(report.pk), label=report.title)
    facts = {"label": due.label, "before": before, "after": due.due_on, "cause": cause}
    record("suggestions.congress_due_moved", actor=SYSTEM, target=target, at=at, **facts)
    return due
