"""Going on with an operation whose root record is committed."""

from __future__ import annotations

import pytest

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.models import Record
from huiyin.audit.scope import BrokenOperation, continued, digest_of, operation, record

pytestmark = pytest.mark.django_db
TARGET = Target(kind="thing", key="1")


@operation
def begin(at):
    record("things.begun", actor=SYSTEM, target=TARGET, at=at)


@operation
def step(at):
    record("things.stepped", actor=SYSTEM, target=TARGET, at=at)


@operation
def nested(root, at):
    with continued(root):
        step(at)


class TestAContinuedOperation:
    def test_writes_everything_under_its_first_root(self, at):
        begin(at)
        root = Record.objects.get()
        with continued(root):
            step(at)
            record("things.finished", actor=SYSTEM, target=TARGET, at=at)
        assert list(Record.objects.filter(parent=None)) == [root]
        assert sorted(child.verb for child in root.children.all()) == ["things.finished", "things.stepped"]
        assert all(child.digest == digest_of(child, parent_key=root.key) for child in root.children.all())

    def test_may_record_nothing_and_may_fail_without_a_trace(self, at):
        begin(at)
        root = Record.objects.get()
        with continued(root):
            pass
        with pytest.raises(ZeroDivisionError):
            self.step_and_fail(root, at)
        assert Record.objects.count() == 1

    def step_and_fail(self, root, at):
        with continued(root):
            step(at)
            raise ZeroDivisionError

    def test_stands_inside_no_other_operation(self, at):
        begin(at)
        with pytest.raises(BrokenOperation, match="continued inside another"):
            nested(Record.objects.get(), at)

    def test_leaves_the_next_operation_its_own_root(self, at):
        begin(at)
        with continued(Record.objects.get()):
            step(at)
        step(at)
        assert Record.objects.filter(parent=None).count() == 2
