"""The door of the desk: in, out, locked, unlocked, another post, another password."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.support.visit import visit
from tests.support.world import DEMO_PASSWORD

from huiyin.audit.models import Record
from huiyin.organisations.actors import seated
from huiyin.organisations.models import Post
from huiyin.organisations.operations import enter_staff, unlock
from huiyin.organisations.rules import Role

SIGN_IN = "/desk/sign-in/"


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client, world):
    def do(username="officer_wang", password=DEMO_PASSWORD, **more):
        return client.post(SIGN_IN, {"login": username, "password": password, **more})

    return do


class TestSigningIn:
    def test_has_a_page_as_every_other(self, client, db):
        response = visit(client, SIGN_IN)
        assert "记住" not in response.content.decode()

    def test_opens_the_work_of_the_day(self, sign_in):
        assert sign_in()["Location"] == reverse("desk:home")

    def test_goes_where_one_wanted_to_go(self, client, sign_in):
        wanted = reverse("desk:staff:colleagues")
        there = client.get(wanted)["Location"]
        assert there == f"{SIGN_IN}?next=%2Fdesk%2Fcolleagues%2F"
        assert sign_in(next=wanted)["Location"] == wanted

    def test_never_goes_elsewhere(self, sign_in):
        assert sign_in(next="https://example.com/")["Location"] == reverse("desk:home")

    @pytest.mark.parametrize(
        ("seat", "first"),
        [("sysadmin", "desk:staff:list"), ("secadmin", "desk:staff:locks"), ("auditadmin", "desk:audit:list")],
    )
    def test_leads_an_administrator_to_his_own_page(self, client, sign_in, seat, first):
        assert sign_in(seat)["Location"] == reverse(first)
        assert client.get(reverse("desk:home"))["Location"] == reverse(first)

    def test_takes_the_name_in_capitals_too(self, sign_in):
        assert sign_in(" Officer_WANG ").status_code == 302

    def test_is_recorded(self, sign_in):
        sign_in()
        row = Record.objects.get()
        assert (row.verb, row.result, row.actor_label) == ("organisations.signed_in", "done", "王联络")

    def test_lasts_eight_hours_whatever_happens_in_between(self, client, sign_in, clock, at):
        sign_in()
        page = reverse("desk:staff:colleagues")
        for minute in range(20, 8 * 60, 20):
            clock.move_to(at + timedelta(minutes=minute))
            client.get(page)
        clock.move_to(at + timedelta(hours=7, minutes=59))
        assert client.get(page).status_code == 200
        client.post(reverse("desk:switch_post"), {"post": client.get(page).wsgi_request.user.posts.get().pk})
        clock.move_to(at + timedelta(hours=8, minutes=1))
        assert client.get(page)["Location"].startswith(SIGN_IN)


class TestAFailedSignIn:
    @pytest.mark.parametrize(
        ("username", "password"),
        [("officer_wang", "wrong"), ("nobody_here", "wrong"), ("王联络", "wrong"), ("offıcer_wang", DEMO_PASSWORD)],
    )
    def test_says_the_same_whoever_it_was(self, sign_in, username, password):
        response = sign_in(username, password)
        assert response.status_code == 200
        assert "登录名或者密码不对" in response.content.decode()

    def test_says_the_same_to_a_disabled_person(self, world, sign_in):
        staff = world.posts["officer_wang"].staff
        staff.is_active = False
        staff.save()
        response = sign_in()
        assert "登录名或者密码不对" in response.content.decode()
        assert Record.objects.get().result == "refused"

    def test_leaves_a_refused_record(self, sign_in):
        sign_in(password="wrong")
        row = Record.objects.get()
        assert (row.verb, row.result, row.actor_label) == ("organisations.signed_in", "refused", "officer_wang")

    def test_keeps_no_password_typed_in_the_wrong_field(self, sign_in):
        sign_in("huiyin-demo-2026", "x")
        row = Record.objects.get()
        assert "huiyin-demo" not in str(row.facts) + row.actor_label + row.target_label
        assert row.facts["typed"].startswith("#")

    @pytest.mark.parametrize("data", [{}, {"login": "officer_wang"}, {"login": "x" * 5000, "password": "y" * 5000}])
    def test_that_is_malformed_changes_nothing(self, client, world, data):
        assert client.post(SIGN_IN, data).status_code == 200

    def test_offers_no_json(self, sign_in, client, world):
        response = client.post(SIGN_IN, {"login": "a", "password": "b"}, headers={"Accept": "application/json"})
        assert response["Content-Type"].startswith("text/html")


class TestFiveFailures:
    @pytest.fixture
    def locked(self, sign_in):
        answers = [sign_in(password="wrong") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 403]
        return answers[-1]

    def test_lock_the_name_and_say_until_when(self, locked):
        said = locked.content.decode()
        assert "请在10:30以后再试" in said
        assert "联系安全管理员解锁" in said

    def test_leave_a_record_of_the_lock(self, locked):
        verbs = Record.objects.order_by("id").values_list("verb", "result")
        assert list(verbs) == [("organisations.signed_in", "refused")] * 5 + [("organisations.locked_out", "refused")]

    def test_do_not_admit_the_right_password(self, locked, sign_in):
        assert sign_in().status_code == 403
        assert Record.objects.last().facts["reason"] == "locked"

    def test_are_not_got_round_by_other_spellings(self, locked, sign_in):
        assert sign_in("OFFICER_wang").status_code == 403

    def test_are_over_when_the_page_said(self, locked, sign_in, clock, at):
        clock.move_to(at + timedelta(minutes=20))
        assert "10:30" in sign_in(password="again").content.decode()  # trying meanwhile moves nothing
        clock.move_to(at + timedelta(minutes=30, seconds=1))
        assert sign_in().status_code == 302

    def test_lock_nobody_else(self, locked, sign_in):
        assert sign_in("office_head").status_code == 302

    def test_are_forgiven_by_the_security_administrator(self, locked, sign_in, world, at):
        unlock(staff=world.posts["officer_wang"].staff, actor=seated(world.seats["secadmin"]), at=at)
        assert sign_in().status_code == 302


class TestSigningOut:
    def test_ends_the_session(self, client, sign_in):
        sign_in()
        assert client.post(reverse("desk:sign_out"))["Location"] == SIGN_IN
        assert client.get(reverse("desk:staff:colleagues")).status_code == 302
        assert Record.objects.last().verb == "organisations.signed_out"

    def test_needs_a_button(self, client, sign_in):
        sign_in()
        assert client.get(reverse("desk:sign_out")).status_code == 405

    def test_needs_the_token_of_a_form(self, world):
        assert Client(enforce_csrf_checks=True).post(reverse("desk:sign_out")).status_code == 403


class TestSwitchingPosts:
    @pytest.fixture
    def second(self, world):
        wang = world.posts["officer_wang"]
        return Post.objects.create(
            staff=wang.staff, procuratorate=world.city, role=Role.REGISTRY, title="兼机要", from_on=wang.from_on
        )

    def test_acts_in_the_post_chosen(self, client, sign_in, second):
        sign_in()
        client.post(reverse("desk:switch_post"), {"post": second.pk})
        assert client.get(reverse("desk:staff:colleagues")).wsgi_request.post == second

    @pytest.mark.parametrize("wanted", ["", "x", "-1", "99999999999999999999"])
    def test_knows_no_posts_of_others(self, client, sign_in, second, world, wanted):
        sign_in()
        assert client.post(reverse("desk:switch_post"), {"post": wanted}).status_code == 404
        theirs = world.posts["chief"].pk
        assert client.post(reverse("desk:switch_post"), {"post": theirs}).status_code == 404

    def test_falls_back_when_the_post_has_ended(self, client, sign_in, second, at):
        sign_in()
        client.post(reverse("desk:switch_post"), {"post": second.pk})
        second.until_on = at.date()
        second.save()
        assert client.get(reverse("desk:staff:colleagues")).wsgi_request.post.role == Role.LIAISON_OFFICE


class TestSomeoneWithoutAPost:
    def test_is_told_whom_to_ask(self, client, sign_in, world, at):
        Post.objects.filter(pk=world.posts["officer_wang"].pk).update(until_on=at.date())
        sign_in()
        response = client.get(reverse("desk:staff:colleagues"))
        assert response.status_code == 403
        assert "没有在任的岗位" in response.content.decode()


class TestChangingThePassword:
    def change(self, client, old=DEMO_PASSWORD, new="another-word-27", again="another-word-27"):
        return client.post(reverse("desk:change_password"), {"old": old, "new": new, "again": again})

    def test_has_a_page_as_every_other(self, client, sign_in):
        sign_in()
        visit(client, reverse("desk:change_password"))

    def test_keeps_this_session_and_ends_the_others(self, client, sign_in, world):
        elsewhere = Client()
        elsewhere.post(SIGN_IN, {"login": "officer_wang", "password": DEMO_PASSWORD})
        sign_in()
        assert self.change(client).status_code == 302
        assert client.get(reverse("desk:staff:colleagues")).status_code == 200
        assert elsewhere.get(reverse("desk:staff:colleagues")).status_code == 302

    def test_refuses_with_a_sentence_and_a_record(self, client, sign_in):
        sign_in()
        response = self.change(client, old="wrong")
        assert response.status_code == 422
        assert "现在的密码不对" in response.content.decode()
        assert Record.objects.last().result == "refused"

    def test_wants_the_new_one_twice_alike(self, client, sign_in):
        sign_in()
        assert "不一样" in self.change(client, again="another-word-28").content.decode()

    def test_comes_before_everything_else_with_a_first_password(self, client, sign_in, world, at):
        enter_staff(
            username="newcomer",
            name="辛来者",
            password="first-word-2026",
            actor=seated(world.seats["sysadmin"]),
            at=at,
        )
        here = reverse("desk:change_password")
        assert sign_in("newcomer", "first-word-2026")["Location"] == here
        assert client.get(reverse("desk:staff:colleagues"))["Location"] == here
        assert "初始密码" in client.get(here).content.decode()
        assert self.change(client, old="first-word-2026").status_code == 302


class TestPagesOfAllauth:
    @pytest.mark.parametrize(
        "name", ["account_login", "account_signup", "account_inactive", "account_email", "account_reset_password"]
    )
    def test_are_not_there(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)
