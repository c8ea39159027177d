"""The sentences of an explanation, for a clerk who has never seen a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from huiyin.regulations.rules.arithmetic import ONE_DAY, Stops
from huiyin.regulations.rules.events import Extension
from huiyin.regulations.rules.limits import ANSWERING, START_LABELS, Basis, Calendar, LimitRule, Line, LineKind, Unit

WEEKDAYS: Final = "一二三四五六日"
SATURDAY: Final = 5


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


@lru_cache(maxsize=256)
def basis_line(basis: Basis) -> Line:
    doubt = "（该条尚未与正式文本核对）" if basis.unconfirmed else ""
    return Line(LineKind.BASIS, f"依据{basis}：{basis.summary.rstrip('。')}{doubt}。")


def start_line(rule: LimitRule, start: date) -> Line:
    label = START_LABELS[rule.starts_from]
    return Line(LineKind.START, f"{label}为{day_text(start)}，当日不计入，从次日起算。")


def restart_line(start: date) -> Line:
    return Line(LineKind.START, f"{day_text(start)}补齐材料，期限从补齐的次日起重新计算。")


def count_lines(rule: LimitRule, start: date, end: date, calendar: Calendar) -> Iterator[Line]:
    if rule.unit is Unit.WORKING_DAY:
        passed = passed_over(start + ONE_DAY, end, calendar)
        yield Line(LineKind.COUNT, f"只计工作日，第{rule.count}个工作日是{day_text(end)}{passed}。")
        return
    yield Line(LineKind.COUNT, f"期限{rule.length}，算至{day_text(end)}。")
    if rule.unit is Unit.MONTH and end.day < start.day:
        yield Line(LineKind.MONTH_END, f"{end.year}年{end.month}月没有{start.day}日，以当月最后一日为届满日。")


def passed_over(first: date, last: date, calendar: Calendar) -> str:
    """Named holidays left out and make-up days counted between two days; plain weekends go without saying."""
    rests: list[date] = []
    makeups: list[date] = []
    for day in _days(first, last):
        if calendar.is_working(day) is (day.weekday() < SATURDAY):
            if day.weekday() >= SATURDAY and not is_plain_weekend(day, calendar):
                rests.append(day)
        else:
            (rests if day.weekday() < SATURDAY else makeups).append(day)
    text = f"，其间{runs_text(rests, calendar)}不计" if rests else ""
    return text + (f"，{runs_text(makeups, calendar)}按工作日计" if makeups else "")


def is_plain_weekend(day: date, calendar: Calendar) -> bool:
    return calendar.name_of(day) == f"周{WEEKDAYS[day.weekday()]}"


def roll_line(raw: date, due: date, calendar: Calendar, stops: Stops = frozenset()) -> Line | None:
    """Why the last day moved, or why a weekend day did not; None for an ordinary working day."""
    if due > raw:
        rests = runs_text(_days(raw, due - ONE_DAY), calendar, stops)
        return Line(LineKind.ROLL, f"最后一日不是工作日，遇{rests}，顺延至其后第一个工作日{day_text(due)}。")
    if due < raw:
        rests = runs_text(_days(due + ONE_DAY, raw), calendar)
        return Line(LineKind.ROLL, f"最后一日不是工作日，遇{rests}，应提前到之前最近的工作日{day_text(due)}。")
    if raw.weekday() >= SATURDAY and calendar.is_working(raw):
        return Line(LineKind.ROLL, f"{day_text(raw)}是{calendar.name_of(raw)}日，按工作日计，不变动。")
    if not calendar.is_working(raw):
        return Line(LineKind.ROLL, f"{day_text(raw)}遇{calendar.name_of(raw)}，本期限不因休息日变动。")
    return None


def runs_text(days: Iterable[date], calendar: Calendar, stops: Stops = frozenset()) -> str:
    """Days gathered into runs of one name: 2月16日至23日春节、2月28日周六."""
    runs: list[tuple[date, date, str]] = []
    for day in days:
        name = "中止期间" if day in stops else calendar.name_of(day)
        if runs and runs[-1][2] == name and runs[-1][1] + ONE_DAY == day:
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return "、".join(f"{span_text(first, last)}{name}" for first, last, name in runs)


def span_text(first: date, last: date) -> str:
    if first == last:
        return f"{first.month}月{first.day}日"
    end = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日至{end}"


def cap_line(cap: LimitRule, cap_raw: date, cap_on: date, *, reached: bool) -> Line:
    moved = "" if cap_on == cap_raw else f"，遇休息日至{day_text(cap_on)}"
    end = "，本期限已到此为止" if reached else "，延长不得超过该日"
    return Line(LineKind.CAP, f"依据{cap.basis}，最长{cap.length}，至{day_text(cap_raw)}{moved}{end}。")


def extension_line(extension: Extension, to: date, before: date) -> Line:
    """Who allowed an extension, until when and why; one that reaches no further than the day it had moves nothing."""
    granted = f"{day_text(extension.granted_on)}{extension.by}同意延期"
    why = f"理由：{extension.why.rstrip('。')}。" if extension.why else ""
    moved = f"，延至{day_text(to)}。" if to > before else "，但不晚于原届满日，期限不变。"
    return Line(LineKind.EXTENSION, f"{granted}{moved}{why}")


def told_line(days: Sequence[date]) -> Line:
    """When whoever brought the matter was told."""
    return Line(LineKind.EXTENSION, f"延期的情况已于{'、'.join(day_text(day) for day in days)}告知提出人。")


def provisional_line(years: Sequence[int]) -> Line:
    named = "、".join(f"{year}年" for year in years)
    return Line(LineKind.PROVISIONAL, f"{named}的放假安排尚未录入，暂以周一至周五为工作日推算，录入后自动重算。")


def end_line(due: date, rule: LimitRule | None = None) -> Line:
    """The last moment; an answer is 办结, any other duty only 完成."""
    done = "办结" if rule and rule.code in ANSWERING else "完成"
    return Line(LineKind.END, f"应于{day_text(due)}24时前{done}，{day_text(due + ONE_DAY)}零时起为逾期。")


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
