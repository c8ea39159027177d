"""/healthz names what is not well."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from huiyin.audit import raw_sql
from huiyin.web import health
from huiyin.web.clock import now
from huiyin.web.heartbeat import beat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HUIYIN_HOME = tmp_path


@pytest.fixture
def worker():
    beat(now())


class TestHealth:
    def test_is_well(self, client, worker):
        response = client.get("/healthz")
        assert response.status_code == 200
        assert response.json() == {
            "ok": True,
            "parts": {"database": "ok", "migrations": "ok", "audit": "ok", "worker": "ok"},
        }

    def test_misses_the_worker(self, client):
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["parts"]["worker"] == "no sign of life"

    def test_misses_a_guard(self, client, worker):
        raw_sql.remove_guards(connection, ("audit_seal",))
        response = client.get("/healthz")
        assert response.status_code == 503
        assert "audit_seal_no_delete" in response.json()["parts"]["audit"]

    def test_misses_a_migration(self, client, worker):
        MigrationRecorder(connection).record_unapplied("audit", "0001_initial")
        response = client.get("/healthz")
        assert response.status_code == 503
        assert "not applied" in response.json()["parts"]["migrations"]

    def test_answers_although_the_database_does_not(self, client, worker, monkeypatch):
        def gone() -> str:
            raise OperationalError("no such host: db.internal")

        monkeypatch.setitem(health.CHECKS, "database", gone)
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["parts"]["database"] == "database does not answer"
        assert "db.internal" not in response.content.decode()
