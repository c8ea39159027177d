"""The newest record of some offices: what a kept answer is held against."""

from __future__ import annotations

from datetime import datetime

from huiyin.audit.actors import Actor, ActorKind, Target
from huiyin.audit.queries import last_record
from huiyin.audit.scope import operation, record


@operation
def _acted(office: str, at: datetime) -> None:
    actor = Actor(kind=ActorKind.POST, key="post:1", label="某人", procuratorate=office)
    record("audit.tried", actor=actor, target=Target(kind="x", key="1"), at=at)


class TestTheNewestRecord:
    def test_is_nought_where_nobody_acted(self, db: None) -> None:
        assert last_record(None) == last_record(["990100", ""]) == 0

    def test_moves_with_the_offices_asked_for_and_no_other(self, db: None, at: datetime) -> None:
        _acted("990100", at)
        first = last_record(["990100", ""])
        _acted("990200", at)
        assert last_record(["990100", ""]) == first
        assert last_record(["990100", "990200"]) == last_record(None) > first
