"""Word originals find their rows by the number in their names (practice 20)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from huiyin.imports.models import Batch, ListFile
from huiyin.imports.registry import kind_of


def match_files(batch: Batch, files: Iterable[ListFile]) -> None:
    """Point each file to the one row whose number stands in its name; a file that fits none or several stays loose."""
    number_of = kind_of(batch.kind).original_number
    if number_of is None:
        return
    numbered = [(number_of(row.values), row) for row in batch.rows.all() if row.parsed]
    for listed in files:
        name = unicodedata.normalize("NFKC", listed.file.name)
        # The longest number wins: 闭160002 also contains 160002.
        fitting = sorted(
            ((number, row) for number, row in numbered if number and _stands_in(number, name)),
            key=lambda found: len(found[0]),
            reverse=True,
        )
        best = [row for number, row in fitting if len(number) == len(fitting[0][0])]
        if len(best) == 1:
            listed.row, best[0].original = best[0], listed.file
            listed.save(update_fields=["row"])
            best[0].save(update_fields=["original"])


def _stands_in(number: str, name: str) -> bool:
    return re.search(rf"(?<![0-9]){re.escape(unicodedata.normalize('NFKC', number))}(?![0-9])", name) is not None
