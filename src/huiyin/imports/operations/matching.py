"""Word originals find their rows by the number in their names (practice 20)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from huiyin.imports.judging import compare
from huiyin.imports.models import Batch, BatchRow, ListFile
from huiyin.imports.operations.guards import context_of
from huiyin.imports.registry import kind_of

_ROWS_AT_ONCE: Final = 500


def match_files(
    batch: Batch, files: Iterable[ListFile], *, at: datetime, by_hand: Mapping[int, tuple[int, str]] | None = None
) -> None:
    """Point each file to the one row whose number stands in its name; a file that fits none or several, or whose row
    has another already, stays loose.

    by_hand: file (its id in the list) → line and key of the row a person pointed it to. What becomes of the rows is
    then looked at anew: a known record may lack the file."""
    number_of = kind_of(batch.kind).original_number
    if number_of is None:
        return
    numbered: dict[str, list[BatchRow]] = {}
    placed: dict[tuple[int, str], BatchRow] = {}
    for row in batch.rows.select_related("original"):
        placed[row.line, row.row_key] = row
        if row.parsed and (number := _plain(number_of(row.values))):
            numbered.setdefault(number, []).append(row)
    given = []
    for listed in files:
        pointed = placed.get((by_hand or {}).get(listed.pk, (0, "")))
        rows = [pointed] if pointed else _fitting(listed.file.name, numbered)
        if len(rows) == 1 and rows[0].original is None:
            listed.row, rows[0].original = rows[0], listed.file
            listed.save(update_fields=["row"])
            given.append(rows[0])
    look_again(batch, given, at=at)


def look_again(batch: Batch, rows: Collection[BatchRow], *, at: datetime) -> None:
    """Compare rows with the house once more after their originals changed, and keep what was found."""
    kind, context = kind_of(batch.kind), context_of(batch, at)
    kind.prepare(context)
    compare(rows, kind, context)
    BatchRow.objects.bulk_update(
        rows, ["original", "verdict", "changes", "target_key", "notes"], batch_size=_ROWS_AT_ONCE
    )


def _fitting(name: str, numbered: dict[str, list[BatchRow]]) -> list[BatchRow]:
    """The rows of the longest number in a name: 闭160002 also contains 160002."""
    name = unicodedata.normalize("NFKC", name)
    found = {run for run in map(_plain, re.findall(r"[0-9]+", name)) if run in numbered}
    found |= {number for number in numbered if not number.isdecimal() and _stands_in(number, name)}
    longest = max(map(len, found), default=0)
    return [row for number in found if len(number) == longest for row in numbered[number]]


def _stands_in(number: str, name: str) -> bool:
    return number in name and re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", name) is not None


def _plain(number: str) -> str:
    """As it is looked for: leading zeros, which spreadsheets lose, do not count."""
    number = unicodedata.normalize("NFKC", number)
    return number.lstrip("0") if number.isdecimal() else number
