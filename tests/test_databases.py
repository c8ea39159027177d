"""The databases the house stands on behave as the design relies on."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from huiyin.organisations.models import Procuratorate
from tests.support.world import build_world

pytestmark = pytest.mark.committed


class TestACommittedDatabase:
    def test_is_seen_by_another_thread(self, committed_db):
        build_world()
        seen: list[int] = []

        def look() -> None:
            seen.append(Procuratorate.objects.count())
            connection.close()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert seen == [4]

    def test_is_a_file_in_write_ahead_mode_where_it_is_sqlite(self, committed_db):
        if connection.vendor != "sqlite":
            pytest.skip("only where the database is SQLite")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL


class TestAnEmptyDatabase:
    def test_follows_a_committed_one(self, db):
        assert Procuratorate.objects.count() == 0
