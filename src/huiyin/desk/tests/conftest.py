"""A signed-in client of any named colleague or administrator."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def as_(world) -> Callable[[str], Client]:
    """`as_("officer_wang")`, `as_("auditadmin")`: a client signed in as that person."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login((world.posts.get(name) or world.seats[name]).staff)
        return client

    return sign_in
