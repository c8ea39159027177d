"""The bell, and the simulated phone."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.visit import visit

from huiyin.messaging.drain import drain
from huiyin.messaging.models import SimulatedText
from huiyin.messaging.operations import queue


@pytest.fixture
def told(world, at):
    """Two messages at 王联络's bell, one at 程检's."""
    for event, name in (("a", "officer_wang"), ("b", "officer_wang"), ("c", "chief")):
        queue(
            event_key=event,
            title=f"提醒{event}",
            body="办理期限临近。",
            link="/desk/messages/",
            post=world.posts[name],
            at=at,
        )
    drain(worker="tests", at=at)


class TestTheBell:
    def test_shows_the_own_posts_messages_and_counts_them(self, told, as_):
        page = visit(as_("officer_wang"), "/desk/messages/").content.decode()
        assert "提醒a" in page
        assert "提醒b" in page
        assert "提醒c" not in page
        assert '<span class="count">2' in page

    def test_says_so_when_it_is_empty(self, world, as_):
        assert "还没有消息" in visit(as_("registry"), "/desk/messages/").content.decode()
        assert "没有未读的消息" in visit(as_("registry"), "/desk/messages/?unread=1").content.decode()

    def test_opens_a_message_by_post_and_marks_it_read(self, told, world, as_):
        client = as_("officer_wang")
        pk = world.posts["officer_wang"].pk
        first = next(iter(_keys(pk)))
        assert client.get(f"/desk/messages/{first}/read/").status_code == 405
        assert client.post(f"/desk/messages/{first}/read/", {"open": "1"}).headers["Location"] == "/desk/messages/"
        assert '<span class="count">1' in client.get("/desk/messages/").content.decode()
        client.post("/desk/messages/read/")
        assert '<span class="count">' not in client.get("/desk/messages/").content.decode()

    def test_of_another_post_is_not_there(self, told, world, as_):
        other = next(iter(_keys(world.posts["chief"].pk)))
        assert as_("officer_wang").post(f"/desk/messages/{other}/read/").status_code == 404

    def test_is_not_for_administrators(self, world, as_):
        assert as_("sysadmin").get("/desk/messages/").status_code == 403


def _keys(post_pk):
    from huiyin.messaging.models import Message

    return Message.objects.filter(post_id=post_pk).order_by("id").values_list("pk", flat=True)


class TestTheSimulatedPhone:
    @pytest.fixture
    def text(self, db, at):
        return SimulatedText.objects.create(gateway_id="1", phone="10000000001", text="验证码是123456", arrived_at=at)

    def test_shows_the_phone_that_got_the_last_text(self, text):
        page = visit(Client(), "/phone/").content.decode()
        assert "10000000001" in page
        assert "验证码是123456" in page

    def test_shows_one_number_and_no_other(self, text):
        page = visit(Client(), "/phone/?number=10000000002").content.decode()
        assert "验证码是" not in page
        assert "还没有短信" in page

    def test_is_gone_outside_the_demonstration(self, text, settings):
        settings.HUIYIN_DEMO = False
        assert Client().get("/phone/").status_code == 404
