"""The decorators of pages."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.audit.models import Record

COLLEAGUES, SUBSTITUTE = "/desk/colleagues/", "/desk/colleagues/1/substitute/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(world):
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(
            (world.posts.get(name) or world.seats[name]).staff,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    return sign_in


class TestAPage:
    def test_is_kept_by_no_cache_and_told_apart_from_its_fragments(self, as_):
        response = as_("chief").get(COLLEAGUES)
        assert response["Cache-Control"] == "no-store"
        assert "HX-Request" in response["Vary"]

    def test_sends_a_fragment_request_to_the_sign_in_as_a_whole(self, client, db):
        response = client.get(COLLEAGUES, headers=HTMX)
        assert response.status_code == 204
        assert response["HX-Redirect"].startswith("/desk/sign-in/")

    def test_takes_only_its_methods(self, as_):
        assert as_("chief").post(COLLEAGUES).status_code == 405
        assert as_("chief").head(COLLEAGUES).status_code == 200


class TestAnActWithoutTheRight:
    def test_is_recorded_as_refused(self, as_):
        assert as_("chief").post("/desk/audit/inspection/1/open/", {"reason": "看一看吧"}).status_code == 403
        row = Record.objects.get()
        assert (row.verb, row.result, row.actor_label) == ("audit.open", "refused", "程检（检察长）")

    def test_is_recorded_for_an_administrator_too(self, as_):
        assert as_("sysadmin").post(SUBSTITUTE).status_code == 403
        assert Record.objects.get().actor_label == "系统管理员"

    def test_leaves_no_record_when_only_a_page_was_asked_for(self, as_):
        assert as_("chief").get("/desk/audit/inspection/").status_code == 403
        assert not Record.objects.exists()


class TestAnAct:
    def test_answers_a_fragment_request_with_its_own_redirect(self, as_, world):
        chief = world.posts["chief"]
        response = as_("chief").post("/desk/switch-post/", {"post": chief.pk}, headers=HTMX)
        assert (response.status_code, response["HX-Redirect"]) == (204, "/desk/")
