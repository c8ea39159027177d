"""A house that was set up before begins at once: nothing is loaded into it a second time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from huiyin.audit.models import Record
from huiyin.demo.load import DemonstrationUnfinished, load_if_empty
from huiyin.organisations.models import Procuratorate
from tests.failure.test_kill_nine import database
from tests.support.committed import copied_database
from tests.support.house import running_house
from tests.support.world import build_world

pytestmark = pytest.mark.committed


@pytest.fixture
def home(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[Path]:
    """A home whose database holds an office."""
    tmp_path.joinpath("home").mkdir()
    with django_db_blocker.unblock(), copied_database(tmp_path / "home", file="huiyin.sqlite3"):
        build_world()
        yield tmp_path / "home"


class TestASecondStart:
    def test_answers_without_loading_the_demonstration_again(self, home: Path):
        offices, records = Procuratorate.objects.count(), Record.objects.count()
        assert offices
        connection.close()
        with running_house(home, database=database()):
            pass  # it answered /healthz
        said = (home / "serve.log").read_text(encoding="utf-8")
        assert "回音 Huiyin 已启动" in said
        assert "装入演示数据" not in said
        assert Procuratorate.objects.count() == offices
        written = Record.objects.order_by("id")[records:]
        assert {row.actor_key for row in written} <= {"system"}

    def test_after_a_load_that_was_cut_off_says_what_to_do(self, home: Path, settings):
        settings.HUIYIN_HOME = home
        (home / "demo-loading").touch()
        with pytest.raises(DemonstrationUnfinished, match="make demo"):
            load_if_empty()
