"""No request breaks a page, and none that is malformed changes anything (issue section "Failure")."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings

from tests.failure.malformed import (
    CURSORS,
    DAYS,
    HUGE,
    METHODS,
    UNREADABLE,
    VALUES,
    bad_values,
    encoded,
    strange_files,
)
from tests.failure.prober import Outcome, Prober, without_numbers
from tests.support.books import put_books_in_force
from tests.support.standing import stored_files
from tests.support.walk import Page, Walk
from tests.support.world import build_world, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-03-05 10:00")

# What these take is nothing at all, or words in which everything is possible: an act of theirs is no fault.
TAKES_ANYTHING = {
    "desk:acts:note", "desk:approvals:object", "desk:approvals:read", "desk:approvals:withdraw",
    "desk:books:put_in_force", "desk:books:refuse", "desk:filing:bind",
    "desk:inquiries:open", "desk:matters:unrelate", "desk:messages:read",
    "desk:messages:read_all", "desk:people:end_binding", "desk:ratings:call", "desk:replies:begin", "desk:sign_out",
    "desk:staff:change_office", "desk:staff:change_post", "desk:staff:change_staff",
    "desk:staff:end_substitution", "desk:staff:reset_password", "portal:read_note", "portal:sign_out",
    "portal:text_size",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def prober(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Prober]:
    """One house for all tests, since every probe is taken back; its transaction ends with the module."""
    home = override_settings(HUIYIN_HOME=tmp_path_factory.mktemp("home"))
    with django_db_blocker.unblock(), time_machine.travel(AT, tick=False), home, transaction.atomic():
        yield Prober(Walk(put_books_in_force(build_world()), AT))
        transaction.set_rollback(True)


def posts(prober: Prober) -> list[Page]:
    return [page for page in prober.pages if "POST" in page.methods]


def gets(prober: Prober) -> list[Page]:
    return [page for page in prober.pages if prober.is_html(page)]


KEPT = frozenset({"files_draft", "files_storedfile"})
"""Where a refused form keeps what was uploaded with it, so that nothing is lost; swept later."""


def faults(page: str, what: str, outcome: Outcome) -> list[str]:
    """What is wrong about an outcome, as a line."""
    kept = KEPT if outcome.status == 422 else frozenset()
    if outcome.broke or set(outcome.changes) - kept:
        return [f"{page}, {what}: {outcome}"]
    if outcome.status in {400, 413, 422} and not outcome.sentence:
        return [f"{page}, {what}: {outcome.status} without a sentence"]
    return []


class TestAFormOfAThingOnItsWay:
    def test_is_accepted_as_long_as_nothing_is_wrong_with_it(self, prober: Prober):
        sent = {form.url: prober.send(client, "POST", form.url, said) for client, form, said in prober.forms_of_acts}
        assert {url: str(outcome) for url, outcome in sent.items() if outcome.status != 302} == {}
        assert all(outcome.changes for outcome in sent.values())


class TestEveryForm:
    def test_refuses_values_of_another_kind(self, prober: Prober):
        wrong = []
        for page in posts(prober):
            client, url = prober.guest(page), prober.addresses[page.name]
            for what, value in list(VALUES.items())[1:]:
                outcome = prober.send(client, "POST", url, dict.fromkeys(prober.names, value))
                if outcome.broke or page.name not in TAKES_ANYTHING:
                    wrong += faults(page.name, what, outcome)
        assert not wrong, "\n".join(wrong)

    def test_refuses_bytes_that_are_no_text(self, prober: Prober):
        wrong = []
        for page in posts(prober):
            client, url = prober.guest(page), prober.addresses[page.name]
            for what, value in UNREADABLE.items():
                body = encoded(prober.names, value)
                wrong += faults(page.name, what, prober.send(client, "POST", url, body, content_type=FORM))
        assert not wrong, "\n".join(wrong)

    def test_refuses_each_field_that_could_not_have_been_sent(self, prober: Prober):
        wrong = []
        for client, form, said in prober.forms:
            controls = {without_numbers(control.name): control for control in form.controls if form.method == "post"}
            for control in controls.values():
                for value in bad_values(control):
                    outcome = prober.send(client, "POST", form.url, said | {control.name: value})
                    wrong += faults(form.url, f"{control.name}={value[:20]}", outcome)
        assert not wrong, "\n".join(wrong)

    def test_survives_days_no_office_will_meet(self, prober: Prober):
        wrong = []
        for client, form, said in prober.forms:
            days = [control for control in form.controls if control.kind == "date"]
            for day in DAYS if form.method == "post" else ():
                for control in days:
                    outcome = prober.send(client, "POST", form.url, said | {control.name: day})
                    wrong += [f"{form.url}, {control.name}={day}: {outcome}"] if outcome.broke else []
        assert not wrong, "\n".join(wrong)


class TestEveryPage:
    def test_opens_or_is_not_there_whatever_its_address_asks_for(self, prober: Prober):
        wrong = []
        for page in gets(prober):
            client, url = prober.guest(page), prober.addresses[page.name]
            for what, value in list(VALUES.items())[:2]:
                wrong += faults(page.name, what, prober.send(client, "GET", url, dict.fromkeys(prober.names, value)))
            for what, raw in UNREADABLE.items():
                query = encoded(prober.names, raw).decode("latin-1")
                wrong += faults(page.name, what, prober.send(client, "GET", url, QUERY_STRING=query))
        assert not wrong, "\n".join(wrong)

    def test_begins_at_the_first_row_with_a_cursor_that_is_none(self, prober: Prober):
        wrong = []
        for page in (page for page in gets(prober) if prober.is_paged(page)):
            for place, cursor in enumerate(CURSORS):
                asked = {"before" if place % 2 else "after": cursor}
                outcome = prober.send(prober.guest(page), "GET", prober.addresses[page.name], asked)
                wrong += faults(page.name, str(asked)[:60], outcome)
        assert not wrong, "\n".join(wrong)

    def test_is_not_there_under_a_number_no_row_can_have(self, prober: Prober):
        wrong = []
        for page in prober.pages:
            for method in page.methods if page.converters else ():
                for url in strange_addresses(page):
                    outcome = prober.send(prober.guest(page), method, url)
                    if outcome.status not in {400, 404} or outcome.changes:
                        wrong.append(f"{method} {url[:80]}: {outcome}")
        assert not wrong, "\n".join(wrong)

    def test_knows_its_methods_and_no_others(self, prober: Prober):
        wrong = []
        for page in prober.pages:
            client, url = prober.guest(page), prober.addresses[page.name]
            for method in {*METHODS, "GET", "POST"} - set(page.methods):
                outcome = prober.send(client, method, url, b"title=a", content_type=FORM)
                if outcome.status != 405 or outcome.changes:
                    wrong.append(f"{method} {page.name}: {outcome}")
        assert not wrong, "\n".join(wrong)


def strange_addresses(page: Page) -> list[str]:
    """The page's address with things in the place of its parameters that it never gave away."""
    usual = page.anywhere()
    route = "/" + page.route
    found = []
    for number, text in ((HUGE, "%2e%2e%2f"), ("0", "%ED%A0%80")):
        url = route
        for name, converter in page.converters:
            kind = type(converter).__name__
            filling = number if kind == "IntConverter" else text
            url = url.replace(next(part for part in _parts(route) if part.endswith(f":{name}>")), filling)
        found.append(url)
    return [url for url in found if url != usual]


