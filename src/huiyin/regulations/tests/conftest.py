"""What every test of this room stands on: the published calendar and a way to write a limit in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.regulations.calendars import TableCalendar, seed_rows
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.operations import load_book
from huiyin.regulations.rules import Basis, LimitRule, Roll, StartEvent, Unit
from huiyin.regulations.tests.texts import book_text

BASIS = Basis(
    instrument="虚构办法",
    article="第三条",
    summary="收到后按期办理",
    book_code="invented",
    book_version="1",
)


def limit(count: int, unit: str, **more) -> LimitRule:
    """A limit that rolls forward from the day of receipt, with whatever the test changes."""
    rule = LimitRule(
        code="INVENTED",
        title="虚构期限",
        count=count,
        unit=Unit(unit),
        roll=Roll.FORWARD,
        starts_from=StartEvent.RECEIVED,
        basis=BASIS,
    )
    return replace(rule, **more)


@pytest.fixture(scope="session")
def calendar() -> TableCalendar:
    return TableCalendar(seed_rows())


@pytest.fixture
def load_own(world, at):
    """Load an invented book as Officer Wang."""

    def load(**text) -> RuleBookVersion:
        return load_book(text=book_text(**text), file="own.toml", actor=world.act("officer_wang"), at=at)

    return load
