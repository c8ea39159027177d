"""Moving every encrypted value to the current key, and every blind index to the current index key.

Nothing is remembered beside the values: each ciphertext names its key, and the index key the database was built for
stands in the audit records. So work cut off anywhere is found again, also after a backup of another day was restored.
Each chunk is one short transaction that locks its rows, reads them and writes them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction
from django.db.models import BinaryField, Count, ExpressionWrapper, F, Func, IntegerField, Model, Q, QuerySet, Value

from huiyin.audit.actors import SYSTEM, Target
from huiyin.audit.models import Record
from huiyin.audit.scope import operation, record
from huiyin.config.indexes import REBUILT, Rebuilt
from huiyin.kernel.crypto import NotDecryptable, UnknownKey, index_mark, key_id_of
from huiyin.kernel.fields import EncryptedTextField, key_ring

CHUNK: Final = 200  # rows a transaction; a chunk takes a small part of a second
Progress = Callable[[int], None]  # how many rows are done since it was last called
INDEXES_REBUILT: Final = "config.indexes_rebuilt"


@dataclass(frozen=True)
class Place:
    """A table with encrypted columns."""

    model: type[Model]
    columns: tuple[EncryptedTextField[Any, Any], ...]

    @property
    def rows(self) -> QuerySet[Any]:
        return self.model._base_manager.order_by("pk")


@dataclass
class Done:
    """What a pass did: values written anew, and the places of those that do not open with any key of the ring."""

    written: int = 0
    sealed: list[str] = field(default_factory=list)


def places() -> Iterator[Place]:
    """Every table of every app that holds encrypted values."""
    for model in apps.get_models(include_auto_created=True):
        found = tuple(each for each in model._meta.local_concrete_fields if isinstance(each, EncryptedTextField))
        if found and model._meta.managed and not model._meta.proxy:
            yield Place(model, found)


def holdings() -> dict[int, Counter[str]]:
    """Key id → "table.column" → how many values that key holds."""
    found: dict[int, Counter[str]] = {}
    for place in places():
        for column in place.columns:
            counted = place.rows.order_by().annotate(_key=_key_of(column)).values("_key").annotate(n=Count("pk"))
            for row in counted:
                if row["_key"]:
                    key_id = int.from_bytes(bytes(row["_key"]))
                    found.setdefault(key_id, Counter())[column.aad] += row["n"]
    return found


def waiting() -> int:
    """How many values are not under the current key."""
    current = key_ring().current_key.key_id
    return sum(sum(counts.values()) for key_id, counts in holdings().items() if key_id != current)


def move_values(*, at: datetime, progress: Progress) -> Done:
    """Write every value that is under another key anew under the current one; `progress` counts values."""
    done = Done()
    for place in places():
        for keys in _chunks(place.rows.annotate(**_keys_of(place)).filter(_stale(place))):
            with transaction.atomic():
                written = sum(_move(place, row, done) for row in _locked(place, keys))
            done.written += written
            progress(written)
    if done.written:
        _note_moved(written=done.written, sealed=len(done.sealed), at=at)
    return done


def index_is_stale() -> bool:
    """Whether blind indexes in the database were computed with another index key than the ring's."""
    last = Record.objects.filter(verb=INDEXES_REBUILT).order_by("-id").first()
    ring = key_ring()
    return last.facts["index"] != index_mark(ring) if last else bool(ring.former_indexes)


def indexed_rows() -> int:
    """How many rows have a blind index that can be computed anew."""
    return sum(_indexed(each).count() for each in REBUILT)


def rebuild_indexes(*, at: datetime, progress: Progress) -> Done:
    """Compute every blind index anew; rows that fit already are left alone. `progress` counts rows."""
    done = Done()
    for index in REBUILT:
        model = apps.get_model(index.model)
        for keys in _chunks(_indexed(index)):
            with transaction.atomic():
                # the source is read row by row, so that one that does not open hinders no other
                rows = model._base_manager.select_for_update().filter(pk__in=keys).defer(index.source)
                done.written += sum(_reindex(index, row, done) for row in list(rows))
            progress(len(keys))
    _note_rebuilt(written=done.written, sealed=len(done.sealed), at=at)
    return done


