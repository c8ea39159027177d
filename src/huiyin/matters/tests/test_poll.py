"""Rating by all deputies: on the congress office's letter, secret, one vote each, reminded once (S1-09)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.support.desk import Desk
from tests.support.desk import desk as desk
from tests.support.history import in_hand
from tests.support.letters import delivered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.exchange.models import Card, Slip
from huiyin.exchange.operations import receive
from huiyin.exchange.queries import account_of
from huiyin.exchange.shapes import POLL, VOTE
from huiyin.files.operations import store
from huiyin.matters.models import Poll, PollVoter, Reply
from huiyin.matters.operations.ballots import take_ballots
from huiyin.matters.operations.orders import Order, OrderIncomplete
from huiyin.matters.operations.polls import CannotPoll, PollFacts, close_poll, open_poll, remind_poll
from huiyin.matters.polls import result_of
from huiyin.matters.rules.polls import poll_result
from huiyin.messaging.operations import bind
from huiyin.people.models import Mandate, Person


class TestTheResult:
    pytestmark = pytest.mark.pure

    @pytest.mark.parametrize(
        ("silent_leave", "reminded", "rate"),
        [(True, True, "75.0%（n=4）"), (True, False, "60.0%（n=5）"), (False, True, "60.0%（n=5）")],
    )
    def test_leaves_out_who_stays_silent_only_after_a_reminder_and_by_the_book(
        self, silent_leave: bool, reminded: bool, rate: str
    ) -> None:
        votes, well = {"satisfied": 3, "not_satisfied": 1}, frozenset({"satisfied"})
        assert (
            poll_result(votes, asked=5, well=well, silent_leave=silent_leave, reminded=reminded, minimum=2).rate == rate
        )

    def test_is_withheld_where_it_would_tell_a_vote(self) -> None:
        usual = {"asked": 5, "well": frozenset(), "silent_leave": True, "reminded": True, "minimum": 3}
        two = poll_result({"satisfied": 2}, **usual)
        three = poll_result({"satisfied": 2, "not_satisfied": 1}, **usual)
        assert (two.is_withheld, three.is_withheld, three.is_unanimous) == (True, False, False)
        assert poll_result({"satisfied": 3, "not_satisfied": 0}, **usual).is_unanimous


@pytest.fixture
def reply(in_force: World, deputies: dict[str, Person], at: datetime) -> Reply:
    """An answer delivered; 李样本 has a phone."""
    li = deputies["li"]
    bind(
        person=li, contact_point=li.contact_points.get(), evidence="当面核对", actor=in_force.act("officer_wang"), at=at
    )
    return delivered(in_force, in_hand(in_force, at), at)


def opened(world: World, reply: Reply, at: datetime, *, scanned: bool = True, told: str = "电话告知。") -> Poll:
    scan = store(content=b"%PDF-1.4 1", name="来文.pdf", procuratorate=world.city, actor_key="post:1", at=at)
    paper = scan if scanned else None
    order = Order(organ="样本市人大常委会", document_number="样人代〔2026〕20号", dated_on=at.date(), scan=paper)
    facts = PollFacts(
        lead_told_on=at.date(), lead_told_how=told, from_on=at.date(), until_on=at.date() + timedelta(days=10)
    )
    return open_poll(reply=reply, order=order, facts=facts, actor=world.act("officer_wang"), at=at)


def vote(person: Person, poll: Poll, grade: str, at: datetime) -> Slip:
    account = account_of(f"p:{person.pk}")
    card = Card.objects.get(account=account, kind=POLL)
    return receive(
        account=account, card_public_id=card.public_id, kind=VOTE, request_key=uuid4(), at=at,
        payload={"poll": f"poll:{poll.pk}", "grade": grade},
    )  # fmt: skip


class TestAPoll:
    def test_opens_on_the_letter_with_the_lead_told_first(self, reply: Reply, in_force: World, at: datetime) -> None:
        with pytest.raises(OrderIncomplete, match="扫描件"):
            opened(in_force, reply, at, scanned=False)
        with pytest.raises(CannotPoll, match="先告知领衔代表"):
            opened(in_force, reply, at, told=" ")

    def test_counts_a_vote_and_forgets_whose_it_was(
        self, reply: Reply, deputies: dict[str, Person], in_force: World, at: datetime
    ) -> None:
        poll, officer = opened(in_force, reply, at), in_force.act("officer_wang")
        assert poll.voters.count() == Mandate.objects.filter(kind="deputy", level="city").count()
        slip = vote(deputies["li"], poll, "satisfied", at)
        slip.refresh_from_db()
        assert (slip.state, slip.payload) == ("handled", {})
        assert list(PollVoter.objects.exclude(voted_on=None).values_list("name", flat=True)) == ["李样本"]
        assert Card.objects.get(kind=POLL).accepts == []
        with pytest.raises(CannotPoll, match="截止日期"):
            close_poll(poll=poll, actor=officer, version=1, at=at)
        rest, key = list(poll.voters.filter(voted_on=None)), uuid4()
        scan = store(content=b"%PDF-1.4 2", name="纸质票.pdf", procuratorate=in_force.city, actor_key="post:1", at=at)
        bundle = {"poll": poll, "received_on": at.date(), "scan": scan, "request_key": key, "actor": officer, "at": at}
        with pytest.raises(CannotPoll, match="不能少于3张"):
            take_ballots(**bundle, voters=rest[:1], counts={"satisfied": 1})
        with pytest.raises(CannotPoll, match="两数应当相等"):
            take_ballots(**bundle, voters=rest[:3], counts={"satisfied": 1})
        with pytest.raises(CannotPoll, match="已经评议过"):
            take_ballots(**bundle, voters=[*rest[:2], poll.voters.get(name="李样本")], counts={"satisfied": 3})
        remind_poll(poll=poll, actor=officer, version=1, at=at)
        with pytest.raises(CannotPoll, match="已经提醒过"):
            remind_poll(poll=poll, actor=officer, version=2, at=at)
        close_poll(poll=poll, actor=officer, version=2, at=at + timedelta(days=11))
        assert (result_of(poll).votes["satisfied"], result_of(poll).is_withheld) == (1, True)
        assert Card.objects.get(kind=POLL).withdrawn_at is not None
        with pytest.raises(CannotPoll, match="不再收票"):
            take_ballots(**bundle, voters=rest[:2], counts={"satisfied": 2})

    def test_takes_a_bundle_of_paper_ballots_once(
        self, reply: Reply, in_force: World, at: datetime, desk: Desk
    ) -> None:
        poll, client = opened(in_force, reply, at), desk("officer_wang")
        page, voters = f"/desk/polls/{poll.pk}/", list(poll.voters.order_by("id")[:3])
        visit(client, page)
        typed = {
            "request_key": uuid4(), "received_on": at.date().isoformat(), "voters": [each.pk for each in voters],
            **{f"grade_{each.grade}": 0 for each in poll.tallies.all()},
        }  # fmt: skip
        wrong = client.post(f"{page}take-ballots/", typed).content.decode()
        assert "两数应当相等" in wrong
        typed |= {"grade_satisfied": 3, "scan": SimpleUploadedFile("纸质票.pdf", b"%PDF-1.4 2")}
        for _ in range(2):  # a double click counts once
            client.post(f"{page}take-ballots/", typed)
        assert (poll.voters.exclude(voted_on=None).count(), poll.tallies.get(grade="satisfied").votes) == (3, 3)
        assert "3张" in visit(client, page).content.decode()
