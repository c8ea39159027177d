"""What a record may say of encrypted or sealed values: keyed digests, never the value (practice 5)."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from huiyin.kernel.crypto import blind_index
from huiyin.kernel.fields import EncryptedTextField, key_ring


def hidden(place: str, value: str | None) -> str:
    """A digest by which two values can be compared and none can be read; place: "table.column"."""
    return "#" + blind_index(key_ring(), f"audit:{place}", value)[:24] if value else ""


def values(row: Model, *names: str) -> dict[str, Any]:
    """The named fields of a row as facts of a record; encrypted ones as digests, relations as ids."""
    return {name: _fact(row, name) for name in names}


def changes(row: Model, new: dict[str, Any]) -> dict[str, list[Any]]:
    """Old and new of every field that would change, in the form a record may keep."""
    old = values(row, *new)
    then = {name: _said(row, name, value) for name, value in new.items()}
    return {name: [old[name], then[name]] for name in new if old[name] != then[name]}


def _fact(row: Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return _said(row, name, getattr(row, getattr(field, "attname", name)))


def _said(row: Model, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    if isinstance(field, EncryptedTextField):
        return hidden(f"{row._meta.db_table}.{field.column}", value)
    if isinstance(value, Model):
        return value.pk
    return value if value is None or isinstance(value, bool | int | str) else str(value)
