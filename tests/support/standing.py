"""How things stand: every business row of the house, to see that an act refused has changed nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

# Records of what was refused, sessions and locks come and go with every request.
NOT_BUSINESS = {"audit", "sessions", "axes", "contenttypes", "auth"}


def business_models() -> Iterator[type[Model]]:
    """Every table of the house that holds more than the traces of requests."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_BUSINESS:
            yield model


def standing(tables: Collection[str] | None = None) -> dict[str, str]:
    """Table → number of rows and a digest over all of them."""
    wanted = [model for model in business_models() if tables is None or model._meta.db_table in tables]
    return {model._meta.db_table: _digest(model) for model in wanted}


def changed(before: dict[str, str], tables: Collection[str] | None = None) -> list[str]:
    """The tables that do not stand as before; only `tables` are looked at, where they are given."""
    return sorted(table for table, digest in standing(tables).items() if before[table] != digest)


def _digest(model: type[Model]) -> str:
    rows = [str(row) for row in model._default_manager.order_by("pk").values_list()]
    return f"{len(rows)} {sha256(chr(10).join(rows).encode()).hexdigest()}"


def stored_files() -> set[Path]:
    """Every file the house keeps."""
    return {path for path in (settings.HUIYIN_HOME / "files").rglob("*") if path.is_file()}
