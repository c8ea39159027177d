"""Two officers on one page, a stale page, a double click: one wins, the other gets a sentence (design section 1)."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import html5lib
import pytest
import time_machine
from django.db import connections
from django.test import Client

from huiyin.audit.models import Record
from huiyin.organisations.models import Post, Staff
from tests.failure.acts import MAKING, ONCE, ONE_OF_A_KIND, Act, Build
from tests.support.books import put_books_in_force
from tests.support.standing import changed, standing
from tests.support.world import World, build_world

AT_ONCE = 4
LEFT_OVER = {"files_draft", "files_storedfile"}  # what was uploaded with the second click, until it is swept


def colleagues(world: World) -> World:
    """A second officer wherever one person alone would do everything."""
    for key, name, beside in (
        ("officer_sun", "孙联络", "officer_wang"),
        ("head_second_too", "魏副部", "head_second"),
        ("registry_too", "闻机要", "registry"),
    ):
        held = world.posts[beside]
        world.posts[key] = Post.objects.create(
            staff=Staff.objects.create(username=key, name=name), procuratorate=held.procuratorate,
            department=held.department, role=held.role, title=held.title, from_on=held.from_on,
        )  # fmt: skip
    return world


@pytest.fixture
def office(in_force: World) -> World:
    return colleagues(in_force)


@pytest.fixture
def office_for_all(committed_db: None) -> World:
    """The same, committed, for officers in threads of their own."""
    return colleagues(put_books_in_force(build_world()))


@pytest.fixture(params=ONCE.values(), ids=ONCE)
def once(request: pytest.FixtureRequest) -> Build:
    found: Build = request.param
    return found


def sentence_on(page: str) -> str:
    """What the page says over everything else went wrong."""
    said = [each for each in html5lib.parse(page).iter() if each.get("data-refused") is not None]
    return "".join("".join(each.itertext()) for each in said).strip()


def acts_on_record() -> Counter[str]:
    """How many acts were done, and how many refused."""
    return Counter(Record.objects.filter(parent=None).values_list("result", flat=True))


class TestTheSecondOfTwoOfficers:
    def test_is_told_in_a_sentence_and_changes_nothing(self, office: World, desk, at: datetime, once: Build):
        act = once(office, at)
        one, other = desk(act.who), desk(act.other)
        first, second = act.read_by(one), act.read_by(other)
        assert one.post(act.to, first).status_code == 302
        after_one, acts = standing(), acts_on_record()
        answer = other.post(act.to, second)
        assert answer.status_code == 422
        assert re.fullmatch(r"[\u4e00-\u9fff《].*。", sentence_on(answer.content.decode()))
        assert changed(after_one) == []
        assert acts_on_record() - acts == {"refused": 1}


class TestADoubleClick:
    def test_is_one_act(self, office: World, desk, at: datetime, once: Build):
        act = once(office, at)
        browser, acts = desk(act.who), acts_on_record()
        said = act.read_by(browser)
        answers = [browser.post(act.to, said).status_code for _ in range(2)]
        assert answers == [302, 422]
        assert acts_on_record() - acts == {"done": 1, "refused": 1}

    @pytest.mark.parametrize("making", MAKING.values(), ids=MAKING)
    def test_is_shown_what_the_first_click_made(self, office: World, desk, at: datetime, making: Build):
        act = making(office, at)
        browser, acts = desk(act.who), acts_on_record()
        said = act.read_by(browser)
        first = browser.post(act.to, said)
        after_one = standing()
        second = browser.post(act.to, said | act.filled)
        assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
        assert first.status_code == 302
        assert set(changed(after_one)) <= LEFT_OVER
        assert "refused" not in acts_on_record() - acts


class TestAStalePage:
    @pytest.mark.parametrize("name", ["classify", "fill", "save_letter"])
    def test_keeps_what_was_typed(self, office: World, desk, at: datetime, name: str):
        act = ONCE[name](office, at)
        one, other = desk(act.who), desk(act.other)
        stale = act.read_by(other)
        typed = {
            name: f"{value}（另一位写的）"
            for name, value in stale.items()
            if name in {"key_reason", "opinion", "closing"}
        }
        one.post(act.to, act.read_by(one))
        page = other.post(act.to, stale | typed).content.decode()
        assert typed
        assert all(words in page for words in typed.values())

    def test_of_another_officers_form_makes_no_second_of_the_same(self, office: World, desk, at: datetime):
        act = MAKING["register"](office, at)
        one, other = desk(act.who), desk(act.other)
        first, second = act.read_by(one), act.read_by(other)
        assert one.post(act.to, first).status_code == 302
        answer = other.post(act.to, second)
        assert answer.status_code == 422
        assert "已经登记为" in sentence_on(answer.content.decode())


def at_once(clients: list[Client], url: str, said: list[dict[str, Any]]) -> list[Any]:
    """Every client posts at the same moment; gives the answers, or what broke."""
    start = threading.Barrier(len(clients))
    answers: list[Any] = [None] * len(clients)

    def post(place: int) -> None:
        start.wait()
        try:
            answers[place] = clients[place].post(url, said[place])
        except Exception as error:  # shown by the assertion on the answers
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=(place,)) for place in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def desks(office_for_all: World, at: datetime) -> Iterator[Any]:
    """Sign in where everybody sees what is committed."""

    def sign_in(key: str) -> Client:
        client = Client()
        staff = office_for_all.posts[key].staff
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    with time_machine.travel(at, tick=False):
        yield sign_in


def sides(act: Act, desks: Any) -> list[Client]:
    return [desks(act.other if place % 2 else act.who) for place in range(AT_ONCE)]


@pytest.mark.committed
class TestSeveralAtTheSameMoment:
    def test_are_one_act(self, office_for_all: World, desks, at: datetime, once: Build):
        act = once(office_for_all, at)
        clients, acts = sides(act, desks), acts_on_record()
        answers = at_once(clients, act.to, [act.read_by(client) for client in clients])
        assert sorted(getattr(answer, "status_code", repr(answer)) for answer in answers) == [302, *[422] * 3]
        assert acts_on_record() - acts == {"done": 1, "refused": AT_ONCE - 1}

    @pytest.mark.parametrize("making", MAKING.values(), ids=MAKING)
    def test_clicks_on_one_form_make_one_thing(self, office_for_all: World, desks, at: datetime, making: Build):
        act = making(office_for_all, at)
        clients, acts = [desks(act.who) for _ in range(AT_ONCE)], acts_on_record()
        said = act.read_by(clients[0])
        answers = at_once(clients, act.to, [said | act.filled for _ in clients])
        assert {getattr(answer, "status_code", repr(answer)) for answer in answers} == {302}
        assert len({answer.headers["Location"] for answer in answers}) == 1
        assert "refused" not in acts_on_record() - acts

    @pytest.mark.parametrize("making", ONE_OF_A_KIND.values(), ids=ONE_OF_A_KIND)
    def test_officers_with_forms_of_their_own_make_one_of_a_kind(
        self, office_for_all: World, desks, at: datetime, making: Build
    ):
        act = making(office_for_all, at)
        clients, acts = sides(act, desks), acts_on_record()
        answers = at_once(clients, act.to, [act.read_by(client) for client in clients])
        assert sorted(getattr(answer, "status_code", repr(answer)) for answer in answers) == [302, *[422] * 3]
        assert acts_on_record() - acts == {"done": 1, "refused": AT_ONCE - 1}
