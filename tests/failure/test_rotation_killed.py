"""A change of keys killed in the middle loses nothing, and goes on when it is asked again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from huiyin.config.rotation import holdings, index_is_stale
from huiyin.kernel.keyring import KeyRing, KeyRingFile
from huiyin.people.contact_index import contact_index
from huiyin.people.models import ContactPoint, Person
from huiyin.people.rules import Channel
from tests.support.world import build_world

pytestmark = pytest.mark.committed

MANY = 600
COMMAND = """
import sys
from django.db import connections
connections.settings["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from huiyin.config import rotation
rotation.CHUNK = 20
from huiyin.cli.main import main
sys.exit(main(["keys", *sys.argv[2:]]))
"""


@pytest.fixture
def home(committed_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose key ring this test and the commands it starts share, with many phones in its database."""
    KeyRing.new().save(tmp_path / "keys.json")
    monkeypatch.setattr(settings, "HUIYIN_KEY_RING", KeyRingFile(tmp_path / "keys.json"))
    person = Person.objects.create(procuratorate=build_world().city, name="孙假名")
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person, channel=Channel.MOBILE, value=phone, blind_index=contact_index(Channel.MOBILE, phone)
        )
        for phone in phones()
    )
    return tmp_path


def phones() -> list[str]:
    return [f"1000000{place:04d}" for place in range(MANY)]


def command(home: Path, *words: str) -> subprocess.Popen[str]:
    connection.close()
    environment = {
        **os.environ, "HUIYIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "huiyin.config.settings.test",
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    arguments = [sys.executable, "-c", COMMAND, str(connection.settings_dict["NAME"]), *words]
    return subprocess.Popen(
        arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def kill_when_under_way(home: Path, *words: str) -> None:
    """`kill -9` at the first sign of progress."""
    with command(home, *words) as running:
        assert running.stderr
        said = running.stderr.readline()
        running.kill()
    assert "%" in said, said


def finish(home: Path, *words: str) -> None:
    with command(home, *words) as running:
        assert running.stderr
        said = running.stderr.read()
    assert running.returncode == 0, said


def check_values() -> None:
    points = list(ContactPoint.objects.order_by("pk"))
    assert [point.value for point in points] == phones()


class TestARotationKilled:
    def test_leaves_every_value_readable_and_is_finished_by_the_next(self, home: Path):
        finish(home, "add")
        kill_when_under_way(home, "rotate")
        check_values()
        assert set(holdings()) == {1, 2}, "it was to die in between"
        finish(home, "rotate")
        check_values()
        assert set(holdings()) == {2}


class TestANewIndexKilled:
    def test_is_finished_by_the_next_which_takes_no_third_key(self, home: Path):
        kill_when_under_way(home, "rotate", "--index")
        assert index_is_stale()
        secret = KeyRing.load(home / "keys.json").index_secret
        finish(home, "rotate", "--index")
        assert KeyRing.load(home / "keys.json").index_secret == secret
        assert not index_is_stale()
        check_values()
        points = ContactPoint.objects.all()
        assert all(point.blind_index == contact_index(Channel.MOBILE, point.value) for point in points)
