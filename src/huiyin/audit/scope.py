"""One operation, one transaction, one root record.

Each function under `operation` writes exactly one record of its own; the outermost one's is the root, the records of
operations it calls name it as parent. The check is always on: an operation that forgets its record fails."""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from huiyin.audit.actors import Actor, Target
from huiyin.audit.models import Record
from huiyin.audit.raw_sql import hold_back_the_sealer

P = ParamSpec("P")
R = TypeVar("R")


class BrokenOperation(AssertionError):  # noqa: N818  # the house is at fault, nobody handles it
    """An operation left no record of its own, or more than one. A bug, never shown as a refusal."""


@dataclass
class _Scope:
    depth: int = 0
    written: dict[int, int] = field(default_factory=dict)  # depth → records written there in the running call
    waiting: list[tuple[int, Record]] = field(default_factory=list)


_scope: ContextVar[_Scope | None] = ContextVar("audit_scope", default=None)


def operation(act: Callable[P, R]) -> Callable[P, R]:
    """Run a write in its own transaction (a savepoint when nested) and hold it to one record."""

    @functools.wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        scope = _scope.get()
        if scope is not None:
            return _nested(scope, act, *args, **kwargs)
        scope = _Scope()
        token = _scope.set(scope)
        try:
            with transaction.atomic():
                result = _nested(scope, act, *args, **kwargs)
                _write(scope.waiting)
            return result
        finally:
            _scope.reset(token)

    run.is_operation = True  # type: ignore[attr-defined]  # house tests look for it
    return run


def _nested(scope: _Scope, act: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    scope.depth += 1
    here, before = scope.depth, len(scope.waiting)
    outer = scope.written.get(here, 0)
    scope.written[here] = 0
    try:
        with transaction.atomic():
            result = act(*args, **kwargs)
            if scope.written[here] != 1:
                raise BrokenOperation(f"{act.__qualname__} wrote {scope.written[here]} audit records, not one")
        return result
    except BaseException:
        del scope.waiting[before:]
        raise
    finally:
        scope.written[here] = outer
        scope.depth -= 1


@contextmanager
def continued(root: Record) -> Iterator[None]:
    """Go on with an operation whose root record is committed: one more transaction, its records under that root.

    For work cut into short transactions, such as the chunks of an import."""
    if _scope.get() is not None:
        raise BrokenOperation(f"{root.verb} continued inside another operation")
    scope = _Scope(depth=1)
    token = _scope.set(scope)
    try:
        with transaction.atomic():
            yield
            if scope.waiting:
                hold_back_the_sealer(connection)
                _write_under(root, [row for _, row in scope.waiting])
    finally:
        _scope.reset(token)


def record(verb: str, *, actor: Actor, target: Target, at: datetime, **facts: Any) -> None:
    """Record the act of the running operation; written when the outermost operation ends, root first."""
    scope = _scope.get()
    if scope is None or scope.depth == 0:
        raise BrokenOperation(f"{verb} recorded outside an operation")
    scope.written[scope.depth] = scope.written.get(scope.depth, 0) + 1
    scope.waiting.append((scope.depth, _row(verb, "done", actor, target, at, facts)))


def refuse(verb: str, *, actor: Actor, target: Target, at: datetime, **facts: Any) -> None:
    """Record a refusal or a failed sign-in; called by a face after the operation rolled back."""
    row = _row(verb, "refused", actor, target, at, facts)
    row.digest = digest_of(row, parent_key="")
    with transaction.atomic():
        hold_back_the_sealer(connection)
        row.save(force_insert=True)


def _row(verb: str, result: str, actor: Actor, target: Target, at: datetime, facts: dict[str, Any]) -> Record:
    return Record(
        key=uuid.uuid4().hex,
        at=at,
        verb=verb,
        result=result,
        actor_kind=actor.kind.value,
        actor_key=actor.key,
        actor_label=actor.label[:200],
        procuratorate=actor.procuratorate,
        remote=actor.remote,
        target_kind=target.kind,
        target_key=target.key,
        target_label=target.label[:300],
        facts=_storable(facts),
    )


def _storable(value: Any) -> Any:
    """As JSON of either database can hold it: PostgreSQL knows no NUL, UTF-8 no lone surrogates."""
    if isinstance(value, dict):
        return {_storable(str(key)): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_storable(inner) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def _write(waiting: list[tuple[int, Record]]) -> None:
    """Insert the collected records: the root, then everything under it with the root as parent."""
    root = next(row for depth, row in waiting if depth == 1)
    hold_back_the_sealer(connection)
    root.digest = digest_of(root, parent_key="")
    root.save(force_insert=True)
    _write_under(root, [row for depth, row in waiting if depth > 1])


def _write_under(root: Record, under: list[Record]) -> None:
    for row in under:
        row.parent = root
        row.digest = digest_of(row, parent_key=root.key)
    Record.objects.bulk_create(under)


def digest_of(row: Record, *, parent_key: str) -> str:
    """SHA-256 over everything a record says; its id is left to the seal."""
    said = [
        row.key, row.at.astimezone(UTC).isoformat(timespec="microseconds"), row.verb, row.result, row.actor_kind,
        row.actor_key, row.actor_label, row.procuratorate, row.target_kind, row.target_key, row.target_label,
        row.remote, row.facts, parent_key,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
