"""The database itself refuses to change or remove what was recorded."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from huiyin.audit import raw_sql
from huiyin.audit.models import Record, Seal
from huiyin.audit.seals import seal_records
from huiyin.audit.tests.conftest import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(at, db):
    act(at=at)
    seal_records(at)


@pytest.mark.parametrize("model", [Record, Seal])
class TestAGuardedTable:
    def test_refuses_to_change_a_row(self, recorded, model):
        with pytest.raises(IntegrityError, match="only ever inserted"), transaction.atomic():
            model.objects.update(digest="0" * 64)

    def test_refuses_to_remove_a_row(self, recorded, model):
        with pytest.raises(IntegrityError, match="only ever inserted"), transaction.atomic():
            model.objects.all()._raw_delete(using="default")
        assert model.objects.count() == 1

    def test_refuses_to_be_emptied(self, recorded, model):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite knows no TRUNCATE")
        connection.check_constraints()  # nothing left waiting that would refuse first
        with (
            pytest.raises(IntegrityError, match="only ever inserted"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


class TestTheGuards:
    def test_are_installed_by_migrating(self):
        assert raw_sql.missing_guards(connection) == []

    def test_are_named_when_missing(self):
        raw_sql.remove_guards(connection, ("audit_seal",))
        assert raw_sql.missing_guards(connection)[:2] == ["audit_seal_no_update", "audit_seal_no_delete"]

    def test_come_back_with_the_next_migration(self):
        raw_sql.remove_guards(connection)
        call_command("migrate", verbosity=0)
        assert raw_sql.missing_guards(connection) == []

    def test_may_be_installed_twice(self):
        raw_sql.install_guards(connection)
        assert raw_sql.missing_guards(connection) == []

    def test_are_named_when_switched_off(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite triggers cannot be switched off")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER audit_record_no_delete")
        assert raw_sql.missing_guards(connection) == ["audit_record_no_delete"]
