"""Inside one house: fill it, measure it. Run as a process of its own by run.py; `measured` can be asked again."""

from __future__ import annotations

import json
import sys
from typing import Any, Final

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command

from huiyin.bench.casework import bulk
from huiyin.bench.casework.exporting import measure_export
from huiyin.bench.casework.fill import FIRST_TERM, Filling
from huiyin.bench.casework.pages import measure_page, milliseconds
from huiyin.bench.casework.province import build_province
from huiyin.bench.casework.searching import measure_search
from huiyin.cli.progress import Bar
from huiyin.demo.load import BEGUN
from huiyin.demo.offices import build_offices
from huiyin.matters.models import Deadline, Matter
from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role
from huiyin.regulations.models import Recomputation
from huiyin.regulations.operations import (
    load_shipped_books,
    load_year,
    put_in_force,
    recompute_waiting,
    seed_calendar,
)
from huiyin.regulations.queries import calendar, stack_for
from huiyin.suggestions.models import KnownSession
from huiyin.web.clock import now, today

HOME: Final = "/desk/"
REGISTER: Final = "/desk/matters/"
NEW_YEAR: Final = "年份,类别,名称,日期\n" + "".join(f"YEAR,放假,元旦,YEAR-01-{day:02}\n" for day in range(1, 4))
KEEPER: Final = "matters.deadline"
DEEP: Final = 500  # rows before the end of the open ones


def fill(rows: int) -> None:
    """Migrate, build the province, put the matters in."""
    call_command("migrate", verbosity=0, interactive=False)
    offices = build_offices()
    seed_calendar(at=BEGUN)
    for version in load_shipped_books(at=BEGUN):
        put_in_force(version=version, actor=offices.act("office_head"), at=BEGUN)
    places, weights = build_province(offices)
    with bulk.bare_tables():
        stack = stack_for(offices.city, on=today())
        Filling(rows, places, weights, stack, calendar(), today()).run(Bar("生成事项", rows))
    KnownSession.objects.bulk_create(
        KnownSession(procuratorate_id=place.office, term=FIRST_TERM + term, session=session)
        for place in places
        for term in range(5)
        for session in range(1, 6)
    )
    bulk.settle()


def measured() -> dict[str, Any]:
    """Pages by reader, search by what was asked, the export, deadlines computed anew."""
    readers = {
        "officer": _who("officer_wang"), "department_head": _who("head_first"), "handler": _handler(),
        "deputy_chief": _who("deputy_chief"), "province": _who("officer_province"),
    }  # fmt: skip
    office, handler = readers["officer"], readers["handler"]
    return {
        "matters": Matter.objects.count(),
        "of_the_office": Matter.objects.open_to(office).count(),
        "pages": {name: measure_page(readers[who], url) for name, (who, url) in _pages(office).items()},
        "search": {"officer": measure_search(office), "handler": measure_search(handler)},
        "export": measure_export(office),
        "recompute": _recomputed(),
    }


def _pages(office: Post) -> dict[str, tuple[str, str]]:
    """Name → reader and address."""
    own = Matter.objects.open_to(office).in_hand()
    last = own.exclude(next_due_on=None).order_by("-next_due_on", "-id")
    late = list(last.values_list("next_due_on", "pk")[:DEEP])[-1]
    department = _who("head_first").department_id
    in_hand = own.filter(status="in_hand").order_by("id").values_list("pk", flat=True)[0]
    return {
        "today_officer": ("officer", HOME),
        "today_department_head": ("department_head", HOME),
        "today_handler": ("handler", HOME),
        "today_deputy_chief": ("deputy_chief", HOME),
        "register_first": ("officer", REGISTER),
        "register_deep": ("officer", f"{REGISTER}?after={late[0]}~{late[1]}"),
        "register_all": ("officer", f"{REGISTER}?tab=all"),
        "register_filtered": ("officer", f"{REGISTER}?status=in_hand&department={department}"),
        "register_department_head": ("department_head", REGISTER),
        "register_handler": ("handler", REGISTER),
        "register_province_below": ("province", f"{REGISTER}?below=yes"),
        "matter": ("officer", f"{REGISTER}{in_hand}/"),
    }


def _recomputed() -> dict[str, float]:
    """Next year's holidays become known: every open deadline computed anew, step by step."""
    recompute_waiting(at=now())
    waiting, year = Deadline.objects.filter(met_at=None, dropped_at=None).count(), today().year + 1
    load_year(
        text=NEW_YEAR.replace("YEAR", str(year)), file=f"{year}.csv", source="测速", actor=acting(_who("office_head")),
        at=now(),
    )  # fmt: skip
    bar, spent, moved = Bar("重算期限", waiting), [], 0
    for work in iter(Recomputation.objects.filter(done_at=None).first, None):
        before, steps = work.cursors.get(KEEPER, 0), []
        spent.append(milliseconds(lambda: steps.append(recompute_waiting(at=now(), most_steps=1))))  # noqa: B023
        moved += steps[0]
        work.refresh_from_db()
        reached = work.cursors.get(KEEPER)
        bar(_between(before, reached) if reached else waiting)
    seconds = sum(spent) / 1000
    return {
        "deadlines": waiting, "moved": moved, "seconds": round(seconds, 1),
        "per_100_000_s": round(seconds / max(waiting, 1) * 100_000, 1), "longest_step_s": round(max(spent) / 1000, 2),
    }  # fmt: skip


def _between(after: int, until: int) -> int:
    return Deadline.objects.filter(met_at=None, dropped_at=None, pk__gt=after, pk__lte=until).count()


def _who(username: str) -> Post:
    return Post.objects.select_related("staff", "procuratorate", "department").get(staff__username=username)


def _handler() -> Post:
    """One of many in the first department, with an ordinary share of its work."""
    own = Post.objects.filter(role=Role.HANDLER, department=_who("head_first").department_id)
    return own.select_related("staff", "procuratorate", "department").order_by("-id")[0]


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    print(json.dumps(measured()))  # noqa: T201  # the parent reads it
