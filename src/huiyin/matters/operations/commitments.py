"""What a letter promised: kept, with the day and what was done, and reported on in a second letter (再行答复)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.drafting import SECOND, running_reply
from huiyin.matters.models import Commitment, Matter, Reply
from huiyin.matters.operations.promises import meet_promise, take_up
from huiyin.matters.operations.replies import add_version
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import HandlerRole
from huiyin.matters.second_letters import awaiting_letter, prefilled_second, ripe, running_second
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class CommitmentNotKept(Refusal):
    """Kept before, in the future, or without a word about it."""

    code = "matters.commitment_not_kept"


class NoSecondLetter(Refusal):
    """Nothing that a second letter could report on now."""

    code = "matters.no_second_letter"


@operation
def keep_commitment(*, commitment: Commitment, done_on: date, note: str, actor: PostActor, at: datetime) -> Commitment:
    """Record that a promise was kept. Raises NotAllowed, CommitmentNotKept."""
    require(actor, "matters.keep_commitment", commitment.matter)
    if done_on > at.date():
        raise CommitmentNotKept("完成日期不能晚于今天。")
    if commitment.reply.issued_on is not None and done_on < commitment.reply.issued_on:
        raise CommitmentNotKept("完成日期不能早于答复印发日，请核对。")
    if not note.strip():
        raise CommitmentNotKept("请写明完成情况。")
    open_one = Commitment.objects.filter(pk=commitment.pk, done_on=None)
    if not open_one.update(done_on=done_on, note=clip(note.strip(), 300)):
        raise CommitmentNotKept("这项承诺已经登记完成，不用重复登记。")
    commitment.refresh_from_db()
    if not commitment.is_owed_a_letter:
        meet_promise(commitment, at)
    facts = {"commitment": commitment.pk, "done_on": done_on}
    record("matters.commitment_kept", actor=actor, target=target(commitment.matter), at=at, **facts)
    return commitment


@operation
def take_up_promises(*, at: datetime) -> int:
    """Sweep: promises without a date of their own get it from their letter; returns how many."""
    taken = take_up(at)
    record("matters.promises_taken_up", actor=SYSTEM, target=Target(kind="matters.commitment", key=""), at=at, n=taken)
    return taken


@operation
def begin_second_letter(*, matter: Matter, commitments: Sequence[Commitment], actor: PostActor, at: datetime) -> Reply:
    """Begin the letter that reports on promises kept or due, prefilled; one begun already is that one.

    The matter stays where it is. Raises NotAllowed, NoSecondLetter."""
    require(actor, "matters.draft_letter", matter)
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)  # of two who begin, the second finds it begun
    letter = running_second(matter)
    made = letter is None
    if letter is None:
        letter = _begin(matter, commitments, actor, at)
    facts = {"reply": letter.pk, "again": not made}
    record("matters.second_letter_begun", actor=actor, target=target(matter), at=at, **facts)
    return letter


def _begin(matter: Matter, commitments: Sequence[Commitment], actor: PostActor, at: datetime) -> Reply:
    wanted = {each.pk for each in commitments}
    if not wanted:
        raise NoSecondLetter("请选择要再行答复的承诺事项。")
    if matter.handler_role == HandlerRole.ASSIST:
        raise NoSecondLetter("本院是协办单位，由主办单位答复，不另作再行答复。")
    due = ripe(awaiting_letter().filter(matter=matter, pk__in=wanted), at.date())
    promises = list(due.order_by("promised_on", "id"))
    if len(promises) != len(wanted):
        raise NoSecondLetter("选中的承诺还没有登记完成，也没有到期，或者已经再行答复。请先登记完成情况。")
    first = running_reply(matter)
    assert first is not None
    text = prefilled_second(matter, first, promises)
    letter = Reply.objects.create(
        matter=matter, kind=SECOND, round=matter.round, follows=first, outcome=text.outcome,
        copies=list(text.copies), created_by=actor.post, created_at=at,
    )  # fmt: skip
    add_version(letter, text, kind="draft", author=actor.post, at=at)
    Commitment.objects.filter(pk__in=wanted).update(second_reply=letter)
    return letter
