"""The register's export of ten thousand rows, beside the same cells written from memory and the rows' bare values."""

from __future__ import annotations

from typing import Final

from huiyin.bench.casework.pages import VALUES, milliseconds
from huiyin.desk.matters.export import COLUMNS, cells, with_export_facts
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post
from huiyin.web.sheets import xlsx

MOST: Final = 10_000


def measure_export(reader: Post) -> dict[str, float]:
    """Seconds for as many rows as there are, ten thousand at most."""
    seen = Matter.objects.open_to(reader).order_by("id")
    last = list(seen.values_list("pk", flat=True)[:MOST])[-1]
    rows = seen.filter(pk__lte=last)
    kept = list(cells(with_export_facts(rows)))

    def floor() -> None:
        list(rows.values_list(*VALUES))
        xlsx("建议登记表", COLUMNS, kept)

    ours = milliseconds(lambda: xlsx("建议登记表", COLUMNS, cells(with_export_facts(rows))))
    least = milliseconds(floor)
    return {
        "rows": len(kept), "export_s": round(ours / 1000, 2), "floor_s": round(least / 1000, 2),
        "ratio": round(ours / least, 2),
    }  # fmt: skip
