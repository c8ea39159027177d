"""Requests no form of ours could have sent get a plain page and change nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.visit import check_html

from huiyin.audit.models import Record

SIGN_IN = "/desk/sign-in/"
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def asking(world) -> Client:
    """王联络, whose browser does not raise what the house should catch."""
    client = Client(raise_request_exception=False)
    client.force_login(world.posts["officer_wang"].staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestABrokenRequest:
    @pytest.mark.parametrize("address", ["/desk/colleagues/?q=a%00b", "/desk/%00/", "/desk/colleagues/?%00=1"])
    def test_with_a_nul_in_its_address_is_refused(self, asking, address):
        response = asking.get(address)
        assert response.status_code == 400
        check_html(address, response.content.decode())

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"login=a%00b&password=x", "application/x-www-form-urlencoded"),
            (b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\x00b\r\n--x--\r\n', MULTIPART),
            (b"no boundary at all", "multipart/form-data"),
            (b"--x\r\nbroken", "multipart/form-data; boundary="),
            (b"&".join(b"a%d=1" % number for number in range(4000)), "application/x-www-form-urlencoded"),
        ],
        ids=["nul", "nul in a part", "no boundary", "empty boundary", "too many fields"],
    )
    def test_with_such_a_body_is_refused(self, asking, body, kind):
        response = asking.post(SIGN_IN, data=body, content_type=kind)
        assert response.status_code == 400
        assert not Record.objects.exists()

    def test_that_is_too_large_is_refused_with_a_sentence(self, asking):
        body = b"login=" + b"a" * 3_000_000
        response = asking.post(SIGN_IN, data=body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 413
        assert "太大" in response.content.decode()

    def test_in_bytes_that_are_no_text_breaks_nothing(self, asking):
        response = asking.post(
            "/desk/password/", data=b"old=%ff%fe&new=%c0%80", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code in {400, 422}

    @pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
    def test_by_another_method_is_refused(self, asking, method):
        assert getattr(asking, method)("/desk/colleagues/").status_code == 405


class TestAnErrorPage:
    def test_of_an_act_opened_by_hand_says_that_nothing_was_done(self, asking):
        response = asking.get("/desk/sign-out/")
        assert response.status_code == 405
        assert "没有改动任何内容" in response.content.decode()
        assert 'href="/desk/"' in response.content.decode()

    def test_of_a_wrong_address_leads_staff_back_to_the_desk(self, asking):
        response = asking.get("/desk/nothing-here/")
        assert response.status_code == 404
        check_html("404", response.content.decode())
        assert 'href="/desk/"' in response.content.decode()

    def test_of_a_wrong_address_leads_a_deputy_to_the_phone_site(self, client, db):
        assert 'class="btn btn-primary" href="/"' in client.get("/nothing-here/").content.decode()

    def test_says_that_the_post_may_not(self, asking):
        response = asking.get("/desk/audit/inspection/")
        assert response.status_code == 403
        check_html("403", response.content.decode())
        assert "您的岗位不能办理这一步" in response.content.decode()

    def test_explains_a_form_that_was_open_too_long(self, world):
        response = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "a", "password": "b"})
        assert response.status_code == 403
        assert "页面停留时间过长" in response.content.decode()

    def test_needs_nothing_when_the_house_itself_is_at_fault(self, asking, monkeypatch):
        monkeypatch.setattr("huiyin.desk.staff.colleagues.posts_of", lambda *given: 1 / 0)
        response = asking.get("/desk/colleagues/")
        assert response.status_code == 500
        check_html("500", response.content.decode())
