"""The way in."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.visit import visit

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.exchange.operations import announce_front, close_account
from huiyin.exchange.registry import register_sender, sender
from huiyin.portal.tests.conftest import PHONE, STRANGER, signed_in

SIGN_IN, CODE, HOME = "/sign-in/", "/sign-in/code/", "/"


@pytest.fixture
def codes():
    """Codes as they were sent."""
    before, sent = sender(), []
    register_sender(lambda *, access, phone, code, at: sent.append(code))
    yield sent
    register_sender(before)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


class TestSigningIn:
    def test_takes_two_steps(self, account, codes):
        client = Client()
        assert client.get(HOME).headers["Location"] == SIGN_IN
        visit(client, SIGN_IN)
        assert client.post(SIGN_IN, {"phone": PHONE}).headers["Location"] == CODE
        assert "100****0001" in text_of(visit(client, CODE))
        assert client.post(CODE, {"code": codes[-1]}).headers["Location"] == HOME
        assert "张示例代表，您好" in text_of(visit(client, HOME))

    def test_shows_a_stranger_the_same_pages(self, account, codes):
        pages = []
        for phone in (PHONE, STRANGER):
            client = Client()
            client.post(SIGN_IN, {"phone": phone})
            answer = client.post(CODE, {"code": "x"})
            pages.append((answer.status_code, text_of(answer).replace(f"100****{phone[-4:]}", "")))
        assert pages[0] == pages[1]
        assert "验证码不对，或者已经过期" in pages[0][1]

    def test_refuses_in_words_and_leaves_a_record(self, account, codes):
        client = Client()
        answer = client.post(SIGN_IN, {"phone": "123"})
        assert answer.status_code == 422
        assert "手机号码应为11位数字" in text_of(answer)
        client.post(SIGN_IN, {"phone": PHONE})
        assert "请1分钟后再试" in text_of(client.post(SIGN_IN, {"phone": PHONE}))
        client.post(CODE, {"code": "000000x"})
        refused = Record.objects.filter(result="refused").order_by("id")
        assert [row.verb for row in refused] == ["exchange.code_asked", "exchange.code_asked", "exchange.signed_in"]

    def test_needs_the_first_step_before_the_second(self, db):
        assert Client().get(CODE).headers["Location"] == SIGN_IN
        assert Client().post(CODE, {"code": "123456"}).headers["Location"] == SIGN_IN

    def test_gives_the_session_a_new_key(self, account, codes):
        client = Client()
        client.post(SIGN_IN, {"phone": PHONE})
        before = client.session.session_key
        client.post(CODE, {"code": codes[-1]})
        assert client.session.session_key != before

    def test_in_the_demonstration_shows_the_way_to_the_simulated_phone(self, account, codes, settings):
        client = Client()
        client.post(SIGN_IN, {"phone": PHONE})
        assert "模拟手机" in text_of(client.get(CODE))
        settings.HUIYIN_DEMO = False
        assert "模拟手机" not in text_of(client.get(CODE))


class TestTheDoor:
    def test_says_whose_it_is_and_whom_to_call(self, db, at):
        announce_front(organ="样本市人民检察院", phone="10000000100", actor=SYSTEM, at=at)
        page = visit(Client(), SIGN_IN).content.decode()
        assert "样本市人民检察院" in page
        assert 'href="tel:10000000100"' in page


class TestSigningOut:
    def test_ends_the_session_and_not_the_text_size(self, phone):
        assert phone.get(HOME).status_code == 200
        assert phone.get("/sign-out/").status_code == 405
        phone.post("/sign-out/")
        assert phone.get(HOME).headers["Location"] == SIGN_IN


class TestAClosedAccount:
    def test_is_shown_out_at_the_next_page(self, phone, account, at):
        close_account(account=account, actor=SYSTEM, at=at)
        assert phone.get(HOME).headers["Location"] == SIGN_IN


class TestEveryPage:
    @pytest.mark.parametrize("name", ["home", "slips", "notes"])
    def test_is_for_accounts_alone(self, db, name):
        assert Client().get(reverse(f"portal:{name}")).headers["Location"] == SIGN_IN

    def test_a_member_of_staff_is_nobody_here(self, world):
        client = Client()
        client.force_login(world.posts["officer_wang"].staff)
        assert client.get(HOME).headers["Location"] == SIGN_IN

    @pytest.mark.parametrize("url", ["/", "/slips/", "/notes/"])
    def test_without_anything_to_show_says_so_kindly(self, phone, url):
        assert re.search("还没有", text_of(visit(phone, url)))

    def test_forbids_caches(self, phone):
        assert phone.get(HOME).headers["Cache-Control"] == "no-store"


class TestLargeLetters:
    def test_come_and_go_without_a_script(self, phone):
        answer = phone.post("/text-size/", headers={"referer": "http://testserver/slips/"})
        assert answer.headers["Location"] == "http://testserver/slips/"
        assert 'data-size="large"' in phone.get(HOME).content.decode()
        phone.post("/text-size/")
        assert 'data-size="large"' not in phone.get(HOME).content.decode()

    def test_lead_nowhere_else(self, db):
        answer = Client().post("/text-size/", headers={"referer": "https://elsewhere.test/"})
        assert answer.headers["Location"] == "/"


def test_two_phones_are_two_sessions(account, at):
    one, two = signed_in(account), Client()
    assert one.get(HOME).status_code == 200
    assert two.get(HOME).status_code == 302
