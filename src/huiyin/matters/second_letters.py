"""再行答复: what is owed a second letter, and what one begins with (practice 18).

A second letter reports on promises of an issued answer. It has a road, number, delivery and rating of its own and
moves neither the matter nor the first letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import F, Q, QuerySet

from huiyin.gongwen.structure import block_of
from huiyin.kernel.numerals import chinese_ordinal, document_date
from huiyin.matters.drafting import SECOND, prefilled
from huiyin.matters.kinds import kind_of
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Commitment, Matter, Reply
from huiyin.matters.rules import Outcome, Status

ANSWERED = (Status.REPLIED, Status.CLOSED, Status.ARCHIVED)


def standing_promises() -> QuerySet[Commitment]:
    """Promises that nothing has replaced: those of the present round's letters, in matters that are answered."""
    present = Commitment.objects.filter(reply__round=F("matter__round"), matter__status__in=ANSWERED)
    return present.select_related("reply__number")


def awaiting_letter() -> QuerySet[Commitment]:
    """Promises whose second letter has not gone out: kept or not, due or not."""
    return standing_promises().filter(is_owed_a_letter__in=[True]).filter(
        Q(second_reply=None) | Q(second_reply__issued_on=None)
    )  # fmt: skip


def ripe(promises: QuerySet[Commitment], on: date) -> QuerySet[Commitment]:
    """Of those, the ones to write about now: kept, or their day has come."""
    return promises.filter(Q(promised_on__lte=on) | Q(done_on__isnull=False))


def running_second(matter: Matter) -> Reply | None:
    """The second letter on its way, if one was begun."""
    begun = matter.replies.filter(kind=SECOND, issued_on=None).exclude(status="voided")
    return begun.select_related("approval", "number", "follows__number").first()


def prefilled_second(matter: Matter, first: Reply, promises: Sequence[Commitment]) -> LetterText:
    """A second letter with what is known: it names the first by number, then each promise and what became of it."""
    wording = kind_of(matter).wording(matter)
    begun = prefilled(matter)
    lines = [_opening(first)]
    for place, promise in enumerate(promises, start=1):
        lines.append(f"{chinese_ordinal(place)}、关于{promise.text}")
        if promise.done_on is not None:
            lines.append(f"该项工作已于{document_date(promise.done_on)}完成。{promise.note}".rstrip())
    kept = all(promise.done_on is not None for promise in promises)
    return replace(
        begun,
        title=wording.second_title,
        body=tuple(map(block_of, lines)),
        outcome=Outcome.RESOLVED.value if kept else "",
    )


def _opening(first: Reply) -> str:
    issued = f"我院{document_date(first.issued_on)}" if first.issued_on else "我院"
    return f"{issued}以{first.number}答复时承诺的事项，现将办理情况再行答复如下："
