"""Small operations to record, and a hand that tampers as somebody with the database's password could."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from huiyin.audit import raw_sql
from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.models import Record
from huiyin.audit.scope import operation, record

THING = Target(kind="tests.thing", key="1", label="一件事")


@operation
def act(*, at: datetime, verb: str = "tests.acted", **facts: object) -> None:
    record(verb, actor=SYSTEM, target=THING, at=at, **facts)


@pytest.fixture
def acts(db: None, at: datetime) -> Callable[[int], list[Record]]:
    """`acts(3)` does three things and gives their records."""

    def do(count: int) -> list[Record]:
        before = Record.objects.count()
        for number in range(count):
            act(at=at, number=number)
        return list(Record.objects.order_by("pk")[before:])

    return do


@pytest.fixture
def tamper(db: None) -> Callable[[str, list[object]], None]:
    """Run a statement with the guards taken away, and put them back."""

    def run(statement: str, values: list[object]) -> None:
        raw_sql.remove_guards(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        raw_sql.install_guards(connection)

    return run
