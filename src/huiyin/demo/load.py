"""Load the demonstration into an empty house."""

from __future__ import annotations

import sys
from datetime import date, datetime

from django.conf import settings

from huiyin.demo.account import load_account
from huiyin.demo.deputies import enter_deputies
from huiyin.demo.following import load_following
from huiyin.demo.matters import FIXED
from huiyin.demo.more_time import load_more_time
from huiyin.demo.offices import Offices, build_offices
from huiyin.demo.organs import load_organs
from huiyin.demo.oversight import load_oversight
from huiyin.demo.public_interest import load_public_interest
from huiyin.demo.road import SHANGHAI
from huiyin.demo.shared import SHARED
from huiyin.demo.today import load_today
from huiyin.demo.together import load_together
from huiyin.demo.voice import load_voice
from huiyin.demo.waiting import load_waiting
from huiyin.exchange.operations import announce_front
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Procuratorate
from huiyin.regulations.operations import load_shipped_books, put_in_force, seed_calendar
from huiyin.web.clock import today as real_today

BEGUN = datetime(2026, 1, 4, 9, 0, tzinfo=SHANGHAI)


class NotDemonstrationError(RuntimeError):
    """Demonstration data was about to enter a house at work."""


class DemonstrationUnfinished(Refusal):
    """An earlier start was ended while it loaded the demonstration."""

    code = "demo.unfinished"


def load_if_empty() -> bool:
    """Load unless an office is there already; says what it does. Returns whether it loaded.

    Raises DemonstrationUnfinished."""
    if not settings.HUIYIN_DEMO:
        raise NotDemonstrationError("演示数据只能装入演示环境。")
    loading = settings.HUIYIN_HOME / "demo-loading"
    if Procuratorate.objects.exists():
        if loading.exists():
            raise DemonstrationUnfinished("上次装入演示数据时中断了，数据不全。请执行 make demo 重新装入。")
        return False
    loading.touch()
    load(real_today())
    loading.unlink()
    return True


def load(today: date) -> Offices:
    """Offices, rule books, calendar, deputies and matters; matters of the desk are dated relative to `today`."""
    _say("正在装入演示数据：机构、制度、日历……")
    offices = build_offices()
    seed_calendar(at=BEGUN)
    for version in load_shipped_books(at=BEGUN):
        put_in_force(version=version, actor=offices.act("office_head"), at=BEGUN)
    enter_deputies(offices, BEGUN)
    city = offices.city
    announce_front(organ=city.name, phone=city.phone, actor=offices.act("officer_wang"), at=BEGUN)
    _say("正在装入演示数据：建议……")
    for matter in (*FIXED, *SHARED):
        matter(offices)
    load_voice(offices)
    roads = load_today(offices, today)
    load_following(offices, roads, today)
    load_more_time(offices, roads, today)
    load_waiting(offices, today)
    load_account(offices, today)
    load_public_interest(offices)
    load_organs(offices, today)
    load_oversight(offices, today)
    load_together(offices, roads, today)
    _say("演示数据已装入。")
    return offices


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  # long work shows progress
