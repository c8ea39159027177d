"""The working calendar: the past seeded once, each new year loaded from a file when its notice is out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from huiyin.audit.actors import SYSTEM, Actor, Target
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations import yearly
from huiyin.regulations.calendars import CalendarRow, seed_rows
from huiyin.regulations.models import CalendarDay, CalendarYear
from huiyin.regulations.operations.persons import person_key
from huiyin.regulations.operations.recomputing import ask_recompute
from huiyin.regulations.rules.wording import day_text

SEED_SOURCE = "国务院办公厅历年放假通知（chinesecalendar 汇编）"


class YearUnchanged(Refusal):
    """The year stands as the file has it."""

    code = "regulations.year_unchanged"


class YearConflict(Refusal):
    """A day of the file is already arranged by another year's notice."""

    code = "regulations.year_conflict"


@operation
def load_year(*, text: str, file: str, source: str, actor: PostActor, at: datetime) -> CalendarYear:
    """Take the arrangement of one year from a file (.toml, .csv), in place of what stood for it; open dates are
    computed anew. source: the notice it was typed from. Raises NotAllowed, YearFileFaulty, YearUnchanged, YearConflict.
    """
    require(actor, "regulations.load_year")
    rows = yearly.load_year(text, file)
    number = rows[0].year
    before = CalendarYear.objects.filter(year=number).first()
    if before is not None and before.sha256 == digest_of(rows):
        raise YearUnchanged(f"{number}年的放假安排与文件相同，没有变动。")
    _refuse_conflicts(rows, number)
    year = _keep(number, rows, source, actor, at)
    # a neighbour's last or first limits may count or roll over its border, so no date is left out
    ask_recompute(cause=f"{number}年放假安排{'更正' if before else '公布'}", offices=(), since=None, actor=actor, at=at)
    target = Target(kind="regulations.calendar_year", key=str(number), label=f"{number}年放假安排")
    record("regulations.year_loaded", actor=actor, target=target, at=at, days=len(rows), sha256=year.sha256)
    return year


@operation
def seed_calendar(*, at: datetime) -> int:
    """Take every published year that isn't here yet; returns how many. Safe to repeat; loaded years stay."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    rows = sorted((row for row in seed_rows() if row.year not in known), key=lambda row: (row.year, row.day))
    years = []
    for number, days in groupby(rows, key=lambda row: row.year):
        _keep(number, list(days), SEED_SOURCE, SYSTEM, at)
        years.append(number)
    if years:
        ask_recompute(cause=f"录入{years[0]}年至{years[-1]}年放假安排", offices=(), since=None, actor=SYSTEM, at=at)
    target = Target(kind="regulations.calendar", key="seed", label="历年放假安排")
    record("regulations.calendar_seeded", actor=SYSTEM, target=target, at=at, years=years)
    return len(years)


def digest_of(rows: Sequence[CalendarRow]) -> str:
    said = "\n".join(f"{row.day} {row.kind} {row.name}" for row in sorted(rows))
    return hashlib.sha256(said.encode()).hexdigest()


def _keep(number: int, rows: Sequence[CalendarRow], source: str, actor: Actor, at: datetime) -> CalendarYear:
    CalendarDay.objects.filter(region="", year=number).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=row.day, year=row.year, kind=row.kind.value, name=row.name) for row in rows
    )
    facts = {
        "source": source[:120],
        "sha256": digest_of(rows),
        "loaded_by": person_key(actor),
        "loaded_label": actor.label,
        "loaded_at": at,
    }
    year, _ = CalendarYear.objects.update_or_create(year=number, defaults=facts)
    return year


def _refuse_conflicts(rows: Sequence[CalendarRow], number: int) -> None:
    days = [row.day for row in rows]
    taken = CalendarDay.objects.filter(region="", day__in=days).exclude(year=number).order_by("day")
    if taken:
        said = "、".join(f"{day_text(each.day)}（{each.year}年{each.name}{each.get_kind_display()}）" for each in taken)
        raise YearConflict(f"以下日期已由别的年份的安排定过，不能再定：{said}。请核对文件。")
