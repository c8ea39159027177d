"""代录纸质票: deputies without an account vote on paper; a clerk takes down who handed one in and
what the bundle says.

Slips are unsigned and come in a bundle, so that nothing tells whose a grade is (practice 32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.matters.models import Poll, PollBallots, PollTally, PollVoter
from huiyin.matters.operations.polls import CannotPoll
from huiyin.matters.operations.undertakings import target
from huiyin.matters.polls import send_card
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


@operation
def take_ballots(
    *, poll: Poll, voters: Sequence[PollVoter], counts: Mapping[str, int], received_on: date, scan: StoredFile | None,
    request_key: UUID, actor: PostActor, at: datetime,
) -> PollBallots:  # fmt: skip
    """Count a bundle of paper ballots. voters: who handed one in; counts: grade → ballots. One request_key once.

    Raises NotAllowed, CannotPoll."""
    matter = poll.reply.matter
    require(actor, "matters.take_ballots", matter)
    Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    bundle = PollBallots.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    again = bundle is not None
    if bundle is None:
        poll.refresh_from_db()
        given = {grade: count for grade, count in counts.items() if count}
        _check(poll, voters, given, received_on, at)
        if scan is None:
            raise CannotPoll("请上传纸质票的扫描件。")
        bundle = PollBallots.objects.create(
            poll=poll, ballots=len(voters), received_on=received_on, scan=scan, recorded_by=actor.post,
            recorded_at=at, request_key=request_key,
        )  # fmt: skip
        _count(poll, voters, given, received_on, at)
        forget_drafts(request_key, actor.key)
    told = {"poll": poll.pk, "ballots": bundle.ballots, "again": again}
    record("matters.ballots_taken", actor=actor, target=target(matter), at=at, **told)
    return bundle


def _check(poll: Poll, voters: Sequence[PollVoter], given: Mapping[str, int], received_on: date, at: datetime) -> None:
    if poll.closed_at is not None:
        raise CannotPoll("评议已经结束，不再收票。")
    if not poll.from_on <= received_on <= min(poll.until_on, at.date()):
        raise CannotPoll("收齐日应在评议开始日与截止日（不晚于今天）之间，过了截止日交来的票不计。")
    if len(voters) < poll.minimum:
        raise CannotPoll(f"一次登记的纸质票不能少于{poll.minimum}张：少了就看得出是谁怎样评的。请凑齐以后一并登记。")
    if sum(given.values()) != len(voters):
        raise CannotPoll(
            f"勾选了{len(voters)}位代表，各等次合计{sum(given.values())}票，两数应当相等。弃权票不勾选代表。"
        )
    known = set(poll.tallies.values_list("grade", flat=True))
    if not set(given) <= known or min(given.values(), default=0) < 0:
        raise CannotPoll("请按所列等次填写票数。")


def _count(poll: Poll, voters: Sequence[PollVoter], given: Mapping[str, int], on: date, at: datetime) -> None:
    keys = [voter.pk for voter in voters]
    if PollVoter.objects.filter(poll=poll, pk__in=keys, voted_on=None).update(voted_on=on) != len(keys):
        raise CannotPoll("勾选的代表里有已经评议过的，每位代表评议一次，请刷新后再登记。")
    for grade, count in given.items():
        PollTally.objects.filter(poll=poll, grade=grade).update(votes=F("votes") + count)
    for voter in PollVoter.objects.filter(pk__in=keys).select_related("poll__reply__matter__procuratorate"):
        send_card(voter, at=at)
