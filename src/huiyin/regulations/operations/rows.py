"""The limits, cadences and targets of a version as rows, so that a list needs no parsing."""

from __future__ import annotations

from huiyin.regulations.books import Book, Cadence, Limit, Target
from huiyin.regulations.books.entries import Entry
from huiyin.regulations.models import Cadence as CadenceRow
from huiyin.regulations.models import Limit as LimitRow
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.models import Target as TargetRow


def write_rows(version: RuleBookVersion, book: Book) -> None:
    """Inside the operation that puts the version in force; afterwards the rows never change."""
    LimitRow.objects.bulk_create(
        LimitRow(
            **_common(version, each), title=each.title, count=each.count, unit=each.unit.value, roll=each.roll.value,
            starts_from=each.starts_from.value, counts=each.counts.value, cap_code=each.cap,
        )
        for each in book.of(Limit)
    )  # fmt: skip
    CadenceRow.objects.bulk_create(
        CadenceRow(
            **_common(version, each), title=each.title, times=each.times, per=each.per.value, whom=each.whom.value
        )
        for each in book.of(Cadence)
    )
    TargetRow.objects.bulk_create(
        TargetRow(
            **_common(version, each), title=each.title, value=each.value, measure=each.measure, per=each.per.value,
            within=each.within,
        )
        for each in book.of(Target)
    )  # fmt: skip


def _common(version: RuleBookVersion, entry: Entry) -> dict[str, object]:
    basis = entry.basis
    return {
        "version": version,
        "code": entry.code,
        "article": basis.article,
        "summary": basis.summary,
        "unconfirmed": basis.unconfirmed,
    }
