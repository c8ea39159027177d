"""A number shown to a sender is in the register, once, whatever happens to the server (design section 6)."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import connection

from huiyin.audit.models import Record
from huiyin.audit.seals import verify
from huiyin.matters.models import Matter
from huiyin.numbering.models import Number, Series
from huiyin.organisations.models import Staff
from huiyin.web.clock import today
from tests.failure.senders import NEW, Browser, Senders
from tests.support.books import put_books_in_force
from tests.support.committed import copied_database
from tests.support.house import running_house
from tests.support.world import DEMO_PASSWORD, World, build_world

pytestmark = pytest.mark.committed

SENT = 200
TWICE = 8  # every so-manieth is a double click
KILLED_AFTER = 60  # answers


@pytest.fixture
def home(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[Path]:
    """A home folder with an office in it; the test looks into the same database as the house."""
    tmp_path.joinpath("home").mkdir()
    with django_db_blocker.unblock(), copied_database(tmp_path / "home", file="huiyin.sqlite3"):
        yield tmp_path / "home"


@pytest.fixture
def office(home: Path) -> World:
    """样本市人民检察院 with its books; 王联络 can sign in."""
    world = put_books_in_force(build_world())
    # the house takes no hash that was made in a hurry for tests
    slow = make_password(DEMO_PASSWORD, hasher=PBKDF2PasswordHasher())
    Staff.objects.filter(username="officer_wang").update(password=slow)
    shutil.copy(settings.HUIYIN_HOME / "keys.json", home)
    connection.close()
    return world


def database() -> str:
    """How the house is told of the database the test is looking into."""
    if connection.vendor == "sqlite":
        return ""  # in its home
    there = urlsplit(os.environ["HUIYIN_TEST_DATABASE"])
    return there._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def forms(world: World) -> dict[uuid.UUID, dict[str, str]]:
    """Two hundred suggestions as they are typed, each under the key its page came with."""
    typed = {
        "side": "deputy", "kind": "suggestion", "assigner": str(world.bodies["congress"].pk), "term": "16",
        "session": "2", "assigned_on": str(today() - timedelta(days=3)), "received_on": str(today()),
        "lead": "张示例", "delegation": "第三代表团", "handler_role": "sole",
        "body": "校园周边仍有门店向未成年人出售电子烟，建议加强监督。",
    }  # fmt: skip
    return {
        (key := uuid.uuid4()): typed
        | {"request_key": str(key), "external_number": str(162001 + place), "title": f"关于样例{place + 1}的建议"}
        for place in range(SENT)
    }


def check_shown(senders: Senders) -> None:
    """Every number shown stands in the register once, under the key it was shown for."""
    register = Counter(Matter.objects.values_list("request_key", "number"))
    for key, numbers in senders.shown.items():
        assert len(set(numbers)) == 1, f"one form was shown {numbers}"
        assert register[key, numbers[0]] == 1, f"{numbers[0]} was shown and is not in the register once"
    by_number = Counter(number for _, number in register.elements())
    assert [number for number, times in by_number.items() if times > 1] == []


def check_series() -> None:
    """No gap in the series, and each number belongs to a matter."""
    series = Series.objects.get(code="register:suggestion", year=today().year)
    numbers = list(Number.objects.filter(series=series).order_by("value"))
    assert [number.value for number in numbers] == list(range(1, series.last + 1))
    used = set(Matter.objects.values_list("number", flat=True))
    assert used == {number.text for number in numbers if number.voided_at is None}


class TestWhatIsTyped:
    def test_is_what_the_page_asks_for(self, world, desk):
        page = desk("officer_wang").get(NEW).content.decode()
        asked = set(re.findall(r'name="(\w+)"', page))
        assert asked >= {name for form in forms(world).values() for name in form}


class TestAServerKilledWhileSuggestionsAreRegistered:
    def test_keeps_every_number_it_has_shown_once(self, home: Path, office: World):
        senders = Senders(forms(office))
        with running_house(home, database=database()) as house:
            browser = Browser.signed_in(house, "officer_wang")
            senders.send(_some_twice(senders.forms), browser, kill_after=KILLED_AFTER)
        assert senders.shown
        assert senders.unanswered, "the server was to die in between"
        check_shown(senders)
        check_series()
        with running_house(home, database=database()) as house:
            browser = Browser.signed_in(house, "officer_wang")
            answered = list(senders.shown)[::TWICE]  # will be shown the same again
            senders.send([*_some_twice(senders.unanswered), *answered], browser)
            assert f"共 {SENT} 件" in browser.get("/desk/matters/?tab=all")
        assert senders.unanswered == []
        check_shown(senders)
        check_series()
        assert Matter.objects.count() == SENT
        assert Record.objects.filter(verb="suggestions.registered", parent=None).count() == SENT
        assert not verify().broken


def _some_twice(keys) -> list[uuid.UUID]:
    return [key for place, key in enumerate(keys) for _ in range(2 if place % TWICE == 0 else 1)]
