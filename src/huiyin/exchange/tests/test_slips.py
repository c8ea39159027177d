"""Slips in."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from huiyin.audit.models import Record
from huiyin.exchange.models import Card, Slip
from huiyin.exchange.operations import handle_waiting, receive, withdraw
from huiyin.exchange.operations.slips import AlreadyHandedIn, handle
from huiyin.exchange.rules import SlipState, is_slip_number
from huiyin.exchange.shapes import SlipRefused


@pytest.fixture
def hand_in(account, handling, make_card, at):
    card = make_card()

    def send(words="谢谢", request_key=None, kind="tests.slip", when=at):
        return receive(
            account=account, card_public_id=card.public_id, kind=kind, payload={"words": words},
            request_key=request_key or uuid.uuid4(), at=when,
        )  # fmt: skip

    return send


class TestReceivingASlip:
    def test_gives_a_number_and_an_answer_at_once(self, hand_in, handling):
        slip = hand_in()
        assert is_slip_number(slip.number)
        assert (slip.state, slip.answer) == (SlipState.HANDLED, "已记录，谢谢。")
        assert handling.seen == [slip.number]

    def test_twice_with_one_request_key_shows_the_first(self, hand_in, handling):
        key = uuid.uuid4()
        first = hand_in(request_key=key)
        assert hand_in(words="别的话", request_key=key).number == first.number
        assert Slip.objects.get().payload == {"words": "谢谢"}
        assert len(handling.seen) == 1

    def test_leaves_one_record_coming_in_and_one_when_handled(self, hand_in, account):
        hand_in()
        rows = Record.objects.filter(parent=None, verb__startswith="exchange.slip").order_by("id")
        assert [(row.verb, row.actor_kind) for row in rows] == [
            ("exchange.slip_received", "outside"),
            ("exchange.slip_handled", "system"),
        ]

    def test_refuses_a_kind_the_card_does_not_take(self, hand_in):
        with pytest.raises(SlipRefused, match="现在不能提交"):
            hand_in(kind="tests.other")
        assert not Slip.objects.exists()

    def test_refuses_when_the_card_was_withdrawn(self, hand_in, account, at):
        withdraw(account=account, kind="tests.card", key="matter:1", at=at)
        with pytest.raises(SlipRefused):
            hand_in()

    def test_numbers_run_through_the_year(self, hand_in, at):
        numbers = [hand_in().number[6:13] for _ in range(3)]
        assert numbers == ["000001-", "000002-", "000003-"]
        assert hand_in(when=at + timedelta(days=365)).number.startswith("回2027-000001-")


class TestASlipOnAnOuterSite:
    @pytest.fixture(autouse=True)
    def _apart(self, settings):
        settings.HUIYIN_HANDLE_SLIPS_AT_ONCE = False

    def test_waits_for_the_sweep(self, hand_in, handling, at):
        slip = hand_in()
        assert (slip.state, handling.seen) == (SlipState.WAITING, [])
        assert handle_waiting(at) == 1
        assert Slip.objects.get().state == SlipState.HANDLED
        assert handle_waiting(at) == 0

    def test_is_not_taken_a_second_time_while_it_waits(self, hand_in):
        first = hand_in()
        with pytest.raises(AlreadyHandedIn, match=first.number):
            hand_in()


class TestAHandlerThatRefuses:
    def test_answers_the_slip_and_notes_it_on_the_card(self, hand_in, handling, at):
        handling.refuses = "这份答复已由代表签字评价，以签字评价为准。"
        slip = hand_in()
        assert (slip.state, slip.answer) == (SlipState.REFUSED, handling.refuses)
        [note] = Card.objects.get().notes
        assert (note["slip"], note["text"]) == (slip.number, handling.refuses)

    def test_leaves_its_record_as_handled_by_the_house(self, hand_in, handling):
        handling.refuses = "不行。"
        hand_in()
        assert Record.objects.get(verb="exchange.slip_handled").facts["state"] == "refused"


class TestAHandlerThatBreaks:
    def test_costs_no_slip_and_is_tried_again_later(self, hand_in, handling, at, caplog):
        handling.breaks = True
        slip = hand_in()
        assert slip.state == SlipState.WAITING
        assert slip.tries == 1
        assert "could not be handled" in caplog.text
        handling.breaks = False
        assert handle_waiting(at) == 0
        assert handle_waiting(at + timedelta(seconds=15)) == 1
        assert Slip.objects.get().state == SlipState.HANDLED

    def test_does_not_hold_up_the_others(self, hand_in, handling, make_card, account, at, settings):
        settings.HUIYIN_HANDLE_SLIPS_AT_ONCE = False
        hand_in()
        Slip.objects.update(kind="tests.nobody_handles")
        hand_in()
        assert handle_waiting(at) == 1
        assert set(Slip.objects.values_list("state", flat=True)) == {SlipState.WAITING, SlipState.HANDLED}


class TestHandlingTwice:
    def test_acts_once(self, hand_in, handling, at):
        slip = hand_in()
        assert not handle(slip.pk, at=at)
        assert len(handling.seen) == 1
