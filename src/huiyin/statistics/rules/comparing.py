"""报后更正: a frozen figure beside the same figure counted again, over the same days. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.statistics.rules.figures import Figure, Unit


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A figure as it was issued."""

    code: str
    label: str
    version: int
    value: str
    unit: Unit
    ids: frozenset[int]
    of_ids: frozenset[int] | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How a figure counted today differs. entered, gone: records counted now and not then, and the other way round."""

    code: str
    label: str
    was: str
    now: str
    unit: Unit
    entered: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    is_redefined: bool = False


def differences(frozen: Iterable[Frozen], now: Mapping[str, Figure]) -> list[Difference]:
    """Every figure that would print otherwise today, or is counted over other records, in the order of the report."""
    return [found for each in frozen if (found := _difference(each, now.get(each.code))) is not None]


def _difference(was: Frozen, now: Figure | None) -> Difference | None:
    counted = frozenset(now.counted) if now else frozenset()
    of = frozenset(now.of) if now and now.of is not None else None
    value = now.value if now else "—"
    redefined = now is not None and now.version != was.version
    if (value, counted, of) == (was.value, was.ids, was.of_ids) and not redefined:
        return None
    before, after = was.ids | (was.of_ids or frozenset()), counted | (of or frozenset())
    moved = {*(after - before), *(counted - was.ids)}
    left = {*(before - after), *(was.ids - counted)}
    return Difference(
        code=was.code, label=was.label, was=was.value, now=value, unit=was.unit, entered=tuple(sorted(moved)),
        gone=tuple(sorted(left)), is_redefined=redefined,
    )  # fmt: skip
