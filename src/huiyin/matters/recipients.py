"""Who must receive a letter and may rate it, as the book's rule for joint suggestions says."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Participant, Reply
from huiyin.matters.operations.deadlines import open_deadline
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.books.vocabulary import ReplyMode
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import StartEvent


def raters(reply: Reply) -> list[Participant]:
    """Lead and co-signers: each may rate, whoever the letter was sent to."""
    signers = reply.matter.participants.filter(role__in=["lead", "cosigner", "organ"])
    return list(signers.select_related("person", "matter", "matter__procuratorate").order_by("position"))


def served(reply: Reply, on: date) -> list[Participant]:
    """Who receives the letter: every signer, or the lead alone who passes it on; everyone where no book says."""
    everyone = raters(reply)
    try:
        mode = stack_for(reply.matter.procuratorate, on=on).reply_to(on).mode
    except RuleNotFound:
        mode = ReplyMode.EACH
    return everyone if mode is ReplyMode.EACH else everyone[:1]


def open_rating_clock(reply: Reply, event: StartEvent, on: date, at: datetime) -> None:
    """Open the deadline for rating, where the book counts it from this event."""
    matter = reply.matter
    code = kind_of(matter).limits.rating
    if not code:
        return
    try:
        rule = stack_for(matter.procuratorate, on=on).limit(code, on)
    except RuleNotFound:
        return
    if rule.starts_from is event:
        open_deadline(matter=matter, limit_code=code, starts_on=on, label="代表评价", at=at)
