"""Who must receive a letter and may rate it, as the book's rule for joint suggestions says."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Deadline, Participant, Reply
from huiyin.matters.operations.deadlines import open_deadline
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.books.vocabulary import ReplyMode
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import StartEvent


def raters(reply: Reply) -> list[Participant]:
    """Lead and co-signers: each may rate, whoever the letter was sent to; deputies told of what a body asked."""
    signers = reply.matter.participants.filter(role__in=["lead", "cosigner", "organ", "told"])
    return list(signers.select_related("person", "matter", "matter__procuratorate").order_by("position"))


def served(reply: Reply, on: date) -> list[Participant]:
    """Who receives the letter: every signer, or the lead alone who passes it on; everyone where no book says."""
    everyone = raters(reply)
    if not kind_of(reply.matter).is_rated:
        return everyone
    return everyone[:1] if reply_mode(reply, on) is ReplyMode.LEAD else everyone


def reply_mode(reply: Reply, on: date) -> ReplyMode:
    """Whom the book lets a joint suggestion be answered to; each where no book says."""
    try:
        return stack_for(reply.matter.procuratorate, on=on).reply_to(on).mode
    except RuleNotFound:
        return ReplyMode.EACH


def open_rating_clock(reply: Reply, event: StartEvent, on: date, at: datetime) -> None:
    """Open the deadline for rating, where the book counts it from this event."""
    matter, letter = reply.matter, _apart(reply)
    code = kind_of(matter).limits.rating
    if not code:
        return
    try:
        rule = stack_for(matter.procuratorate, on=on).limit(code, on)
    except RuleNotFound:
        return
    if rule.starts_from is event:
        proposer = kind_of(matter).wording(matter).proposer
        open_deadline(
            matter=matter, limit_code=code, starts_on=on, label=f"{proposer}评价" if letter is None else "评价再行答复",
            at=at, letter=letter,
        )  # fmt: skip


def rating_deadline(reply: Reply) -> Deadline | None:
    """The day until which a letter may be rated, over or not."""
    own = Deadline.objects.filter(matter=reply.matter, round=reply.round, letter=_apart(reply), dropped_at=None)
    return own.filter(limit_code=kind_of(reply.matter).limits.rating).order_by("-id").first()


def _apart(reply: Reply) -> Reply | None:
    """A second letter keeps its own day; the day of the main letter is the matter's."""
    return reply if reply.kind == "second" else None
