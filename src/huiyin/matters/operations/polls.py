"""Rating opened to all deputies of the level: only on the congress office's letter, the lead deputy told first, votes
secret, one reminder, closed by the office (S1-09, practice 32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.exchange.actors import account_actor
from huiyin.exchange.models import Slip
from huiyin.exchange.shapes import PollSlip
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of
from huiyin.matters.linkage import ConsentKind
from huiyin.matters.models import Poll, PollTally, PollVoter, Reply
from huiyin.matters.operations.orders import Order, check_order, record_order
from huiyin.matters.operations.undertakings import target
from huiyin.matters.polls import is_open, send_card, withdraw_card
from huiyin.matters.rating_state import grades
from huiyin.matters.rules import MatterMovedOn
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.people.models import Mandate
from huiyin.regulations.books import RatingRule
from huiyin.regulations.queries import stack_for


class CannotPoll(Refusal):
    """No letter of the congress office, the lead deputy not told, or the days do not fit."""

    code = "matters.cannot_poll"


class VoteRefused(Refusal):
    """Not asked, voted before, or the time is over."""

    code = "matters.vote_refused"


@dataclass(frozen=True, kw_only=True)
class PollFacts:
    """From when until when, and that the lead deputy was told first."""

    lead_told_on: date
    lead_told_how: str
    from_on: date
    until_on: date


@operation
def open_poll(*, reply: Reply, order: Order, facts: PollFacts, actor: PostActor, at: datetime) -> Poll:
    """Ask every deputy of the office's level what the answer is worth. order: the congress office's letter.

    Raises NotAllowed, CannotPoll, OrderIncomplete, RuleNotFound."""
    matter, on = reply.matter, at.date()
    require(actor, "matters.open_poll", matter)
    Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    check_order(order, on)
    _check(reply, order, facts, on)
    asked = Mandate.objects.held_on(on).filter(
        kind="deputy", level=matter.procuratorate.level, person__procuratorate=matter.procuratorate
    )
    people = {mandate.person_id: mandate.person for mandate in asked.select_related("person").order_by("person_id")}
    if not people:
        raise CannotPoll("代表名册里还没有本级人大代表，请先登记名册。")
    consent = record_order(matter, order, kind=ConsentKind.RATING_BY_ALL, actor=actor, at=at)
    poll = Poll.objects.create(
        reply=reply, consent=consent, level=matter.procuratorate.level, lead_told_on=facts.lead_told_on,
        lead_told_how=clip(facts.lead_told_how.strip(), 200), from_on=facts.from_on, until_on=facts.until_on,
        opened_by=actor.post, opened_at=at, **_of_the_book(reply, on),
    )  # fmt: skip
    PollTally.objects.bulk_create(
        PollTally(poll=poll, grade=each.code, label=each.label, is_well=each.satisfied, position=place)
        for place, each in enumerate(grades(matter, on))
    )
    voters = [PollVoter(poll=poll, person=person, name=person.name) for person in people.values()]
    PollVoter.objects.bulk_create(voters)
    _invite(poll, "opened", "请您评议一件建议的答复", at)
    record(
        "matters.poll_opened", actor=actor, target=target(matter), at=at, poll=poll.pk, asked=len(voters),
        until=facts.until_on,
    )  # fmt: skip
    return poll


def _check(reply: Reply, order: Order, facts: PollFacts, on: date) -> None:
    if reply.kind != "reply" or reply.delivered_on is None or reply.round != reply.matter.round:
        raise CannotPoll("最近一次答复全部送达以后，才能开放全体代表评议。")
    if not kind_of(reply.matter).rated_by_all:
        raise CannotPoll("只有代表建议的答复可以由全体代表评议。")
    if Poll.objects.filter(reply=reply).exists():
        raise CannotPoll("这份答复已经开放过全体代表评议。")
    if not facts.lead_told_how.strip():
        raise CannotPoll("请先告知领衔代表，并写明怎样告知的。")
    if order.dated_on is not None and facts.lead_told_on < order.dated_on:
        raise CannotPoll("告知领衔代表的日期不能早于人大来文日期，请核对。")
    if facts.lead_told_on > min(on, facts.from_on):
        raise CannotPoll("领衔代表要先于其他代表知道：告知日期不能晚于今天和评议开始日期。")
    if facts.from_on < on or facts.until_on < facts.from_on:
        raise CannotPoll("评议开始日期不能早于今天，截止日期不能早于开始日期。")


def _of_the_book(reply: Reply, on: date) -> dict[str, Any]:
    """Under how many votes nothing is shown, and whether those who stay silent after a reminder leave the denominator.

    Raises RuleNotFound where no book says the first: secrecy is not ours to guess."""
    stack = stack_for(reply.matter.procuratorate, on=on)
    found: dict[str, Any] = {"minimum": stack.poll(on).minimum}
    ratings = stack.all(RatingRule, on)
    return found | ({"silent_leave": ratings[0].silent_leave_denominator} if ratings else {})


def _invite(poll: Poll, event: str, title: str, at: datetime) -> int:
    """Card and word to everybody who has not voted; how many."""
    waiting = poll.voters.filter(voted_on=None).select_related("person", "poll__reply__matter__procuratorate")
    office = poll.reply.matter.procuratorate
    for voter in waiting:
        send_card(voter, at=at)
        queue(
            event_key=f"poll:{poll.pk}:{event}", title=title,
            body=f"{office.name}按人大机构来文，请本级代表评议一件建议的答复，{poll.until_on:%Y年%m月%d日}截止。评议不记名。",
            at=at, person=voter.person, lane=Lane.STATUTORY, link="/", procuratorate=office,
        )  # fmt: skip
    return len(waiting)


@operation
def remind_poll(*, poll: Poll, actor: PostActor, version: int, at: datetime) -> Poll:
    """Remind those who have not voted, once. Raises NotAllowed, CannotPoll, MatterMovedOn."""
    matter = poll.reply.matter
    require(actor, "matters.remind_poll", matter)
    if poll.reminded_at is not None:
        raise CannotPoll("已经提醒过一次，不再重复提醒。")
    if not is_open(poll, at.date()):
        raise CannotPoll("评议不在进行中，不能提醒。")
    _advance(poll, version, reminded_at=at)
    told = _invite(poll, "reminded", "提醒您评议一件建议的答复", at)
    record("matters.poll_reminded", actor=actor, target=target(matter), at=at, poll=poll.pk, told=told)
    return poll


@operation
def close_poll(*, poll: Poll, actor: PostActor, version: int, at: datetime) -> Poll:
    """End the poll after its last day, or once everybody voted; the result is shown from then on.

    Raises NotAllowed, CannotPoll, MatterMovedOn."""
    matter = poll.reply.matter
    require(actor, "matters.close_poll", matter)
    if poll.closed_at is not None:
        raise CannotPoll("评议已经结束。")
    if at.date() <= poll.until_on and poll.voters.filter(voted_on=None).exists():
        raise CannotPoll(f"还有代表没有评议，截止日期（{poll.until_on:%Y年%m月%d日}）过后才能结束。")
    _advance(poll, version, closed_at=at, closed_by=actor.post)
    for voter in poll.voters.all():
        withdraw_card(voter, at=at)
    record("matters.poll_closed", actor=actor, target=target(matter), at=at, poll=poll.pk)
    return poll


@operation
def take_vote(*, slip: Slip, at: datetime) -> None:
    """Count one deputy's vote: that he voted is kept, the grade is only counted. Raises VoteRefused."""
    given = PollSlip.from_json(slip.payload)
    key, person = given.poll.removeprefix("poll:"), slip.account.person_key.removeprefix("p:") if slip.account else ""
    voters = PollVoter.objects.select_related("poll__reply__matter__procuratorate")
    found = voters.filter(poll=int(key), person=int(person)) if key.isdigit() and person.isdigit() else voters.none()
    voter, day = found.first(), slip.received_at.astimezone(at.tzinfo).date()
    if voter is None or slip.account is None:
        raise VoteRefused("没有找到请您评议的答复，请返回重新查看。")
    if not is_open(voter.poll, day):
        raise VoteRefused("评议还没有开始或者已经截止。")
    if not PollVoter.objects.filter(pk=voter.pk, voted_on=None).update(voted_on=day):
        raise VoteRefused("您已经评议过，每位代表评议一次。")
    if not PollTally.objects.filter(poll=voter.poll, grade=given.grade).update(votes=F("votes") + 1):
        raise VoteRefused("请在所列等次中选择。")
    voter.refresh_from_db()
    send_card(voter, at=at)
    about = target(voter.poll.reply.matter)
    record("matters.vote_taken", actor=account_actor(slip.account), target=about, at=at, poll=voter.poll_id)


def handle_vote(slip: Slip, *, at: datetime) -> str:
    """The handler of a vote's slip; the sentence says that it counts and that nobody can see it."""
    take_vote(slip=slip, at=at)
    return "评议已收到，谢谢您。您评的等次只计入总数，不记名。"


def _advance(poll: Poll, version: int, **updates: object) -> None:
    if not Poll.objects.filter(pk=poll.pk, version=version).update(version=F("version") + 1, **updates):
        raise MatterMovedOn("这次评议刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    poll.refresh_from_db()
