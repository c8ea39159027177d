"""One operation, one transaction, one root record."""

from __future__ import annotations

import pytest

from huiyin.audit.actors import SYSTEM
from huiyin.audit.models import Record
from huiyin.audit.scope import BrokenOperation, operation, record, refuse
from huiyin.audit.tests.conftest import THING, act
from huiyin.kernel.refusals import Refusal


@operation
def act_on_many(*, at, refuse_last=False):
    record("tests.acted_on_many", actor=SYSTEM, target=THING, at=at)
    act(at=at, verb="tests.first")
    try:
        act_and_decline(at=at)
    except Refusal:
        if refuse_last:
            raise


@operation
def act_and_decline(*, at):
    record("tests.declined", actor=SYSTEM, target=THING, at=at)
    raise Refusal("不行。")


@operation
def act_silently():
    pass


@operation
def act_loudly(*, at):
    record("tests.once", actor=SYSTEM, target=THING, at=at)
    record("tests.twice", actor=SYSTEM, target=THING, at=at)


@pytest.mark.django_db
class TestAnOperation:
    def test_leaves_one_record(self, at):
        act(at=at, count=3)
        row = Record.objects.get()
        assert (row.verb, row.result, row.actor_key, row.target_key) == ("tests.acted", "done", "system", "1")
        assert row.facts == {"count": 3}
        assert row.parent is None

    def test_makes_records_of_inner_operations_its_children(self, at):
        act_on_many(at=at)
        root = Record.objects.get(parent=None)
        assert root.verb == "tests.acted_on_many"
        assert [child.verb for child in root.children.all()] == ["tests.first"]

    def test_leaves_nothing_when_it_declines(self, at):
        with pytest.raises(Refusal):
            act_on_many(at=at, refuse_last=True)
        assert not Record.objects.exists()

    def test_may_not_forget_its_record(self, db):
        with pytest.raises(BrokenOperation, match="act_silently wrote 0"):
            act_silently()

    def test_may_not_record_twice(self, at):
        with pytest.raises(BrokenOperation, match="act_loudly wrote 2"):
            act_loudly(at=at)
        assert not Record.objects.exists()

    def test_is_the_only_place_to_record_from(self, at):
        with pytest.raises(BrokenOperation, match="outside an operation"):
            record("tests.acted", actor=SYSTEM, target=THING, at=at)

    def test_keeps_text_that_no_database_could(self, at):
        act(at=at, text="空\x00字\ud800符", deep={"list": ["\x00"], "path": r"C:\u0000"})
        facts = Record.objects.get().facts
        assert facts == {"text": "空字?符", "deep": {"list": [""], "path": r"C:\u0000"}}


@pytest.mark.django_db
class TestARefusal:
    def test_is_recorded_as_refused(self, at):
        refuse("tests.declined", actor=SYSTEM, target=THING, at=at, code="kernel.refused")
        row = Record.objects.get()
        assert (row.verb, row.result, row.facts) == ("tests.declined", "refused", {"code": "kernel.refused"})
