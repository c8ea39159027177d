"""What a letter promises, as dated facts with a deadline each; always inside an operation of the caller.

The dates outlive the close of the matter: only keeping the promise, its second letter or a redo ends them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from huiyin.kernel.text import clip
from huiyin.matters.drafting import SECOND, latest, outcome_rule, text_of
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Commitment, Deadline, Item, Matter, Reply
from huiyin.matters.moves import advance_reply, write
from huiyin.matters.operations.deadlines import fill, refresh_next_due
from huiyin.matters.rules import Outcome, ReplyStatus, ReplyStep
from huiyin.matters.second_letters import awaiting_letter, running_second, standing_promises
from huiyin.regulations.books import Outcome as BookOutcome
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Due, Line, LineKind, late_from
from huiyin.regulations.rules.wording import basis_line, day_text

CHUNK: Final = 100


def promise(reply: Reply, at: datetime) -> None:
    """With the issue: every promise of the letter with its day, and what the letter answers to each request."""
    matter, on = reply.matter, at.date()
    rule = outcome_rule(stack_for(matter.procuratorate, on=on), reply.outcome, on)
    is_owed = rule.second_reply_required if rule else reply.outcome == Outcome.IN_PROGRESS
    items = {item.pk: item for item in matter.items.all()}
    for each in text_of(latest(reply)).promises:
        item = items.get(each.item or 0)
        made = Commitment.objects.create(
            matter=matter, reply=reply, item=item, text=each.text, promised_on=each.due_on, is_owed_a_letter=is_owed
        )
        if item is not None:
            item.outcome, item.commitment = Outcome.IN_PROGRESS, each.text
            item.save(update_fields=["outcome", "commitment"])
        open_promise(made, rule)
    if len(items) and reply.kind != SECOND:
        Item.objects.filter(pk__in=items, outcome="").exclude(commitments__reply=reply).update(
            outcome="" if reply.outcome == Outcome.IN_PROGRESS else reply.outcome
        )


def open_promise(commitment: Commitment, rule: BookOutcome | None) -> Deadline:
    """The promise's own day, with why, and the ladder of reminders up to it."""
    matter, reply = commitment.matter, commitment.reply
    assert reply.issued_on is not None
    starts_on, day = reply.issued_on, commitment.promised_on
    working_days = calendar()
    lines = [Line(LineKind.BASIS, f"{reply.number}承诺于{day_text(day)}前完成：{clip(commitment.text, 60)}。")]
    if commitment.is_owed_a_letter and rule is not None:
        lines.append(basis_line(rule.basis))
    due = Due(
        start_on=day, raw_on=day, due_on=day, late_from=late_from(day), explanation=tuple(lines),
        provisional=not working_days.is_known(day), basis=rule.basis if rule else None,
    )  # fmt: skip
    deadline = Deadline(
        matter=matter, limit_code=LimitCode.SUG_COMMIT, round=reply.round, commitment=commitment,
        label="再行答复" if commitment.is_owed_a_letter else "兑现承诺",
    )  # fmt: skip
    stack = stack_for(matter.procuratorate, on=starts_on)
    fill(deadline, due, starts_on=starts_on, stack=stack, working_days=working_days)
    deadline.article = deadline.article if rule else "答复函"
    deadline.save()
    refresh_next_due(matter)
    return deadline


def meet_promise(commitment: Commitment, at: datetime) -> None:
    """Its day was met: kept, or reported on where a second letter is owed."""
    _end(commitment.matter, at, commitment=commitment)


def meet_rating_of(letter: Reply, at: datetime) -> None:
    """Everybody has rated a second letter."""
    _end(letter.matter, at, letter=letter)


def _end(matter: Matter, at: datetime, **which: object) -> None:
    open_ones = Deadline.objects.filter(matter=matter, met_at=None, dropped_at=None, **which)
    open_ones.update(met_at=at, rung_on=None)
    refresh_next_due(matter)


def report(letter: Reply, at: datetime) -> None:
    """A second letter goes out: its promises are reported on; the matter stands where it stood, its outcome is the
    letter's once nothing is owed any more."""
    matter = letter.matter
    for each in letter.reports_on.select_related("matter", "item"):
        meet_promise(each, at)
        if each.item is not None and each.done_on is not None:
            Item.objects.filter(pk=each.item.pk).update(outcome=Outcome.RESOLVED)
    promise(letter, at)
    matter.refresh_from_db()
    is_owed = awaiting_letter().filter(matter=matter).exists()
    write(matter, version=matter.version, at=at, outcome=Outcome.IN_PROGRESS if is_owed else letter.outcome)


def replace_promises(matter: Matter, at: datetime) -> None:
    """A redo answers anew: the dates of earlier promises end, a second letter begun is given up."""
    begun = running_second(matter)
    if begun is not None and begun.status == ReplyStatus.DRAFT:
        begun.reports_on.update(second_reply=None)
        advance_reply(
            begun, ReplyStep.VOID, version=begun.version, at=at, voided_at=at, void_reason="重新办理，另行答复"
        )
    apart = Deadline.objects.filter(matter=matter, met_at=None, dropped_at=None)
    apart.exclude(commitment=None, letter=None, revisit=None).update(dropped_at=at, rung_on=None)
    refresh_next_due(matter)


def is_on_its_road(matter: Matter) -> bool:
    """Whether a second letter has left its drafter and not gone out."""
    begun = running_second(matter)
    return begun is not None and begun.status != ReplyStatus.DRAFT


def untaken() -> QuerySet[Commitment]:
    """Promises without a date of their own: of letters issued before promises had one."""
    return standing_promises().filter(deadlines=None, done_on=None, second_reply=None)


def take_up(at: datetime) -> int:
    """Give those their dates, some at a time; returns how many."""
    found = list(untaken().select_related("matter__procuratorate", "reply__number").order_by("id")[:CHUNK])
    for each in found:
        on = each.reply.issued_on or at.date()
        stack = stack_for(each.matter.procuratorate, on=on)
        open_promise(each, outcome_rule(stack, each.reply.outcome, on))
    return len(found)
