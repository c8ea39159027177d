"""The cards of a poll, one for every deputy with an account, and what it came to."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.exchange.operations import publish as publish_card
from huiyin.exchange.operations import withdraw
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import POLL, Choice, LetterLine, PollCard
from huiyin.gongwen.structure import lines_of
from huiyin.matters.drafting import latest, text_of
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Matter, Poll, PollVoter
from huiyin.matters.rules.polls import PollResult, poll_result


def result_of(poll: Poll) -> PollResult:
    """What the votes come to; shown once the poll is closed."""
    tallies = list(poll.tallies.all())
    return poll_result(
        {each.grade: each.votes for each in tallies}, asked=poll.voters.count(),
        well=frozenset(each.grade for each in tallies if each.is_well), silent_leave=poll.silent_leave,
        reminded=poll.reminded_at is not None, minimum=poll.minimum,
    )  # fmt: skip


def poll_of(matter: Matter) -> Poll | None:
    """The poll on the answer of the present round."""
    polls = Poll.objects.filter(reply__matter=matter, reply__round=matter.round)
    return polls.select_related("consent__scan", "opened_by__staff", "closed_by__staff", "reply").first()


def is_open(poll: Poll, on: date) -> bool:
    """Whether votes are taken on a day."""
    return poll.closed_at is None and poll.from_on <= on <= poll.until_on


def send_card(voter: PollVoter, *, at: datetime) -> bool:
    """The answer to be rated, with the grades while the voter may still vote; False without an account. Inside an
    operation."""
    poll = voter.poll
    account = account_of(f"p:{voter.person_id}")
    if account is None:
        return False
    reply = poll.reply
    wording = kind_of(reply.matter).wording(reply.matter)
    text = text_of(latest(reply))
    grades = tuple(Choice(code=each.grade, label=each.label) for each in poll.tallies.all())
    card = PollCard(
        poll=f"poll:{poll.pk}", about=wording.subject, office=reply.matter.procuratorate.name,
        from_on=poll.from_on, until_on=poll.until_on, voted_on=voter.voted_on, grades=grades,
        lines=tuple(LetterLine(kind="body", text=line) for line in lines_of(text.printed_body)),
    )  # fmt: skip
    publish_card(
        account=account, kind=POLL, key=f"poll:{poll.pk}", title=text.title, body=card.to_json(),
        accepts=card.accepts() if poll.closed_at is None else [], files=[], at=at, position_at=poll.opened_at,
    )  # fmt: skip
    return True


def withdraw_card(voter: PollVoter, *, at: datetime) -> None:
    """Take the card back when the poll is over; inside an operation."""
    account = account_of(f"p:{voter.person_id}")
    if account is not None:
        withdraw(account=account, kind=POLL, key=f"poll:{voter.poll_id}", at=at)