def _chunks(rows: QuerySet[Any]) -> Iterator[list[int]]:
    """Primary keys in ascending order, a chunk at a time."""
    after = 0
    while keys := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        yield keys
        after = keys[-1]


def _locked(place: Place, keys: Sequence[int]) -> QuerySet[Any]:
    """The rows for this transaction alone, their encrypted columns as ciphertext under "_raw_<name>", nothing else."""
    raw = {f"_raw_{each.name}": ExpressionWrapper(F(each.name), output_field=BinaryField()) for each in place.columns}
    locked: QuerySet[Any] = place.model._base_manager.select_for_update().filter(pk__in=keys).only("pk")
    rows: QuerySet[Any] = locked.annotate(**raw)
    return rows


def _move(place: Place, row: Any, done: Done) -> int:
    current, fresh = key_ring().current_key.key_id, {}
    for column in place.columns:
        stored = bytes(getattr(row, f"_raw_{column.name}") or b"")
        try:
            if stored and key_id_of(stored) != current:
                fresh[column.name] = column.from_db_value(stored, None, connection)
        except (NotDecryptable, UnknownKey):
            done.sealed.append(f"{column.aad} {row.pk}")
    if fresh:
        place.model._base_manager.filter(pk=row.pk).update(**fresh)
    return len(fresh)


def _reindex(index: Rebuilt, row: Any, done: Done) -> int:
    try:
        fresh = index.of(row)
    except (NotDecryptable, UnknownKey):
        done.sealed.append(f"{row._meta.db_table} {row.pk}")
        return 0
    if fresh == getattr(row, index.column):
        return 0
    type(row)._base_manager.filter(pk=row.pk).update(**{index.column: fresh})
    return 1


def _indexed(index: Rebuilt) -> QuerySet[Any]:
    """Rows that have an index and still have what it was computed from."""
    rows: QuerySet[Any] = apps.get_model(index.model)._base_manager.order_by("pk")
    return rows.exclude(**{index.column: ""}).filter(**{f"{index.source}__isnull": False})


def _key_of(column: EncryptedTextField[Any, Any]) -> Func:
    """Bytes 3 and 4 of a ciphertext: the key id."""
    place = Value(3, IntegerField()), Value(2, IntegerField())
    return Func(F(column.name), *place, function="SUBSTR", output_field=BinaryField())


def _keys_of(place: Place) -> dict[str, Func]:
    return {f"_key_{column.name}": _key_of(column) for column in place.columns}


def _stale(place: Place) -> Q:
    current = key_ring().current_key.key_id.to_bytes(2)
    stale = Q()
    for column in place.columns:
        stale |= Q(**{f"{column.name}__isnull": False}) & ~Q(**{f"_key_{column.name}__in": [current, b""]})
    return stale


def _target() -> Target:
    return Target(kind="config.keys", key=str(key_ring().current_key.key_id), label="密钥")


@operation
def _note_moved(*, written: int, sealed: int, at: datetime) -> None:
    record("config.values_moved", actor=SYSTEM, target=_target(), at=at, written=written, sealed=sealed)


@operation
def _note_rebuilt(*, written: int, sealed: int, at: datetime) -> None:
    mark = index_mark(key_ring())
    record(INDEXES_REBUILT, actor=SYSTEM, target=_target(), at=at, written=written, sealed=sealed, index=mark)


@operation
def note_ring_changed(*, change: str, at: datetime) -> None:
    """Record that the key ring itself changed; `change` says how, never with what."""
    record("config.keys_changed", actor=SYSTEM, target=_target(), at=at, change=change)
