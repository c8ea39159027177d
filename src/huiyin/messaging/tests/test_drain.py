"""Draining the outbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from huiyin.audit.models import Record
from huiyin.exchange.models import Card
from huiyin.exchange.operations import ask_code
from huiyin.exchange.queries import account_of, cards_of
from huiyin.exchange.shapes import NOTE
from huiyin.messaging import channels
from huiyin.messaging import drain as draining
from huiyin.messaging.channels import Report
from huiyin.messaging.drain import claim, drain, release_expired, send, settle
from huiyin.messaging.models import Message, Receipt, SimulatedText
from huiyin.messaging.operations import end_binding, queue_code
from huiyin.messaging.queries import bell, screen, unread_count
from huiyin.messaging.rules import LEASE, PAUSES, Lane, MessageChannel, MessageState

PHONE = "10000000001"


def run(at):
    return drain(worker="tests", at=at)


def states():
    return dict(Message.objects.values_list("channel", "state"))


class TestDraining:
    def test_brings_a_post_its_message(self, world, tell, at):
        post = world.posts["officer_wang"]
        tell(post=post)
        assert unread_count(post) == 0
        assert run(at) == 1
        assert unread_count(post) == 1
        assert bell(world.posts["officer_li"]).count() == 0

    def test_brings_a_person_a_card_and_a_text(self, bound, zhang, tell, at):
        tell(person=zhang)
        assert run(at) == 2
        [card] = cards_of(account_of(f"p:{zhang.pk}"), NOTE)
        assert (card.title, card.body["text"]) == ("您的建议已经答复", "关于第162001号建议的答复函已经印发。")
        [text] = screen(PHONE)
        assert "张示例代表，您好" in text.text
        assert Receipt.objects.get().code == "DELIVRD"

    def test_an_empty_outbox_writes_nothing(self, db, at):
        assert run(at) == 0
        assert not Record.objects.exists()

    def test_leaves_one_record_a_batch(self, bound, zhang, tell, at):
        before = Record.objects.count()
        tell(person=zhang)
        run(at)
        [row] = Record.objects.order_by("id")[before:]
        assert (row.verb, row.facts) == ("messaging.drained", {"delivered": 2})

    def test_waits_until_a_message_is_due(self, world, tell, at):
        tell(post=world.posts["chief"])
        assert run(at - timedelta(seconds=1)) == 0
        assert run(at) == 1

    def test_takes_codes_and_statutory_notices_first(self, world, tell, at):
        post = world.posts["chief"]
        for event, lane in (("a", Lane.CONVENIENCE), ("b", Lane.STATUTORY), ("c", Lane.CODE)):
            tell(event=event, post=post, lane=lane)
        assert [claim(token=f"t{n}", at=at, limit=1)[0].event_key for n in range(3)] == ["c", "b", "a"]


class TestTheRightToBeTold:
    def test_is_asked_when_sending_not_when_queueing(self, bound, zhang, world, tell, at):
        tell(person=zhang)
        end_binding(binding=bound, reason="换届", actor=world.act("officer_wang"), at=at)
        run(at)
        assert states() == {"in_site": MessageState.SUPPRESSED, "sms": MessageState.SUPPRESSED}
        assert screen(PHONE) == []

    def test_needs_a_binding(self, zhang, tell, at):
        tell(person=zhang, channels=[MessageChannel.SMS])
        run(at)
        assert Message.objects.get().problem == "对方没有绑定手机"

    @pytest.mark.parametrize(
        ("lane", "state"), [(Lane.CONVENIENCE, MessageState.SUPPRESSED), (Lane.STATUTORY, MessageState.DELIVERED)]
    )
    def test_is_muted_by_an_opt_out_for_convenience_only(self, bound, zhang, tell, at, lane, state):
        zhang.contact_points.update(opted_out_at=at)
        tell(person=zhang, lane=lane, channels=[MessageChannel.SMS])
        run(at)
        assert states() == {"sms": state}

    def test_ends_with_the_post(self, world, tell, at):
        post = world.posts["chief"]
        post.until_on = at.date()
        post.save()
        tell(post=post)
        run(at)
        assert states() == {"in_site": MessageState.SUPPRESSED}


class TestACode:
    def test_is_erased_once_sent(self, bound, at):
        ask_code(phone=PHONE, remote="", at=at)
        run(at)
        row = Message.objects.get(lane=0)
        assert (row.state, row.secret_body, row.address) == (MessageState.DELIVERED, None, None)
        assert "验证码是" in screen(PHONE)[0].text

    def test_is_not_sent_after_it_expired_and_is_erased(self, db, at):
        queue_code(key="code:1", phone=PHONE, text="验证码是123456", expires_at=at, at=at - timedelta(minutes=5))
        run(at)
        row = Message.objects.get()
        assert (row.state, row.secret_body, row.problem) == (MessageState.FAILED, None, "已过有效时间，没有发送")
        assert screen(PHONE) == []


class Postman:
    """A channel of tests: shows repetitions, and does as it is told."""

    repeats_harmlessly = False

    def __init__(self):
        self.sent, self.report, self.breaks = [], Report(state=MessageState.SENT), False

    def hand_over(self, packets, *, at):
        if self.breaks:
            raise ConnectionError("the line is dead")
        self.sent += [packet.gateway_id for packet in packets]
        return {packet.message_id: self.report for packet in packets}


@pytest.fixture
def postman(monkeypatch):
    here = Postman()
    monkeypatch.setitem(channels.TEXTERS, "simulated", lambda: here)
    return here


@pytest.fixture
def text(bound, zhang, tell):
    return tell(person=zhang, channels=[MessageChannel.SMS])[0]


class TestAChannelInTrouble:
    def test_is_tried_again_after_a_pause_until_it_gives_up(self, text, postman, at):
        postman.report = Report(state=MessageState.FAILED, problem="网关忙", again=True)
        moment = at
        for pause in PAUSES:
            assert run(moment) == 1
            assert run(moment + pause - timedelta(seconds=1)) == 0
            moment += pause
        assert run(moment) == 1
        text.refresh_from_db()
        assert (text.state, text.problem) == (MessageState.FAILED, "网关忙")
        assert len(postman.sent) == len(PAUSES) + 1

    def test_that_may_have_sent_leaves_the_message_in_doubt(self, text, postman, at, caplog):
        postman.breaks = True
        run(at)
        assert states()["sms"] == MessageState.IN_DOUBT
        assert run(at + timedelta(days=1)) == 0

    def test_does_not_hold_up_the_others(self, text, postman, world, tell, at, caplog):
        postman.breaks = True
        tell(event="other", post=world.posts["chief"])
        run(at)
        assert states() == {"sms": MessageState.IN_DOUBT, "in_site": MessageState.DELIVERED}

    def test_that_is_not_configured_says_so(self, text, at, settings):
        settings.HUIYIN_TEXTER = ""
        run(at)
        text.refresh_from_db()
        assert (text.state, text.problem) == (MessageState.FAILED, "没有配置短信通道")


class TestALeaseThatRanOut:
    def test_before_the_hand_over_sends_again(self, text, postman, at):
        claim(token="gone", at=at)
        assert run(at + LEASE - timedelta(seconds=1)) == 0
        assert run(at + LEASE) == 1
        assert len(postman.sent) == 1

    def test_after_the_hand_over_is_in_doubt_where_repeating_would_show(self, text, postman, at):
        send(claim(token="gone", at=at), token="gone", at=at)
        assert release_expired(at=at + LEASE) == 1
        text.refresh_from_db()
        assert text.state == MessageState.IN_DOUBT
        assert run(at + LEASE) == 0
        assert len(postman.sent) == 1

    def test_after_the_hand_over_repeats_where_it_shows_once(self, text, at):
        send(claim(token="gone", at=at), token="gone", at=at)
        assert run(at + LEASE) == 1
        assert len(screen(PHONE)) == 1

    def test_leaves_nothing_to_settle_for_a_drainer_that_comes_back(self, text, at):
        batch = claim(token="slow", at=at)
        reports = send(batch, token="slow", at=at)
        run(at + LEASE)
        assert settle(token="slow", batch=batch, reports=reports, at=at + LEASE) == 0
        assert Receipt.objects.count() == 1


class TestTwoDrainers:
    def test_never_hold_the_same_message(self, world, tell, at):
        for n in range(6):
            tell(event=f"e{n}", post=world.posts["chief"])
        first, second = claim(token="one", at=at, limit=3), claim(token="two", at=at, limit=10)
        assert len(first) == len(second) == 3
        assert not {row.pk for row in first} & {row.pk for row in second}

    def test_take_no_more_than_they_ask_for_however_postgresql_reads_the_table(self, world, tell, at):
        for n in range(6):
            tell(event=f"e{n}", post=world.posts["chief"])
        if connection.vendor == "postgresql":  # what it chooses by itself while it knows little of the table
            with connection.cursor() as cursor:
                for way in ("hashjoin", "mergejoin", "hashagg", "material", "sort"):
                    cursor.execute(f"SET LOCAL enable_{way} = off")
        assert len(claim(token="one", at=at, limit=2)) == 2


class TestTheNoteOnThePhoneSite:
    def test_is_one_card_however_often_it_is_brought(self, bound, zhang, tell, at):
        tell(person=zhang, channels=[MessageChannel.IN_SITE])
        send(claim(token="gone", at=at), token="gone", at=at)
        run(at + LEASE)
        assert Card.objects.filter(kind=NOTE).count() == 1


class TestTheSimulatedPhone:
    def test_shows_one_gateway_id_once(self, db, at):
        phone = channels.channel_for(MessageChannel.SMS)
        packet = channels.Packet(
            message_id=1,
            gateway_id="1-first",
            title="",
            text="您好",
            link="",
            phone=PHONE,
            person_key="",
            created_at=at,
        )
        phone.hand_over([packet], at=at)
        phone.hand_over([packet, packet], at=at)
        assert SimulatedText.objects.count() == 1

    def test_refuses_to_start_outside_the_demonstration(self, settings):
        from django.core.exceptions import ImproperlyConfigured

        from huiyin.messaging.checks import texter_is_sound

        assert texter_is_sound(None) == []
        settings.HUIYIN_DEMO = False
        assert [error.id for error in texter_is_sound(None)] == ["messaging.E002"]
        with pytest.raises(ImproperlyConfigured):
            channels.channel_for(MessageChannel.SMS)
        assert screen(PHONE) == []
        settings.HUIYIN_TEXTER = "nonsense"
        assert [error.id for error in texter_is_sound(None)] == ["messaging.E001"]


def test_the_record_of_a_release_counts(text, at):
    claim(token="gone", at=at)
    release_expired(at=at + LEASE)
    assert Record.objects.get(verb="messaging.released").facts == {"waiting": 1}
    assert draining.release_expired(at=at + LEASE) == 0
