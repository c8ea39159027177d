"""Rows before packets."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from huiyin.messaging.models import Message
from huiyin.messaging.operations import queue_code
from huiyin.messaging.rules import Lane, MessageChannel, MessageState


class TestQueueing:
    def test_tells_a_post_at_its_bell(self, world, tell):
        [row] = tell(post=world.posts["officer_wang"], lane=Lane.STATUTORY)
        assert (row.channel, row.state) == (MessageChannel.IN_SITE, MessageState.WAITING)
        assert row.recipient_key == f"s:{world.posts['officer_wang'].pk}"
        assert row.procuratorate == world.city

    def test_tells_a_person_on_the_phone_site_and_by_text(self, zhang, tell):
        assert [row.channel for row in tell(person=zhang)] == [MessageChannel.IN_SITE, MessageChannel.SMS]

    def test_again_for_the_same_event_changes_nothing(self, zhang, tell):
        first = tell(person=zhang)
        assert [row.pk for row in tell(person=zhang, title="别的题目")] == [row.pk for row in first]
        assert Message.objects.count() == 2
        assert tell(event="letter:2", person=zhang)[0].pk != first[0].pk

    def test_lets_no_fact_of_the_matter_into_a_text(self, zhang, tell):
        text = tell(person=zhang)[1]
        assert text.title == ""
        assert text.link == ""
        assert "162001" not in text.body
        assert "张示例代表，您好" in text.body

    def test_goes_to_one_person_or_one_post(self, world, zhang, tell):
        with pytest.raises(ValueError, match="one person or to one post"):
            tell(person=zhang, post=world.posts["chief"])
        with pytest.raises(ValueError, match="one person or to one post"):
            tell()

    def test_leaves_nothing_when_what_caused_it_rolls_back(self, zhang, tell):
        with transaction.atomic():
            tell(person=zhang)
            transaction.set_rollback(True)
        assert not Message.objects.exists()


class TestQueueingACode:
    def test_keeps_code_and_phone_from_every_reader_of_the_table(self, db, at):
        queue_code(key="code:1", phone="10000000001", text="验证码是123456", expires_at=at, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM messaging_message")
            columns = " ".join(str(bytes(each) if isinstance(each, memoryview) else each) for each in cursor.fetchone())
        assert "123456" not in columns
        assert "10000000001" not in columns
        assert Message.objects.get().secret_body == "验证码是123456"
