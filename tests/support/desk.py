"""The desk in a test: `desk("officer_wang")` is a browser in which 王联络 has signed in, on the day of `at`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.support.world import World

Desk = Callable[[str], Client]


@pytest.fixture
def desk(world: World, at: datetime) -> Iterator[Desk]:
    """Sign in by key of the post; the clock stands still at `at`."""

    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.posts[key].staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    with time_machine.travel(at, tick=False):
        yield sign_in
