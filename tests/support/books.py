"""The shipped rule books in force at 样本市人民检察院, and the published calendar: loaded and approved as usual."""

from __future__ import annotations

import pytest

from huiyin.regulations.operations import load_shipped_books, put_in_force, seed_calendar
from tests.support.once import once
from tests.support.world import World, moment

LOADED_AT = moment("2026-01-01 09:00")


@pytest.fixture
def in_force(world: World) -> World:
    """Books and calendar in force for the city procuratorate and, below it, its neighbours; the world itself, for
    chaining. 2027 stays unknown and therefore provisional."""
    once("books in force", lambda: put_books_in_force(world))
    return world


def put_books_in_force(world: World) -> World:
    """The same for a test whose office is committed."""
    seed_calendar(at=LOADED_AT)
    for version in load_shipped_books(at=LOADED_AT):
        put_in_force(version=version, actor=world.act("office_head"), at=LOADED_AT)
    return world
