"""`huiyin calendar`: take in a year's holiday arrangement, or show what is known."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from huiyin.cli.acting import REFUSED, actor_of, answered, name_actor, text_of


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    calendar = commands.add_parser("calendar", help="工作日历：录入放假安排、查看")
    verbs = calendar.add_subparsers(dest="verb", required=True, metavar="动作")
    one = verbs.add_parser("load", help="录入一年的放假安排（.toml 或 .csv），并重算在办期限")
    one.add_argument("file", metavar="文件")
    one.add_argument("--source", required=True, metavar="出处", help="依据的通知，例如文号和日期")
    name_actor(one)
    one.set_defaults(run=answered(load))
    one = verbs.add_parser("seed", help="补齐随系统提供的历年放假安排（可重复执行）")
    one.set_defaults(run=answered(seed))
    one = verbs.add_parser("show", help="列出已录入的年份，或者某一年的放假和调休上班日")
    one.add_argument("year", nargs="?", type=int, metavar="年份")
    one.set_defaults(run=answered(show))


def load(options: argparse.Namespace) -> int:
    """Take one year from a file and compute the open dates anew."""
    from huiyin.regulations.operations import load_year, recompute_waiting
    from huiyin.web.clock import now

    actor = actor_of(options.by, "regulations.load_year")
    text = text_of(options.file)
    year = load_year(text=text, file=Path(options.file).name, source=options.source, actor=actor, at=now())
    print(f"{year.year}年的放假安排已录入。已重算在办期限，变动{recompute_waiting(at=now())}个。")
    return 0


def seed(options: argparse.Namespace) -> int:
    """Take the published years that are missing."""
    from huiyin.regulations.operations import recompute_waiting, seed_calendar
    from huiyin.web.clock import now

    years = seed_calendar(at=now())
    print(f"补录了{years}年的放假安排。" if years else "历年放假安排均已录入，没有变动。")
    recompute_waiting(at=now())
    return 0


def show(options: argparse.Namespace) -> int:
    """The years known, or the days of one year that differ from the week; 1 when that year isn't known."""
    from django.utils.timezone import localtime

    from huiyin.regulations.calendars import DAY_KIND_LABELS
    from huiyin.regulations.models import CalendarYear
    from huiyin.regulations.queries import calendar_rows
    from huiyin.regulations.rules.wording import day_text

    years = CalendarYear.objects.order_by("year")
    if options.year is None:
        for year in years:
            print(f"{year.year}年\t{year.source}\t{localtime(year.loaded_at):%Y-%m-%d}")
        if not years:
            print("还没有录入任何一年，所有期限均为暂定。可用 huiyin calendar seed 补录。")
        return 0
    if not years.filter(year=options.year).exists():
        print(f"{options.year}年的放假安排尚未录入，涉及该年的期限均为暂定。", file=sys.stderr)
        return REFUSED
    for row in calendar_rows([options.year]):
        print(f"{day_text(row.day)}\t{DAY_KIND_LABELS[row.kind]}\t{row.name}")
    return 0