def _parts(route: str) -> list[str]:
    return [f"<{part.partition('>')[0]}>" for part in route.split("<")[1:]]


class TestAForgedForm:
    def test_is_turned_away_with_a_sentence(self, prober: Prober):
        wrong = []
        for page in prober.pages:
            if "POST" not in page.methods:
                continue
            strict = Client(enforce_csrf_checks=True)
            strict.cookies = prober.guest(page).cookies
            outcome = prober.send(strict, "POST", prober.addresses[page.name], {"title": "a"})
            if outcome.status != 403 or not outcome.sentence or outcome.changes:
                wrong.append(f"{page.name}: {outcome}")
        assert not wrong, "\n".join(wrong)


class TestEveryFileField:
    def test_refuses_programs_under_the_names_of_papers_and_thirty_megabytes(self, prober: Prober):
        wrong, before = [], stored_files()
        for client, form, said in prober.forms:
            for control in (control for control in form.controls if control.kind == "file"):
                for sent in strange_files():
                    outcome = prober.send(client, "POST", form.url, said | {control.name: sent})
                    wrong += faults(form.url, f"{control.name}: {sent.name}", outcome)
                    wrong += [] if outcome.status in {400, 413, 422} else [f"{form.url} takes {sent.name}: {outcome}"]
        assert not wrong, "\n".join(wrong)
        assert stored_files() == before
