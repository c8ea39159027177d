"""A desk left alone: the session ends, what was typed does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from tests.support.visit import check_html
from tests.support.world import DEMO_PASSWORD

from huiyin.organisations.models import Staff
from huiyin.web.idle import COOKIE

SIGN_IN, HOME, FORM = "/desk/sign-in/", "/desk/", "/desk/matters/new/"
MINUTE = timedelta(minutes=1)
OWN = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(in_force):
    def do(client):
        client.get(SIGN_IN)
        token = client.cookies["csrftoken"].value
        given = {"login": "officer_wang", "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token}
        client.post(SIGN_IN, given, headers=OWN)
        return client

    return do


def is_out(response):
    return response.status_code == 302 and response["Location"].startswith(SIGN_IN)


class TestADeskInUse:
    def test_stays_open_as_long_as_somebody_works(self, client, signed_in, clock):
        signed_in(client)
        for _ in range(5):
            clock.shift(settings.HUIYIN_IDLE - MINUTE)
            assert client.get(HOME).status_code == 200

    def test_writes_no_row_for_it(self, client, signed_in, clock, django_assert_num_queries):
        signed_in(client).get(HOME)
        before = Session.objects.get().session_data
        clock.shift(MINUTE * 2)
        client.get(HOME)
        assert Session.objects.get().session_data == before


class TestADeskLeftAlone:
    @pytest.fixture
    def left(self, client, signed_in, clock):
        signed_in(client).get(HOME)
        clock.shift(settings.HUIYIN_IDLE + MINUTE)
        return client

    def test_asks_for_the_password_and_then_opens_the_page(self, left):
        answer = left.get(HOME)
        assert is_out(answer)
        assert answer["Location"] == f"{SIGN_IN}?next=%2Fdesk%2F"
        assert not Session.objects.exists()
        again = left.post(SIGN_IN, {"login": "officer_wang", "password": DEMO_PASSWORD, "next": HOME})
        assert again["Location"] == HOME
        assert left.get(HOME).status_code == 200

    def test_is_not_opened_by_an_old_cookie_or_by_none(self, client, signed_in, clock):
        signed_in(client).get(HOME)
        old = client.cookies[COOKIE].value
        session = client.cookies["sessionid"].value
        clock.shift(settings.HUIYIN_IDLE + MINUTE)
        for seen in (old, old[:-1] + "x", "", "2000000000:abc"):
            thief = Client()
            thief.cookies["sessionid"] = session
            thief.cookies[COOKIE] = seen
            assert is_out(thief.get(HOME))

    def test_is_not_kept_open_by_a_page_that_refreshes_itself(self, client, signed_in, clock):
        signed_in(client).get(HOME)
        clock.shift(settings.HUIYIN_IDLE - MINUTE)
        client.get(HOME, headers={"HX-Request": "true"})
        clock.shift(MINUTE * 2)
        assert is_out(client.get(HOME))


class TestAFormSentTooLate:
    def late(self, client, signed_in, clock, **typed):
        signed_in(client).get(HOME)
        clock.shift(settings.HUIYIN_IDLE + MINUTE)
        return client.post(FORM, {"title": "关于<样例>的建议", "lead": ["甲", "乙"], **typed})

    def test_is_answered_with_everything_that_was_typed(self, client, signed_in, clock):
        answer = self.late(client, signed_in, clock)
        page = answer.content.decode()
        check_html(FORM, page)
        assert answer.status_code == 403
        assert "登录已过期" in page
        assert '<input type="hidden" name="title" value="关于&lt;样例&gt;的建议">' in page
        assert page.count('name="lead"') == 2
        assert f'action="{FORM}"' in page

    def test_never_sends_a_password_back(self, client, signed_in, clock):
        answer = self.late(client, signed_in, clock, password="Geheim-2026", old="Geheim-2026")
        assert "Geheim" not in answer.content.decode()

    def test_asks_for_its_files_again(self, client, signed_in, clock):
        from django.core.files.uploadedfile import SimpleUploadedFile

        answer = self.late(client, signed_in, clock, scan=SimpleUploadedFile("原件.pdf", b"%PDF-1.4"))
        page = answer.content.decode()
        assert "请重新选择文件“原件.pdf”" in page
        assert 'type="file" name="scan" required' in page
        assert "multipart/form-data" in page

    def test_is_sent_again_after_signing_in_elsewhere(self, in_force, signed_in, clock):
        """Without script: the token of before is refused once more, with a fresh one to press again."""
        browser = signed_in(Client(enforce_csrf_checks=True))
        token = browser.cookies["csrftoken"].value
        browser.post("/desk/sign-out/", {"csrfmiddlewaretoken": token}, headers=OWN)
        fresh = signed_in(browser).cookies["csrftoken"].value
        assert fresh != token
        answer = browser.post(FORM, {"title": "甲", "csrfmiddlewaretoken": token}, headers=OWN)
        assert answer.status_code == 403
        assert '<input type="hidden" name="title" value="甲">' in answer.content.decode()
        final = browser.post(FORM, {"title": "甲", "csrfmiddlewaretoken": fresh}, headers=OWN)
        assert final.status_code == 422  # it arrived: the form names what is missing

    def test_is_not_offered_again_when_another_site_sent_it(self, signed_in):
        browser = signed_in(Client(enforce_csrf_checks=True))
        for origin in ({"Origin": "https://example.com"}, {"Origin": "null"}, {}):
            page = browser.post(FORM, {"title": "甲"}, headers=origin).content.decode()
            assert 'value="甲"' not in page
            assert "没有生效" in page


class TestAPasswordOfTwoKinds:
    @pytest.mark.parametrize("password", ["abcdefgh2026", "ABCDEFGH2026", "一二三四五六七八九十", "abcdefghijkl"])
    def test_is_refused_in_words(self, client, signed_in, password):
        signed_in(client)
        given = {"old": DEMO_PASSWORD, "new": password, "again": password}
        page = client.post("/desk/password/", given)
        assert page.status_code == 422
        assert "四类中的三类" in page.content.decode()

    def test_of_three_is_taken(self, client, signed_in):
        signed_in(client)
        given = {"old": DEMO_PASSWORD, "new": "Abcdefgh2026", "again": "Abcdefgh2026"}
        assert client.post("/desk/password/", given).status_code == 302
        assert Staff.objects.get(username="officer_wang").check_password("Abcdefgh2026")
