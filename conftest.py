"""Fixtures for all tests: a fixed moment, an invented office, no network but loopback and Unix sockets."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.support import migrated
from tests.support.books import in_force as in_force
from tests.support.committed import copied_database
from tests.support.deputies import deputies as deputies
from tests.support.once import once, watched
from tests.support.world import World, build_world, moment


def pytest_configure() -> None:
    """Garbage is looked for seldom: the house of a run is large, and almost nothing of it ever is."""
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """What stands once all tests are known stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup() -> None:
    """Only loopback and Unix sockets open; nothing is remembered of the test before."""
    from django.core.cache import caches
    from pytest_socket import socket_allow_hosts

    caches["memory"].clear()  # what is kept is true of one database; a test rolls its own back
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    django_db_modify_db_settings: None,  # a name of its own for each worker
) -> Iterator[None]:
    """A migrated database for the session, also where every test of it works on a copy of its own."""
    said = {"verbosity": request.config.option.verbose}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = migrated.set_up(**said)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        migrated.tear_down(made, **said)


@pytest.fixture(autouse=True)
def _ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """Histories are laid where the database of the test is rolled back."""
    if "db" in request.fixturenames and "committed_db" not in request.fixturenames:
        with watched(is_patched="monkeypatch" in request.fixturenames):
            yield
    else:
        yield


@pytest.fixture
def at() -> datetime:
    """Thursday 5 March 2026, ten in the morning."""
    return moment("2026-03-05 10:00")


@pytest.fixture
def world(db: None) -> World:
    """样本市人民检察院 and its neighbours."""
    return once("world", build_world)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """For threads and processes: the test commits to its own copy of the database; never use transactional_db."""
    with django_db_blocker.unblock(), copied_database(tmp_path):  # type: ignore[attr-defined]
        yield
