"""Every URL belongs to exactly one permission; every role, own and other office, gets what it may and no more."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from huiyin.organisations.permissions import verbs
from tests.support.books import put_books_in_force
from tests.support.examples_portal import account
from tests.support.visit import visit
from tests.support.walk import Answer, Guest, Page, Walk, ask, pages
from tests.support.world import build_world, moment

PUBLIC = {
    "desk:sign_in",
    "desk:sign_out",
    "healthz",
    "phone:screen",  # the demonstration only: tests/test_demo_only
    "portal:code",
    "portal:published",
    "portal:published_answer",
    "portal:sign_in",
    "portal:sign_out",
    "portal:text_size",
}


OF_OVERSIGHT = "on the page of a matter of these kinds; the matter of the examples is a suggestion"
# Pages that no example links to, each with the reason.
UNLINKED: dict[str, str] = {
    "desk:superior:give": "on the register's rows of lower offices, shown once they are asked for",
    "desk:oversight:answer": OF_OVERSIGHT,
    "desk:oversight:correct": OF_OVERSIGHT,
    "desk:oversight:note": OF_OVERSIGHT,
    "desk:oversight:result": OF_OVERSIGHT,
    "desk:oversight:settle": OF_OVERSIGHT,
    "desk:oversight:take_up": OF_OVERSIGHT,
    "desk:polls:open": "on the page of an answered matter; the matter of the examples is new",
    "desk:polls:detail": "on the page of a matter whose answer is being rated by all",
}


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """One house for all tests, since everything asked is taken back; its transaction ends with the module."""
    at = moment("2026-03-05 10:00")
    with django_db_blocker.unblock(), time_machine.travel(at, tick=False), transaction.atomic():
        walk = Walk(put_books_in_force(build_world()), at)
        for page in pages():
            walk.address(page, "own")
            walk.address(page, "other")
        assert walk.roles
        assert walk.seats
        yield walk
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_kept(request):
    """Whatever a test does to the house is taken back before the next one."""
    if "walk" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("walk")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def desk_pages(*faces: str) -> list[Page]:
    """Pages of these faces behind a sign-in."""
    return [page for page in pages() if page.face in faces and page.name not in PUBLIC]


def said(page: Page, guest: Guest | str, method: str, answer: Answer) -> str:
    who = guest if isinstance(guest, str) else guest.name
    return f"{method} {page.name} as {who}: {answer.status} {answer.words}"


@pytest.mark.pure
class TestEveryUrl:
    def test_has_a_name_of_its_own(self):
        names = [page.name for page in pages()]
        assert all(name and not name.endswith(":") for name in names)
        assert len(names) == len(set(names))

    def test_has_exactly_one_permission(self):
        without = [page.name for page in pages() if page.permission is None]
        assert not without, "every view stands under desk_page, seat_page, staff_page, account_page or open_page"
        declared = {verb.code for verb in verbs()} | {"public", "signed_in", "account"}
        assert {page.name: page.permission.code for page in pages() if page.permission.code not in declared} == {}

    def test_asks_for_a_sign_in_unless_it_is_known_to_be_open(self):
        assert {page.name for page in pages() if page.permission.code == "public"} == PUBLIC

    def test_either_reads_or_acts(self):
        assert all(page.methods in {("GET",), ("POST",), ("GET", "POST")} for page in pages())

    def test_gives_every_verb_of_the_desk_to_somebody(self):
        assert [page.name for page in desk_pages("desk") if not page.verb.roles] == []
        assert [page.name for page in desk_pages("admin") if not page.verb.seats] == []


class TestEveryUrlWithParameters:
    def test_has_an_example_in_both_offices(self, walk):
        assert not walk.gaps, "\n".join(sorted(walk.gaps))


class TestAStranger:
    def test_is_shown_the_way_in(self, walk):
        wrong = []
        for page in desk_pages("desk", "admin", "staff", "portal"):
            for method in page.methods:
                answer = ask(Client(), method, page.anywhere())
                door = "/sign-in/" if page.face == "portal" else "/desk/sign-in/"
                if answer.status != 302 or not answer.location.startswith(door) or answer.written:
                    wrong.append(said(page, "a stranger", method, answer))
        assert not wrong, "\n".join(wrong)


class TestSomeoneWithoutTheVerb:
    def test_is_refused(self, walk):
        wrong = []
        for page in desk_pages("desk", "admin"):
            for guest in [*walk.roles, *walk.seats]:
                if guest.may(page) and (page.face == "desk") == bool(guest.role):
                    continue
                method = page.methods[-1]  # what a page asks before anything else does not depend on the method
                answer = ask(guest.client, method, page.anywhere())
                led_on = page.name == "desk:home" and guest.seat and answer.status == 302
                if (answer.status != 403 and not led_on) or (method == "GET" and answer.written):
                    wrong.append(said(page, guest, method, answer))
        assert not wrong, "\n".join(wrong)


class TestSomeoneOfAnotherOffice:
    def test_finds_nothing(self, walk):
        wrong = []
        for page in desk_pages("desk"):
            url = walk.address(page, "other") if page.converters else None
            for guest in [guest for guest in walk.roles if guest.may(page)] if url else []:
                for method in page.methods:
                    answer = ask(guest.client, method, url)
                    if answer.status != 404:
                        wrong.append(said(page, guest, method, answer))
        assert not wrong, "\n".join(wrong)

    def test_finds_nothing_on_the_phone_site_either(self, walk):
        phone = _phone(walk)
        wrong = []
        for page in desk_pages("portal"):
            url = walk.address(page, "other") if page.converters else None
            for method in page.methods if url else ():
                answer = ask(phone, method, url)
                if answer.status != 404:
                    wrong.append(said(page, "another deputy", method, answer))
        assert not wrong, "\n".join(wrong)


class TestSomeoneWhoMay:
    def test_is_never_turned_away_and_changes_nothing_by_reading(self, walk):
        guests = {page.name: _guests(walk, page) for page in desk_pages("desk", "admin", "staff")}
        before, wrong = _counts(), []
        for page in desk_pages("desk", "admin", "staff"):
            for guest in [guest for guest in guests[page.name] if guest.may(page)]:
                for method in page.methods:
                    url = walk.address(page, "own") or page.anywhere()
                    answer = walk.read(guest, url) if method == "GET" else ask(guest.client, method, url)
                    if answer.status in {403, 405} or answer.status >= 500:
                        wrong.append(said(page, guest, method, answer))
                    if method == "GET" and answer.written:
                        wrong.append(f"{said(page, guest, method, answer)} writes {answer.written}")
        assert not wrong, "\n".join(wrong)
        assert _counts() == before


class TestEveryPage:
    def test_is_what_a_page_must_be_for_whom_it_is_made(self, walk):
        wrong = []
        for page in desk_pages("desk", "admin"):
            if "GET" not in page.methods:
                continue
            url = walk.address(page, "own")
            if url is None:
                continue  # a gap, named above
            may = [guest for guest in _guests(walk, page) if guest.may(page)]
            guest = next((guest for guest in may if walk.read(guest, url).status == 200), None)
            if guest is None:
                wrong.append(f"{page.name} {url}: opens for nobody who may")
                continue
            try:
                visit(guest.client, url)
            except AssertionError as error:
                wrong.append(f"{page.name} as {guest.name}: {error}")
        assert not wrong, "\n".join(wrong)

    def test_is_what_a_page_must_be_on_the_phone_site(self, walk):
        phone = _phone(walk)
        for page in desk_pages("portal"):
            if "GET" in page.methods and page.permission.code == "account":
                visit(phone, walk.address(page, "own"))

    def test_is_what_a_page_must_be_for_everyone(self, walk):
        someone = walk.roles[0].client
        for page in pages():
            if "GET" in page.methods and page.permission.code in {"public", "signed_in"} and page.name != "healthz":
                client = someone if page.permission.code == "signed_in" else Client()
                if page.name != "portal:code":  # begins with a number given on the page before
                    visit(client, walk.address(page, "own") or page.anywhere())


class TestEveryLink:
    def test_leads_somewhere_for_whom_it_is_shown_and_every_page_is_linked(self, walk):
        wrong, linked = [], set()
        for page in desk_pages("desk", "admin"):
            if "GET" not in page.methods or (url := walk.address(page, "own")) is None:
                continue
            for guest in [guest for guest in _guests(walk, page) if guest.may(page)]:
                shown = walk.read(guest, url)
                for link, name in (_links(url, shown.html) if shown.status == 200 else {}).items():
                    linked.add(name)
                    if (guest.name, name) not in walk.followed:
                        walk.followed.add((guest.name, name))
                        answer = walk.read(guest, link)
                        if answer.status not in {200, 302}:
                            wrong.append(
                                f"{page.name} shows {guest.name} a link to {link}, which answers {answer.status}"
                            )
        assert not wrong, "\n".join(wrong)
        wanted = {page.name for page in desk_pages("desk", "admin") if "GET" in page.methods}
        assert wanted - linked - set(UNLINKED) == set()


LINK = re.compile(r'<(?:a|iframe)\b[^>]*?\s(?:href|src)="([^"]+)"')


def _links(base: str, html: str) -> dict[str, str]:
    """Addresses of the desk that a page links to, and the names of the pages there."""
    found = {}
    for link in LINK.findall(html):
        address = urljoin(base, unescape(link)).partition("#")[0]
        if address.startswith("/desk/"):
            try:
                found[address] = resolve(address.partition("?")[0]).view_name
            except Resolver404:
                found[address] = "nowhere"
    return found


def _guests(walk: Walk, page: Page) -> list[Guest]:
    return {"desk": walk.roles, "admin": walk.seats, "staff": [*walk.roles, *walk.seats]}[page.face]


def _phone(walk: Walk) -> Client:
    client = Client()
    session = client.session
    session["outside_account"] = account(walk.cases["own"]).public_id
    session.save()
    return client


def _counts() -> dict[str, int]:
    ours = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: model._default_manager.count() for model in ours}
